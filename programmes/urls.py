"""Pages of a programme, and of each step under it."""

from django.urls import path

from .views.home import home

app_name = "programmes"

urlpatterns = [
    path("", home, name="home"),
]
