"""Addresses of this step."""

from django.urls import path

from . import policy_views, reading_views, views

app_name = "plan"

urlpatterns = [
    path("", views.home, name="home"),
    path("write/", views.write_plan, name="write"),
    path("budget/add/", views.add_line, name="add_line"),
    path("budget/<uuid:pk>/", views.change_line, name="line"),
    path("budget/<uuid:pk>/remove/", views.remove_line, name="remove_line"),
    path("policies/", policy_views.policies, name="policies"),
    path("policies/add/", policy_views.add, name="add_policy"),
    path("policies/to-read/", reading_views.to_read, name="to_read"),
    path("policies/<uuid:pk>/read/", reading_views.read, name="read_policy"),
    path("policies/<uuid:pk>/readers/", reading_views.readers, name="readers"),
    path("policies/<uuid:pk>/ask/", reading_views.ask, name="ask_to_read"),
    path("policies/<uuid:pk>/", policy_views.policy, name="policy"),
    path("policies/<uuid:pk>/reviewed/", policy_views.reviewed, name="reviewed"),
    path("policies/<uuid:pk>/remove/", policy_views.remove, name="remove_policy"),
    path("ask/", views.ask_for_approval, name="ask"),
    path("approve/", views.approve, name="approve"),
]
