"""Addresses of the front door, of organisations and of the platform."""

from django.urls import path, register_converter

from mentoring.addresses import OrganisationSlug

from .views import first_run, front, invitations, members, partners, platform, profile, settings

register_converter(OrganisationSlug, "organisation")

app_name = "organisations"

HERE = "<organisation:organisation>/"

urlpatterns = [
    path("", front.front, name="front"),
    path("brand/<organisation:organisation>.css", settings.brand, name="brand"),
    path("brand/<organisation:organisation>/logo.png", settings.logo, name="logo"),
    path("invitations/<organisation:organisation>/<slug:secret>/", invitations.invitation, name="invitation"),
    path("setup/", first_run.setup, name="setup"),
    path("start/", first_run.start, name="start"),
    path("my/profile/", profile.profile, name="profile"),
    path("platform/", platform.platform, name="platform"),
    path("platform/create/", platform.create_organisation, name="create_organisation"),
    path("platform/<uuid:pk>/suspend/", platform.suspend, name="suspend"),
    path("platform/<uuid:pk>/resume/", platform.resume, name="resume"),
    path(f"{HERE}settings/", settings.settings, name="settings"),
    path(f"{HERE}members/", members.members, name="members"),
    path(f"{HERE}members/invite/", members.invite, name="invite"),
    path(f"{HERE}members/<uuid:pk>/end/", members.end_role, name="end_role"),
    path(f"{HERE}invitations/", invitations.invitations, name="invitations"),
    path(f"{HERE}invitations/<uuid:pk>/send-again/", invitations.send_again, name="send_again"),
    path(f"{HERE}invitations/<uuid:pk>/withdraw/", invitations.withdraw_invitation, name="withdraw_invitation"),
    path(f"{HERE}partners/", partners.partners, name="partners"),
    path(f"{HERE}partners/add/", partners.add_partner, name="add_partner"),
    path(f"{HERE}partners/<uuid:pk>/", partners.partner, name="partner"),
]
