"""Addresses of an organisation's own: where its administrators and its lead for safeguarding deal with what reached them."""

from django.urls import path

from .views import complaints, concerns

app_name = "help_desk"

urlpatterns = [
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<uuid:pk>/", complaints.complaint, name="complaint"),
    path("complaints/<uuid:pk>/acknowledge/", complaints.acknowledge, name="acknowledge"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/<uuid:pk>/", concerns.read, name="concern"),
    path("concerns/<uuid:pk>/close/", concerns.close, name="close_concern"),
    path("lead/", concerns.lead, name="lead"),
]
