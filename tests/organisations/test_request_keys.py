"""A form's key: the same words once, other words again, and forgotten after a day."""

import datetime
import uuid

from django.utils import timezone

from mentoring.accounts.models import RequestKey
from mentoring.organisations.tasks import forget_request_keys
from programmes.training.models import TrainingSession

TYPED = {
    "title": "Joint start", "audience": "joint", "starts_at": "2027-01-11T13:30", "minutes": "180", "medium": "in_person",
    "place": "Room 4", "trainer": "Una",
}  # fmt: skip


def test_doubled_form_has_the_effect_of_one(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)
    form = TYPED | {"once": str(uuid.uuid4())}

    answers = [client.post(programme.url("training:plan"), form) for _ in range(2)]

    assert TrainingSession.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_changed_words_under_the_same_key_are_another_post(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)
    once = str(uuid.uuid4())

    for title in ("Joint start", "Refresher"):
        client.post(programme.url("training:plan"), TYPED | {"once": once, "title": title})

    assert set(TrainingSession.objects.values_list("title", flat=True)) == {"Joint start", "Refresher"}


def test_refused_form_can_be_posted_again(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)
    form = TYPED | {"once": str(uuid.uuid4()), "starts_at": "soon"}

    pages = [client.post(programme.url("training:plan"), form) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert RequestKey.objects.count() == 0


def test_keys_are_forgotten_after_a_day(organisation):
    for hours in (1, 25):
        RequestKey.objects.create(
            key=uuid.uuid4(), path="/", created_at=timezone.now() - datetime.timedelta(hours=hours)
        )

    forget_request_keys()

    assert RequestKey.objects.count() == 1


def test_health_answers_somebody_who_has_signed_in(client, sign_in, coordinator):
    sign_in(client, coordinator)

    assert client.get("/health/").json()["database"] == "ok"
