"""Addresses of this step."""

app_name = "matching"

urlpatterns: list = []
