"""Addresses of this step."""

from django.urls import path

from . import views

app_name = "support"

PARTNERSHIP = "partnerships/<uuid:partnership>/"

urlpatterns = [
    path("", views.home, name="home"),
    path(PARTNERSHIP, views.partnership, name="partnership"),
    path(f"{PARTNERSHIP}log/", views.log, name="log"),
    path(f"{PARTNERSHIP}not-met/", views.not_met, name="not_met"),
    path(f"{PARTNERSHIP}meetings/<uuid:pk>/", views.meeting, name="meeting"),
    path(f"{PARTNERSHIP}meetings/<uuid:pk>/saved/", views.saved, name="saved"),
]
