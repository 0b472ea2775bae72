"""Addresses of this step."""

from django.urls import path

from . import views

app_name = "evaluation"

urlpatterns = [
    path("", views.home, name="home"),
    path("survey/", views.survey, name="survey"),
    path("survey/open/", views.open_survey, name="open_survey"),
    path("survey/remind/", views.remind, name="remind"),
    path("survey/close/", views.close_survey, name="close_survey"),
    path("figures/<uuid:pk>/", views.enter_figure, name="figure"),
    path("answer/<slug:secret>/", views.answer, name="answer"),
]
