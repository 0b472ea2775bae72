"""Addresses of recruitment."""

from django.urls import path

from .views import applications, home, openings, participants, questions

app_name = "recruitment"

ONE = "applications/<uuid:pk>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("applications/", applications.applications, name="applications"),
    path("applications/accept/", applications.accept_several, name="accept_several"),
    path(ONE, applications.application, name="application"),
    path(f"{ONE}note/", applications.note, name="note"),
    path(f"{ONE}accept/", applications.accept, name="accept"),
    path(f"{ONE}decline/", applications.decline, name="decline"),
    path(f"{ONE}undo/", applications.undo, name="undo"),
    path("people/", participants.participants, name="participants"),
    path("people/<uuid:pk>/", participants.participant, name="participant"),
    path("opening/", openings.opening, name="opening"),
    path("opening/<slug:role>/", openings.open_role, name="open_role"),
    path("opening/<slug:role>/close/", openings.close_role, name="close_role"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<uuid:pk>/", questions.question, name="question"),
    path("questions/<uuid:pk>/asked/", questions.ask_question, name="ask_question"),
]
