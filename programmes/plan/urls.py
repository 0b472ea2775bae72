"""Addresses of this step."""

app_name = "plan"

urlpatterns: list = []
