"""Addresses of step 4."""

from django.urls import path

from . import views

app_name = "matching"

urlpatterns = [
    path("", views.home, name="home"),
    path("run/", views.run, name="run"),
    path("confirm/", views.confirm, name="confirm"),
    path("proposals/<uuid:pk>/lock/", views.lock, name="lock"),
    path("proposals/<uuid:pk>/part/", views.part, name="part"),
    path("exclusions/", views.exclusions, name="exclusions"),
    path("exclusions/<uuid:pk>/allow/", views.allow, name="allow"),
]
