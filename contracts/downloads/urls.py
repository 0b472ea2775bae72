"""Addresses of what is taken away."""

from django.urls import path

from . import views

app_name = "downloads"

urlpatterns = [
    path("contracts.zip", views.contracts, name="contracts"),
    path("forms/", views.forms, name="forms"),
    path("forms/<slug:form>.pdf", views.blank, name="blank"),
]
