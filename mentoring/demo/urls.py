"""Addresses of the caught mail, under /caught-mail/."""

from django.urls import path

from . import views

app_name = "demo"

urlpatterns = [
    path("", views.list_messages, name="caught-mail"),
    path("<slug:name>/", views.read_message, name="message"),
    path("<slug:name>/html/", views.read_html, name="html"),
    path("<slug:name>/source/", views.download_message, name="source"),
    path("<slug:name>/attachments/<int:number>/", views.download_attachment, name="attachment"),
]
