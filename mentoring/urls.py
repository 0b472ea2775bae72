"""Every address. What varies in a path is a slug or a UUID; anything else is not found."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from mentoring.organisations import urls as organisations
from mentoring.organisations.views import front
from programmes import urls as programmes
from programmes.views.create import create
from programmes.views.my import my
from programmes.views.organisation import organisation_home

from . import pages
from .health import health

IN_PROGRAMME = "<slug:organisation>/<slug:programme>/"

handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.server_error

# Pages that look over the programmes of an organisation, or of a person, stand on a higher floor than organisations.
ORGANISATIONS: list[URLPattern | URLResolver] = [
    *organisations.urlpatterns,
    path("<organisation:organisation>/", organisation_home, name="home"),
]
PROGRAMMES: list[URLPattern | URLResolver] = [
    path("my/", my, name="my"),
    path("<organisation:organisation>/new/", create, name="create"),
    path(IN_PROGRAMME, include(programmes.urlpatterns)),
]

urlpatterns = [
    path("styleguide/", pages.styleguide, name="styleguide"),
    path("offline/", pages.offline, name="offline"),
    path("sw.js", pages.service_worker, name="service_worker"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    path("health/", health, name="health"),
    *([path("caught-mail/", include("mentoring.demo.urls"))] if settings.DEMO else []),
    path("accounts/", include("allauth.urls")),
    path("mail/", include("mentoring.outbox.urls")),
    path("verify/", include("mentoring.documents.urls")),
    path("<organisation:organisation>/settings/seal/", include("mentoring.documents.seal_urls")),
    path("privacy/", front.privacy, name="privacy"),
    path("accessibility/", front.accessibility, name="accessibility"),
    path("", include((ORGANISATIONS, organisations.app_name))),
    path("<organisation:organisation>/agreements/", include("contracts.organisation_urls")),
    path("<organisation:organisation>/", include("programmes.help.desk_urls")),
    path(f"{IN_PROGRAMME}needs/", include("programmes.needs.urls")),
    path(f"{IN_PROGRAMME}plan/", include("programmes.plan.urls")),
    path(f"{IN_PROGRAMME}recruitment/", include("programmes.recruitment.urls")),
    path(f"{IN_PROGRAMME}matching/choosing/", include("matching.choosing.urls")),
    path(f"{IN_PROGRAMME}matching/", include("matching.urls")),
    path(f"{IN_PROGRAMME}training/", include("programmes.training.urls")),
    path(f"{IN_PROGRAMME}contracts/", include("contracts.urls")),
    path(f"{IN_PROGRAMME}help/", include("programmes.help.urls")),
    path(f"{IN_PROGRAMME}network/", include("programmes.network.urls")),
    path(f"{IN_PROGRAMME}downloads/", include("contracts.downloads.urls")),
    path(f"{IN_PROGRAMME}support/", include("programmes.support.urls")),
    path(f"{IN_PROGRAMME}evaluation/", include("evaluation.urls")),
    path(f"{IN_PROGRAMME}apply/", include("programmes.recruitment.public_urls")),
    path("", include((PROGRAMMES, programmes.app_name))),
]
