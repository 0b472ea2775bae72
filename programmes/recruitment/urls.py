"""Addresses of recruitment."""

from django.urls import path

from .views import applications, home, importing, openings, participants, questions

app_name = "recruitment"

ONE = "applications/<uuid:pk>/"
LIST = "import/<uuid:pk>/"

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
    path("import/", importing.upload, name="import_upload"),
    path("import/template/<slug:role>/", importing.template, name="import_template"),
    path(LIST, importing.look, name="import"),
    path(f"{LIST}columns/", importing.columns, name="import_columns"),
    path(f"{LIST}mend/", importing.mend, name="import_mend"),
    path(f"{LIST}carry-out/", importing.carry_out, name="import_carry_out"),
    path(f"{LIST}left-out/", importing.left_out, name="import_left_out"),
    path(f"{LIST}undo/", importing.undo, name="import_undo"),
    path("opening/", openings.opening, name="opening"),
    path("opening/<slug:role>/", openings.open_role, name="open_role"),
    path("opening/<slug:role>/close/", openings.close_role, name="close_role"),
    path("questions/", questions.questions, name="questions"),
    path("questions/add/", questions.add_question, name="add_question"),
    path("questions/<uuid:pk>/", questions.question, name="question"),
    path("questions/<uuid:pk>/asked/", questions.ask_question, name="ask_question"),
]
