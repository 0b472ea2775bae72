"""Addresses of this step."""

app_name = "evaluation"

urlpatterns: list = []
