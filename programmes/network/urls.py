"""Addresses of networking."""

from django.urls import path

from . import views

app_name = "network"

urlpatterns = [
    path("", views.home, name="home"),
    path("gatherings/", views.put_on, name="put_on"),
    path("gatherings/<uuid:pk>/call-off/", views.call_off, name="call_off"),
    path("directory/<slug:role>/", views.found, name="found"),
    path("boards/<slug:role>/", views.board, name="board"),
    path("posts/<uuid:pk>/report/", views.report, name="report"),
    path("posts/<uuid:pk>/let-stand/", views.let_stand, name="let_stand"),
    path("posts/<uuid:pk>/take-down/", views.take_down, name="take_down"),
]
