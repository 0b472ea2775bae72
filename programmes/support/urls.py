"""Addresses of this step."""

from django.urls import path

from .views import answers, changes, day, endings, meetings, opened, partnership, planning, standing

app_name = "support"

PARTNERSHIP = "partnerships/<uuid:partnership>/"

urlpatterns = [
    path("", standing.home, name="home"),
    path("answer/<str:token>/", answers.answer, name="answer"),
    path("reasons/", endings.reasons, name="reasons"),
    path("looked/", day.looked, name="looked"),
    path("check-in/", day.check_in_all, name="check_in_all"),
    path("notes/", day.notes, name="notes"),
    path("clock/", day.clock, name="clock"),
    path(PARTNERSHIP, partnership.partnership, name="partnership"),
    path(f"{PARTNERSHIP}log/", meetings.log, name="log"),
    path(f"{PARTNERSHIP}not-met/", meetings.not_met, name="not_met"),
    path(f"{PARTNERSHIP}plan/", planning.plan, name="plan"),
    path(f"{PARTNERSHIP}planned-meetings/<uuid:pk>/", planning.planned, name="planned"),
    path(f"{PARTNERSHIP}planned-meetings/<uuid:pk>/move/", planning.move, name="move"),
    path(f"{PARTNERSHIP}planned-meetings/<uuid:pk>/cancel/", planning.cancel, name="cancel"),
    path(f"{PARTNERSHIP}planned-meetings/<uuid:pk>/meeting.ics", planning.calendar, name="calendar"),
    path(f"{PARTNERSHIP}opened/", opened.opened, name="opened"),
    path(f"{PARTNERSHIP}check-in/", changes.check_in, name="check_in"),
    path(f"{PARTNERSHIP}note/", day.note, name="note"),
    path(f"{PARTNERSHIP}rest/", changes.rest, name="rest"),
    path(f"{PARTNERSHIP}go-on/", changes.go_on, name="go_on"),
    path(f"{PARTNERSHIP}end/", endings.end, name="end"),
    path(f"{PARTNERSHIP}close/", endings.close, name="close"),
    path(f"{PARTNERSHIP}take-back/", endings.take_back, name="take_back"),
    path(f"{PARTNERSHIP}wish/", endings.wish, name="wish"),
    path(f"{PARTNERSHIP}record.pdf", partnership.record_pdf, name="record_pdf"),
    path(f"{PARTNERSHIP}meetings/<uuid:pk>/", meetings.meeting, name="meeting"),
    path(f"{PARTNERSHIP}meetings/<uuid:pk>/saved/", meetings.saved, name="saved"),
]
