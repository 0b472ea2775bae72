"""Addresses of this step."""

app_name = "contracts"

urlpatterns: list = []
