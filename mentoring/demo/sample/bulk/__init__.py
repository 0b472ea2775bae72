"""Large data for benchmarks: many organisations with many programmes of many partnerships, the same for the same seed.

Organisations, programmes, needs and plans are made by the product's own actions. What there is much of (people,
applications, partnerships, meetings, messages, the trail) is written by COPY as the application's role inside each
tenant's context, with what the actions would have written; history triggers, checks and keys see every row. History names
nobody for such rows: they were loaded, not typed. There are no rounds of matching and no signed contracts, which would
need the engine and a PDF for each pair.
"""

import datetime
import itertools
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import connections
from django.utils import timezone

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.demo.sample.moments import at, days
from mentoring.demo.sample.story import PASSWORD, Story
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation, Role
from mentoring.refusal import Refused
from programmes.models import Programme
from programmes.support.models import ProgressRecord
from programmes.training.actions import plan_session
from programmes.training.models import TrainingSession
from programmes.training.queries import topics_of

from . import meetings as logged
from . import pairs as matched
from . import people
from .batch import Batch
from .scene import Scene, key_at

MEETINGS = 10  # of each partnership, unless said otherwise
MOST_MENTEES = 3
ONE_IN = 20  # so many more apply, and so many more are accepted and wait for a partner
YEAR = days(365)


def load(
    organisations: int = 1,
    programmes: int = 1,
    pairs: int = 100,
    seed: int = 1,
    meetings: int = MEETINGS,
    processes: int = 1,
) -> list[dict[str, str]]:
    """Make so many organisations, with so many programmes each, of so many partnerships, with so many meetings each.

    Returns who can sign in: of each organisation its administrator, and of its first programme a co-ordinator, a mentor
    and a mentee. Refused when this seed has been loaded before. Each programme is one transaction; organisations are
    shared out among the processes.
    """
    work = partial(load_organisation, programmes=programmes, pairs=pairs, seed=seed, meetings=meetings)
    numbers = range(1, organisations + 1)
    if processes <= 1 or organisations <= 1:
        return [row for number in numbers for row in work(number)]
    connections.close_all()
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        return [row for rows in pool.map(work, numbers) for row in rows]


def load_organisation(number: int, *, programmes: int, pairs: int, seed: int, meetings: int) -> list[dict[str, str]]:
    """One organisation with all its programmes."""
    today, random = timezone.localdate(), Random(f"{seed}|{number}")
    story = begin_organisation(f"sample-{seed}-{number}", f"Sample Organisation {seed}.{number}", random)
    references = itertools.count()
    for place in range(1, programmes + 1):
        with tenancy.tenant(story.organisation):
            tell(story, place, pairs, meetings, today, references)
    return story.sign_ins


def begin_organisation(slug: str, name: str, random: Random) -> Story:
    """An organisation with an administrator. Refused when its address is taken."""
    organisation = Organisation(
        id=key_at(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), random), slug=slug, name=name
    )
    with tenancy.platform():
        tenancy.look_up(slug)
        if Organisation.objects.filter(slug=slug).exists():
            raise Refused(f"{name} is there already. Give another seed.")
        organisation.save(force_insert=True)
    story = Story(organisation, f"{slug}.example", random, hashed=make_password(PASSWORD, salt="bulk" * 6))
    with tenancy.tenant(organisation):
        story.show(story.employ("Administrator", Role.ADMINISTRATOR), "organisation administrator", None)
    return story


def tell(story: Story, number: int, pairs: int, meetings: int, today: datetime.date, references: Iterator[int]) -> None:
    """One programme, from its need to the last meeting."""
    programme = begin_programme(story, number, meetings, today)
    scene = Scene(story, programme, programme.created_by, today, Batch({ProgressRecord: "changed_by_id"}), references)
    waiting = max(1, pairs // ONE_IN)
    mentees = people.gather(scene, "mentee", [1] * (pairs + waiting))
    mentors = people.gather(scene, "mentor", capacities_for(pairs, story.random))
    for role in ("mentee", "mentor"):
        people.leave_unread(scene, role, waiting)
    train(scene, [*mentees, *mentors])
    partnerships = matched.match(scene, mentees[:pairs], mentors)
    logged.meet(scene, partnerships, meetings)
    people.write_people(scene)
    scene.batch.write()
    if number == 1:
        show(scene, mentees[0], mentors[0])


def begin_programme(story: Story, number: int, meetings: int, today: datetime.date) -> Programme:
    """A programme that has run long enough for these meetings, made by the actions that people use."""
    starts_on = today - logged.days_for(meetings)
    coordinator = story.employ(f"Co-ordinator {number}", Role.MEMBER)
    programme = story.begin(
        f"Programme {number}",
        f"programme-{number}",
        starts_on,
        max(starts_on + YEAR, today + days(120)),
        by=coordinator,
        coordinator=coordinator,
    )
    story.prepare(
        programme,
        why="People at the start of their careers do not know whom to ask.",
        who="Everybody in their first ten years with us.",
        by=coordinator,
        sponsor=story.employ(f"Sponsor {number}", Role.SPONSOR, programme),
    )
    for role in ("mentee", "mentor"):
        story.open_for(programme, role, starts_on - days(90), None, coordinator)
    story.launch(programme, by=coordinator)
    return programme


def capacities_for(pairs: int, random: Random) -> list[int]:
    """Places of mentors, one to three each, until there is one for every pair; one mentor more has all of theirs free."""
    capacities: list[int] = []
    while sum(capacities) < pairs:
        capacities.append(random.randint(1, MOST_MENTEES))
    return [*capacities, 1]


def train(scene: Scene, everybody: list[people.Somebody]) -> None:
    """A joint session before the start, and who came."""
    on = scene.programme.starts_on - days(7)
    session: TrainingSession = plan_session(
        scene.programme,
        by=scene.coordinator,
        now=at(on - days(30)),
        title="Starting together",
        audience="joint",
        starts_at=at(on, 13),
        minutes=180,
        medium="video",
        place="https://meet.example.org/starting-together",
        trainer=str(scene.coordinator),
        topics=[topic["key"] for topic in topics_of(scene.programme)],
    )
    came = people.attend(scene, session, everybody)
    audit.record("attendance recorded", on=session, by=scene.coordinator, at=at(on, 17), came=came, of=len(everybody))


def show(scene: Scene, mentee: people.Somebody, mentor: people.Somebody) -> None:
    """The sign-ins of a programme's co-ordinator, its first mentee and first mentor."""
    scene.story.show(scene.coordinator, "co-ordinator", scene.programme)
    for somebody in (mentor, mentee):
        scene.story.show(Person(name=somebody.name, email=somebody.email), somebody.role, scene.programme)
