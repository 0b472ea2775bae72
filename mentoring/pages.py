"""Pages outside every organisation: what went wrong, being offline, and the style guide."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import cache_control

from mentoring.organisations.gates import public_page

from . import styleguide as samples


def bare(template: str, status: int) -> HttpResponse:
    """A page that needs no database and is the same for everybody, so that it cannot tell what exists."""
    return HttpResponse(loader.get_template(template).render(), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request made no sense."""
    return bare("400.html", 400)


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token, usually because the page was open for very long."""
    return bare("403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or none that this person may see: the answer is the same, byte for byte."""
    return bare("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """We failed; perhaps the database did."""
    return bare("500.html", 500)


@public_page
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows when there is no connection."""
    return bare("offline.html", 200)


@cache_control(max_age=0)
@public_page
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the offline page; served from the root so that it may answer for every page."""
    template = loader.get_template("sw.js")
    version = hashlib.sha256(template.render({"version": ""}).encode()).hexdigest()[:12]
    return HttpResponse(template.render({"version": version}), content_type="text/javascript")


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the pages on its home screen."""
    return HttpResponse(loader.get_template("manifest.json").render(), content_type="application/manifest+json")


@public_page
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in its real states, where this is a demo."""
    if not settings.DEMO:
        raise Http404
    return render(request, "styleguide.html", samples.context())
