"""Pages of a programme that belong to no single step."""

from django.urls import path

from .views import create, history, messages
from .views.home import home

app_name = "programmes"

urlpatterns = [
    path("", home, name="home"),
    path("messages/", messages.messages, name="messages"),
    path("messages/send/", messages.send, name="send_messages"),
    path("messages/<uuid:pk>/", messages.message, name="message"),
    path("messages/<uuid:pk>/cancel/", messages.cancel, name="cancel_message"),
    path("messages/<uuid:pk>/try-again/", messages.try_again, name="try_message_again"),
    path("history/", history.history, name="history"),
    path("settings/", create.settings, name="settings"),
    path("open/", create.open_programme, name="open"),
    path("close/", create.close_programme, name="close"),
]
