"""Addresses of step 4."""

from django.urls import path

from .views import choosing, confirming, criteria, desk, exclusions, fairness, rounds, running

app_name = "matching"

urlpatterns = [
    path("", desk.home, name="home"),
    path("run/", running.run, name="run"),
    path("running/", running.running, name="running"),
    path("running/here/", running.here, name="here"),
    path("running/stop/", running.stop, name="stop"),
    path("criteria/", criteria.criteria, name="criteria"),
    path("confirm/", confirming.confirm, name="confirm"),
    path("proposals/<uuid:pk>/lock/", desk.lock, name="lock"),
    path("proposals/<uuid:pk>/part/", desk.part, name="part"),
    path("proposals/<uuid:pk>/repair/", desk.repair, name="repair"),
    path("proposals/<uuid:pk>/choose/", choosing.choose, name="choose"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<uuid:pk>/", rounds.round, name="round"),
    path("rounds/<uuid:pk>/beside/<uuid:other>/", rounds.compared, name="compare"),
    path("rounds/<uuid:pk>/fairness/", fairness.fairness, name="fairness"),
    path("rounds/<uuid:pk>/restore/", rounds.restore, name="restore"),
    path("rounds/<uuid:pk>/undo/", rounds.undo, name="undo"),
    path("rounds/<uuid:pk>/send/", rounds.send, name="send"),
    path("exclusions/", exclusions.exclusions, name="exclusions"),
    path("exclusions/<uuid:pk>/undo/", desk.undo_part, name="undo_part"),
    path("exclusions/<uuid:pk>/allow/", exclusions.allow, name="allow"),
]
