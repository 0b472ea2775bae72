"""Checking a document, and the certificates to check it by."""

from django.urls import path

from .views import certificates, verify

app_name = "documents"

urlpatterns = [
    path("", verify, name="verify"),
    path("certificates/<organisation:organisation>.pem", certificates, name="certificates"),
]
