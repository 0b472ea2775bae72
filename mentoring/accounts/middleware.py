"""What happens around every request because of who asks and what was asked before."""

import hashlib
import uuid
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from mentoring.addresses import WITHOUT_VISITOR

from .clocks import zone
from .models import RequestKey

Answer = Callable[[HttpRequest], HttpResponse]


class OnceMiddleware:
    """A form posted twice has the effect of one.

    The hidden `once` field and what was typed are claimed together in the request's own transaction. A second post of the
    same waits for the first to finish, then is led where the first was led. Other words under the same key (somebody
    went back and changed them) are another post. A form that was refused gives its claim back.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = read_key(request)
        if key is None:
            return self.get_response(request)
        if not claim(key, request.path):
            earlier = RequestKey.objects.get(pk=key)
            return HttpResponseRedirect(earlier.location or request.path)
        response = self.get_response(request)
        if response.status_code < 500:
            settle(key, response)
        return response


def read_key(request: HttpRequest) -> uuid.UUID | None:
    """One key for this form with these words, if it was posted with a well-formed `once`."""
    if request.method != "POST":
        return None
    try:
        once = uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None
    return uuid.uuid5(once, digest(request))


def digest(request: HttpRequest) -> str:
    """A hash of who asks, where, and of all that was typed or attached, but for the tokens that change by themselves."""
    typed = sorted((name, values) for name, values in request.POST.lists() if name not in CHANGING)
    files = sorted((name, file.name, file.size) for name, files in request.FILES.lists() for file in files)
    return hashlib.sha256(
        repr((request.session.get(SESSION_KEY), request.path, typed, files)).encode("utf-8", "surrogatepass")
    ).hexdigest()


CHANGING = {"once", "csrfmiddlewaretoken"}


def claim(key: uuid.UUID, path: str) -> bool:
    """Take the key. False when an earlier, finished request holds it; waits for one that is still running."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into accounts_requestkey (key, path, location, created_at) values (%s, %s, '', %s) "
            "on conflict do nothing",
            [key, path[:2000], timezone.now()],
        )
        return cursor.rowcount == 1


def settle(key: uuid.UUID, response: HttpResponse) -> None:
    """Remember where a finished form led; let a form that is shown again be posted again."""
    location = response.headers.get("Location") or response.headers.get("HX-Redirect")
    if location:
        RequestKey.objects.filter(pk=key).update(location=location[:2000])
    else:
        RequestKey.objects.filter(pk=key).delete()


class LocaleAndZoneMiddleware:
    """Times on a page are the reader's own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_VISITOR) or not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(zone(request.user.time_zone)), translation.override(request.user.language):
            return self.get_response(request)


class PrivateMiddleware:
    """Pages of somebody who has signed in are kept for nobody else; signing out takes away what the browser kept,
    drafts of forms too.

    Going back within a session still finds a form as it was left, which forbidding any keeping would end.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = SESSION_KEY in request.session
        response = self.get_response(request)
        if was_signed_in and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        if was_signed_in and SESSION_KEY not in request.session:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
