"""Addresses of getting help inside a programme."""

from django.urls import path

from .views import complaints, concerns, enquiries

app_name = "help"

urlpatterns = [
    path("", enquiries.home, name="home"),
    path("ask/", enquiries.ask, name="ask"),
    path("enquiries/<uuid:pk>/", enquiries.enquiry, name="enquiry"),
    path("suggest/", enquiries.suggest, name="suggest"),
    path("complain/", complaints.complain, name="complain"),
    path("concern/", concerns.concern, name="concern"),
]
