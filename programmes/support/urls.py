"""Addresses of this step."""

app_name = "support"

urlpatterns: list = []
