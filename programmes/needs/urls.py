"""Addresses of this step."""

from django.urls import path

from . import views

app_name = "needs"

urlpatterns = [
    path("", views.home, name="home"),
    path("need/", views.state_need, name="need"),
    path("objectives/add/", views.add_objective, name="add_objective"),
    path("objectives/<uuid:pk>/", views.change_objective, name="objective"),
    path("objectives/<uuid:pk>/move/", views.move_objective, name="move_objective"),
    path("objectives/<uuid:pk>/remove/", views.remove_objective, name="remove_objective"),
]
