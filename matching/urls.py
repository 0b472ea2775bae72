"""Addresses of step 4."""

from django.urls import path

from .views import confirming, desk, exclusions

app_name = "matching"

urlpatterns = [
    path("", desk.home, name="home"),
    path("run/", desk.run, name="run"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("proposals/<uuid:pk>/lock/", desk.lock, name="lock"),
    path("proposals/<uuid:pk>/part/", desk.part, name="part"),
    path("exclusions/", exclusions.exclusions, name="exclusions"),
    path("exclusions/<uuid:pk>/allow/", exclusions.allow, name="allow"),
]
