"""People who sign in, and the keys that make a doubled request harmless."""

import unicodedata
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7


def normalise_email(email: str) -> str:
    """One spelling for one address: NFKC, folded case, no blanks around it."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=normalise_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=normalise_email(username or ""))


class ContactChannel(models.TextChoices):
    EMAIL = "email", "E-mail"
    DIGEST = "digest", "One e-mail a day with everything in it"


class Person(AbstractBaseUser):
    """Somebody with a sign-in. Global: one person may belong to several organisations.

    Row-level security shows a person to themselves and to the organisations in which they have a membership.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("full name", max_length=120, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    language = models.CharField(max_length=10, default="en-gb")
    contact_channel = models.CharField(max_length=10, choices=ContactChannel.choices, default=ContactChannel.EMAIL)
    optional_mail = models.BooleanField("send reminders and news", default=True)
    paused_until = models.DateField("no reminders before", null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_platform_administrator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email


class RequestKey(models.Model):
    """A form that was posted: its key, made when the page was drawn, and where its answer led."""

    key = models.UUIDField(primary_key=True)
    path = models.CharField(max_length=2000)
    location = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.path} → {self.location}"
