"""Addresses of step 5."""

from django.urls import path

from . import views

app_name = "training"

urlpatterns = [
    path("", views.home, name="home"),
    path("plan/", views.plan_session, name="plan"),
    path("sessions/<uuid:pk>/", views.session, name="session"),
    path("people/", views.people, name="people"),
    path("sessions/<uuid:pk>/calendar/", views.calendar, name="calendar"),
    path("sessions/<uuid:pk>/change/", views.change_session, name="change"),
    path("sessions/<uuid:pk>/invite/", views.invite, name="invite"),
    path("sessions/<uuid:pk>/cancel/", views.cancel_session, name="cancel"),
]
