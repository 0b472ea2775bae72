"""What people fill in about an organisation, its roles and invitations."""

import datetime
import zoneinfo
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.formats import date_format

from mentoring.accounts.models import Person, normalise_email
from mentoring.addresses import RESERVED_SLUGS
from mentoring.forms import Form, ModelForm
from mentoring.refusal import Refused

from .branding import LIGHT, readable
from .first_run import setup_token
from .logos import redraw
from .models import Invitation, Organisation, Role, hexadecimal_colour

LONGEST_PAUSE = datetime.timedelta(days=366)
FOR_ONE_PROGRAMME = (Role.COORDINATOR, Role.FACILITATOR)


class SettingsForm(ModelForm):
    """`made_darker` is the colour that was asked for, where words in it could not have been read."""

    made_darker = ""
    new_logo = forms.FileField(
        label="Logo",
        required=False,
        help_text="A PNG or JPEG picture of at most 1 MB. It stands at the top of every page.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    remove_logo = forms.BooleanField(label="Remove the logo", required=False)

    class Meta:
        model = Organisation
        fields = [
            "name",
            "accent",
            "keep_applications_months",
            "keep_content_months",
            "keep_activity_months",
            "keep_contracts_years",
            "keep_unsigned_months",
            "notes_signing_place",
        ]
        widgets = {"accent": forms.TextInput(attrs={"type": "color"})}
        help_texts = {
            "accent": "For links and buttons. If words in it would be hard to read, we make it darker and say so.",
            "keep_contracts_years": "To the day: nobody can delete one earlier, and it is deleted by itself after it.",
            "keep_unsigned_months": "Drafts and versions that were offered and declined. What at least one partner signed "
            "is kept as long as a contract.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.logo_type:
            del self.fields["remove_logo"]

    def clean_accent(self) -> str:
        asked = self.cleaned_data["accent"].upper()
        hexadecimal_colour(asked)
        accent = readable(asked, LIGHT)
        self.made_darker = asked if accent != asked else ""
        return accent

    def clean_new_logo(self) -> bytes | None:
        sent: UploadedFile | None = self.cleaned_data["new_logo"]
        if not sent:
            return None
        try:
            return redraw(sent, sent.size or 0)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal))

    def changes(self) -> dict[str, Any]:
        """What the action is to set; the logo only where it was sent or removed."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if logo := self.cleaned_data["new_logo"]:
            return fields | {"logo": logo, "logo_type": "image/png"}
        if self.cleaned_data.get("remove_logo"):
            return fields | {"logo": None, "logo_type": ""}
        return fields


class InvitationForm(ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "name", "role", "programme", "partner"]
        labels = {"email": "E-mail address", "name": "Name", "partner": "Partner organisation"}
        help_texts = {
            "name": "As the letter should greet them.",
            "programme": "Co-ordinators and facilitators work in one programme. Others may see one, or all of them.",
            "partner": "Only for a partner organisation’s contact.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        setattr(self.fields["role"], "choices", [choice for choice in Role.choices if choice[0] != Role.MEMBER])
        setattr(self.fields["programme"], "empty_label", "All programmes")
        setattr(self.fields["partner"], "empty_label", "None")

    def clean_email(self) -> str:
        return normalise_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        role = data.get("role")
        if role in FOR_ONE_PROGRAMME and not data.get("programme"):
            self.add_error("programme", f"Choose the programme: a {Role(role).label.lower()} works in one.")
        if role == Role.PARTNER and not data.get("partner"):
            self.add_error("partner", "Choose the partner organisation this person speaks for.")
        if role == Role.ADMINISTRATOR:
            data["programme"] = None
        if role != Role.PARTNER:
            data["partner"] = None
        return data


class PartnerForm(Form):
    name = forms.CharField(label="Name of the organisation", max_length=120)


class NewOrganisationForm(Form):
    """Name and address of an organisation that somebody starts."""

    name = forms.CharField(label="Name of the organisation", max_length=120)
    slug = forms.CharField(
        label="Address",
        min_length=2,
        max_length=60,
        help_text="The first part of every link, such as “exampleford”: small letters, digits and hyphens. "
        "It cannot be changed later.",
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Use small letters a to z, digits, and hyphens between them.")
        ],
    )

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(f"“{slug}” is a page of Alongside itself. Choose another address.")
        return slug


class CreateOrganisationForm(NewOrganisationForm):
    """What a platform administrator says of a new organisation."""

    administrator = forms.CharField(label="First administrator’s name", max_length=120)
    email = forms.EmailField(
        label="First administrator’s e-mail address", help_text="They are invited, and have 14 days to accept."
    )

    def clean_email(self) -> str:
        return normalise_email(self.cleaned_data["email"])


class NewPersonForm(Form):
    """An invited person without a sign-in."""

    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="Password",
        max_length=128,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 10 characters. Leave it empty to sign in by a code that we e-mail to you each time.",
    )

    def clean_password(self) -> str:
        if password := self.cleaned_data["password"]:
            validate_password(password)
        return password


class SetUpForm(NewPersonForm):
    """The first organisation and its administrator."""

    organisation = forms.CharField(label="Name of your organisation", max_length=120)
    slug = NewOrganisationForm.base_fields["slug"]
    email = forms.EmailField(label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    token = forms.CharField(label="Set-up token", max_length=100, help_text="It stands in the server’s log.")
    field_order = ["organisation", "slug", "name", "email", "password", "token"]
    clean_slug = NewOrganisationForm.clean_slug

    def clean_email(self) -> str:
        return normalise_email(self.cleaned_data["email"])

    def clean_token(self) -> str:
        """Whoever reads the server's log or sets its environment may take a new deployment; a stranger may not."""
        if not constant_time_compare(self.cleaned_data["token"].strip(), setup_token()):
            raise forms.ValidationError("This is not the token in the server’s log or in SETUP_TOKEN.")
        return ""


class ProfileForm(ModelForm):
    """What a person says of themselves."""

    time_zone = forms.ChoiceField(label="Time zone", help_text="Times on your pages and in your e-mails are in it.")
    language = forms.ChoiceField(label="Language", choices=settings.LANGUAGES)

    class Meta:
        model = Person
        fields = ["name", "pronouns", "time_zone", "language", "contact_channel", "optional_mail", "paused_until"]
        labels = {"contact_channel": "How we write to you", "optional_mail": "Send me reminders and news"}
        help_texts = {
            "name": "As your partner and your co-ordinator read it.",
            "pronouns": "Optional, for example she/her.",
            "optional_mail": "Without it you still get what you need: invitations, matches, agreements to sign.",
            "paused_until": "Away for a while? Reminders wait until the morning of this day. Optional.",
        }
        widgets = {
            "contact_channel": forms.RadioSelect,
            "paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["paused_until"].label = "No reminders before"
        setattr(self.fields["time_zone"], "choices", [(zone, zone.replace("_", " ")) for zone in time_zones()])

    def clean_paused_until(self) -> datetime.date | None:
        """A pause ends within a year: a longer one is no pause."""
        until: datetime.date | None = self.cleaned_data["paused_until"]
        furthest = timezone.localdate() + LONGEST_PAUSE
        if until and until > furthest:
            raise forms.ValidationError(f"Give a day up to {date_format(furthest, 'j F Y')}, or switch reminders off.")
        return until


@cache
def time_zones() -> list[str]:
    """Zones named after places; the others are old names for the same."""
    places = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return [*sorted(zone for zone in zoneinfo.available_timezones() if zone.startswith(places)), "UTC"]
