"""Checking a document."""

from django.urls import path

from .views import verify

app_name = "documents"

urlpatterns = [
    path("", verify, name="verify"),
]
