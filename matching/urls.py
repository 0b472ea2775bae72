"""Addresses of step 4."""

from django.urls import path

from .views import confirming, criteria, desk, exclusions, running

app_name = "matching"

urlpatterns = [
    path("", desk.home, name="home"),
    path("run/", running.run, name="run"),
    path("running/", running.running, name="running"),
    path("running/here/", running.here, name="here"),
    path("running/stop/", running.stop, name="stop"),
    path("criteria/", criteria.criteria, name="criteria"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("proposals/<uuid:pk>/lock/", desk.lock, name="lock"),
    path("proposals/<uuid:pk>/part/", desk.part, name="part"),
    path("exclusions/", exclusions.exclusions, name="exclusions"),
    path("exclusions/<uuid:pk>/allow/", exclusions.allow, name="allow"),
]
