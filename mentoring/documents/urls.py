"""Addresses of this step."""

app_name = "documents"

urlpatterns: list = []
