"""Addresses of the public application form."""

app_name = "apply"

urlpatterns: list = []
