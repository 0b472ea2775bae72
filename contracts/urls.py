"""Agreements and contracts."""

from django.urls import path

from . import views

app_name = "contracts"

urlpatterns = [
    path("", views.home, name="home"),
    path("template/", views.template, name="template"),
    path("<uuid:partnership>/", views.agreement, name="agreement"),
    path("<uuid:partnership>/discuss/", views.discuss, name="discuss"),
    path("<uuid:partnership>/ready/", views.ready, name="ready"),
    path("<uuid:partnership>/sign/", views.sign, name="sign"),
    path("<uuid:partnership>/remind/", views.remind, name="remind"),
    path("<uuid:partnership>/agreement.pdf", views.version, name="version"),
    path("<uuid:partnership>/contract.pdf", views.download, name="download"),
]
