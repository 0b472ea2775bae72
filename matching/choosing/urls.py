"""Addresses at which people choose for themselves, and co-ordinators let them."""

from django.urls import path

from .views import directory, events, home, own, profiles, ranking, requests, staying

app_name = "choosing"

ONE = "requests/<uuid:pk>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("who/", home.who, name="who"),
    path("open/", home.open, name="open"),
    path("close/", home.close, name="close"),
    path("ask-for-profiles/", home.ask_for_profiles, name="ask_for_profiles"),
    path("event/plan/", events.plan, name="plan_event"),
    path("event/", events.event, name="event"),
    path("event/people/<uuid:pk>/", events.attendance, name="attendance"),
    path("event/timetable/make/", events.make_timetable, name="make_timetable"),
    path("event/timetable/send/", events.send_timetable, name="send_timetable"),
    path("event/timetables.pdf", events.timetables_pdf, name="timetables_pdf"),
    path("without-a-match/", staying.without_a_match, name="without_a_match"),
    path("you/", own.own, name="own"),
    path("you/profile/", profiles.profile, name="profile"),
    path("you/rank/", ranking.rank, name="rank"),
    path("you/coming/", own.coming, name="coming"),
    path("you/timetable.pdf", own.timetable_pdf, name="timetable_pdf"),
    path("mentors/", directory.mentors, name="mentors"),
    path("mentors/<uuid:pk>/", directory.mentor, name="mentor"),
    path(ONE, requests.request_page, name="request"),
    path(f"{ONE}accept/", requests.accept, name="accept"),
    path(f"{ONE}decline/", requests.decline, name="decline"),
    path(f"{ONE}withdraw/", requests.withdraw, name="withdraw"),
    path("stay/<uuid:pk>/<str:signature>/", staying.stay, name="stay"),
]
