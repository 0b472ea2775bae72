"""An organisation's seal, for its administrators."""

from django.urls import path

from .views import renew, seal

app_name = "seal"

urlpatterns = [
    path("", seal, name="seal"),
    path("renew/", renew, name="renew"),
]
