"""Addresses of the front door, of organisations and of the platform."""

from django.urls import path, register_converter

from mentoring.addresses import OrganisationSlug

from .views.front import front

register_converter(OrganisationSlug, "organisation")

app_name = "organisations"

urlpatterns = [
    path("", front, name="front"),
]
