"""Addresses of this step."""

app_name = "recruitment"

urlpatterns: list = []
