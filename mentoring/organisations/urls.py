"""Addresses of the front door, of organisations and of the platform."""

app_name = "organisations"

urlpatterns: list = []
