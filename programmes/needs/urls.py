"""Addresses of this step."""

app_name = "needs"

urlpatterns: list = []
