"""Addresses of this step."""

app_name = "training"

urlpatterns: list = []
