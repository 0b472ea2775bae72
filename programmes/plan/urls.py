"""Addresses of this step."""

from django.urls import path

from . import views

app_name = "plan"

urlpatterns = [
    path("", views.home, name="home"),
    path("write/", views.write_plan, name="write"),
    path("budget/add/", views.add_line, name="add_line"),
    path("budget/<uuid:pk>/", views.change_line, name="line"),
    path("budget/<uuid:pk>/remove/", views.remove_line, name="remove_line"),
    path("ask/", views.ask_for_approval, name="ask"),
    path("approve/", views.approve, name="approve"),
]
