"""A person's own pages: their partnerships and roles, over all organisations."""

from django.http import HttpResponse
from django.shortcuts import render

from mentoring.organisations.gates import person_page
from mentoring.visit import Visit
from programmes.queries import name_others, places_of


@person_page
def my(request: Visit) -> HttpResponse:
    places = places_of(request.person)
    partnerships = [partnership for place in places for partnership in place.partnerships]
    return render(
        request,
        "my/my.html",
        {
            "places": places,
            "live": [
                (partnership, name_others(partnership, request.person))
                for partnership in partnerships
                if partnership.is_live
            ],
            "ended": [partnership for partnership in partnerships if not partnership.is_live],
            "waiting": [participant for place in places for participant in place.waiting],
            "roles": [role for place in places for role in place.roles],
            "needs": [need for place in places for need in place.needs],
        },
    )
