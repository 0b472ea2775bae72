"""One transaction per request, in the visitor's context; and no unreadable bytes in an address."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from mentoring.addresses import WITHOUT_VISITOR

from . import tenancy

Answer = Callable[[HttpRequest], HttpResponse]
SIGN_IN = "/accounts/"


class CleanInputMiddleware:
    """A NUL in an address or a query is answered by an error page, not by the database."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or any("\x00" in value for values in request.GET.lists() for value in values[1]):
            return render(request, "400.html", status=400)
        return self.get_response(request)


class TenantMiddleware:
    """Opens the transaction that a request lives in, renders inside it, and undoes everything when the answer is
    an error.

    The visitor is known from the session before the database is asked; the organisation is entered by the gate.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_VISITOR):
            return self.get_response(request)
        context = tenancy.Context(
            person=tenancy._id(request.session.get("_auth_user_id")),
            address=request.path.split("/")[1],
            directory=request.path.startswith(SIGN_IN),
        )
        with tenancy.within(context):
            response = rendered(self.get_response(request))
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response


def rendered(response: HttpResponse) -> HttpResponse:
    """A lazy template response is drawn now, while the transaction is open."""
    if (
        isinstance(response, HttpResponseBase)
        and hasattr(response, "render")
        and not getattr(response, "is_rendered", True)
    ):
        return response.render()
    return response
