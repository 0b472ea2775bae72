"""The organisation's own words for agreements, by model of mentoring."""

from django.urls import path

from .views import wording

app_name = "wording"

urlpatterns = [
    path("", wording.organisation_templates, name="templates"),
    path("<slug:model>/", wording.organisation_template, name="template"),
    path("<slug:model>/arrange/", wording.organisation_arrange, name="arrange"),
    path("<slug:model>/preview.pdf", wording.organisation_preview, name="preview"),
    path("<slug:model>/clauses/<slug:key>/", wording.organisation_clause, name="clause"),
]
