"""Two partners sign at the same moment through two web servers; and whoever signs is killed at every statement.

Every agreement must end active with both signatures, one sealed contract and one copy for each; a killed signer must
leave either everything or nothing. AGREEMENTS (300) says how many.
"""

import datetime
import http.cookiejar
import os
import signal
import sys
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

from bench.report import print_table, print_verdict
from mentoring.demo.state import free_port

from .browser import Browser, quiet_server

AGREEMENTS = 300
AT_ONCE = 4  # agreements that are signed beside each other
FURTHEST = 1000  # statements: many more than signing has
DONE, KILLED = 0, 9


def run(seconds: float, sign_ins: list[dict[str, str]]) -> bool:
    """Whether a signature, a seal or a copy was lost or doubled, or a kill left a half. Takes its own time."""
    number = int(os.environ.get("AGREEMENTS", AGREEMENTS))
    place = make_programme(number)
    lost = sign_all_at_once(place)
    halves = kill_at_every_statement(place)
    return lost or halves


class Place:
    """A programme of this part's own, with partnerships whose agreements are ready to sign."""

    def __init__(self, organisation: Any, programme: Any) -> None:
        self.organisation, self.programme = organisation, programme
        self.partnerships: list[Any] = []


def make_programme(number: int) -> Place:
    from mentoring.organisations import tenancy
    from mentoring.organisations.actions import start_organisation
    from programmes.blueprints import load_blueprint
    from programmes.models import Programme

    now = datetime.datetime.now(datetime.UTC)
    administrator = make_person("Ada Adminford", "administrator@signing.example")
    with tenancy.visitor(administrator):
        organisation = start_organisation(name="Signing University", slug="signing", by=administrator, now=now)
    with tenancy.tenant(organisation):
        programme = Programme.objects.create(
            slug="pairs",
            name="Pairs",
            created_by=administrator,
            starts_on=now.date(),
            ends_on=now.date() + datetime.timedelta(days=365),
            blueprint=load_blueprint("ukrc"),
            state="live",
        )
    place = Place(organisation, programme)
    for pair in range(number + 1):  # the last is for whoever is killed
        with tenancy.tenant(organisation):
            place.partnerships.append(make_ready(place, pair))
    return place


def make_person(name: str, email: str) -> Any:
    from mentoring.accounts.models import Person
    from mentoring.organisations import tenancy

    with tenancy.directory():
        return Person.objects.create(name=name, email=email, password="!")


def make_ready(place: Place, pair: int) -> Any:
    """Two people, a partnership, and an agreement that both have filled in."""
    from contracts import actions, queries
    from mentoring.organisations import tenancy
    from mentoring.organisations.models import Membership, Role
    from programmes.models import Member, Participant, Partnership

    programme, now = place.programme, datetime.datetime.now(datetime.UTC)
    partnership = Partnership.objects.create(
        programme=programme, starts_on=programme.starts_on, ends_on=programme.ends_on, cadence_days=28, grace_days=7
    )
    for role in ("mentee", "mentor"):
        person = make_person(f"{role.title()} {pair}", f"{role}{pair}@signing.example")
        Membership.objects.create(person=person, role=Role.MEMBER)
        participant = Participant.objects.create(programme=programme, person=person, role=role)
        Member.objects.create(partnership=partnership, participant=participant, person=person, role=role)
    people = [member.person for member in partnership.ordered_members()]
    for person in people:
        with tenancy.tenant(place.organisation, person):
            agreement = queries.agreement_or_template(partnership)
            boxes = [box for box in queries.boxes_in(agreement) if box.may_be_filled_by(person)]
            answers = queries.answers_in(agreement)
            seen = {box.name: answers[box.name].words if box.name in answers else "" for box in boxes}
            words = {box.name: words_for(box) for box in boxes}
            actions.write_answers(partnership, words=words, seen=seen, by=person, now=now)
    with tenancy.tenant(place.organisation, people[0]):
        actions.make_version(partnership, by=people[0], now=now)
    return partnership


def words_for(box: Any) -> str:
    return str(box.clause.options[0]["key"]) if box.clause.options else "As we said when we met."


def sign_all_at_once(place: Place) -> bool:
    """Both partners of each press at the same moment, each at another server."""
    with ExitStack() as stack:
        servers = [stack.enter_context(server_on(free_port())) for _ in range(2)]
        with ThreadPoolExecutor(AT_ONCE) as hands:
            list(hands.map(lambda partnership: sign_both(servers, place, partnership), place.partnerships[:-1]))
    counted = count(place)
    number = len(place.partnerships) - 1
    wanted = {"active": number, "signatures": 2 * number, "seals": number, "contracts": number, "copies": 2 * number}
    print_table(("two sign at once", "wanted", "found"), [(what, wanted[what], counted[what]) for what in wanted])
    wrong = sum(abs(wanted[what] - counted[what]) for what in wanted)
    print_verdict("signing_at_once", wrong / max(1, sum(wanted.values())), 0)
    return bool(wrong)


@contextmanager
def server_on(port: int) -> Iterator[str]:
    """A web server of its own processes on the same database."""
    before = os.environ["PORT"]
    os.environ["PORT"] = str(port)
    try:
        with quiet_server() as address:
            os.environ["PORT"] = before
            yield address
    finally:
        os.environ["PORT"] = before


def sign_both(servers: list[str], place: Place, partnership: Any) -> None:
    people = people_of(place, partnership)
    path = f"/{place.organisation.slug}/{place.programme.slug}/contracts/{partnership.pk}/sign/"
    start = threading.Barrier(2)

    def sign(server: str, person: Any) -> None:
        browser = signed_in(server, person)
        form = browser.open(path).hidden
        start.wait()
        browser.open(path, form | {"typed_name": str(person)})

    hands = [threading.Thread(target=sign, args=one) for one in zip(servers, people, strict=True)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def people_of(place: Place, partnership: Any) -> list[Any]:
    from mentoring.organisations import tenancy

    with tenancy.tenant(place.organisation):
        return [member.person for member in partnership.ordered_members()]


def signed_in(server: str, person: Any) -> Browser:
    """A browser with a session of its own, as if the person had signed in: passwords are not what is tried here."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    cookies = http.cookiejar.CookieJar()
    cookie = http.cookiejar.Cookie(
        0, settings.SESSION_COOKIE_NAME, session.session_key, None, False, "127.0.0.1", True, False, "/", True,
        False, None, False, None, None, {},
    )  # fmt: skip
    cookies.set_cookie(cookie)
    browser = Browser(server)
    browser.opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(cookies), urllib.request.ProxyHandler({})
    )
    return browser


def count(place: Place, look: bool = True) -> Counter[str]:
    """What there is of every kind; `look` into the files themselves, too."""
    from contracts.models import Agreement, Signature
    from mentoring.documents.models import Document
    from mentoring.documents.queries import Verdict, check_file
    from mentoring.organisations import tenancy
    from mentoring.outbox.models import Message

    with tenancy.tenant(place.organisation):
        contracts = Document.objects.filter(kind="signed agreement")
        return Counter(
            active=Agreement.objects.filter(state="active").count(),
            signatures=Signature.objects.count(),
            contracts=contracts.count(),
            seals=sum(check_file(bytes(one.content)).verdict == Verdict.GENUINE for one in contracts.iterator())
            if look
            else 0,
            copies=Message.objects.filter(kind="agreement_signed").count(),
        )


def kill_at_every_statement(place: Place) -> bool:
    """The last partner to sign is killed before and after each statement; then signs in peace."""
    partnership = place.partnerships[-1]
    first, last = people_of(place, partnership)
    before = count(place, look=False)
    if sign_in_child(place, partnership, first, None) != DONE:
        raise SystemExit("The first partner could not sign.")
    halves, kills = 0, 0
    for when in ("before", "after"):
        for number in range(FURTHEST):
            if sign_in_child(place, partnership, last, (number, when)) == DONE:
                break
            kills += 1
            halves += count(place, look=False) - before != Counter(signatures=1)
        if when == "before":
            # Nobody was left to be killed, so the agreement was signed: the second round needs another one.
            partnership, first, last = another(place)
            before = count(place, look=False)
            sign_in_child(place, partnership, first, None)
    whole = count(place, look=False) - before == Counter(active=1, signatures=2, contracts=1, copies=2)
    print_table(("the last signer killed", "number"), [("kills", kills), ("half-done states", halves), ("whole in the end", int(whole))])  # fmt: skip
    print_verdict("signing_killed", (halves + (not whole)) / max(1, kills), 0)
    return bool(halves or not whole or not kills)


def another(place: Place) -> tuple[Any, Any, Any]:
    from mentoring.organisations import tenancy

    with tenancy.tenant(place.organisation):
        partnership = make_ready(place, len(place.partnerships))
    first, last = people_of(place, partnership)
    return partnership, first, last


def sign_in_child(place: Place, partnership: Any, person: Any, kill_at: tuple[int, str] | None) -> int:
    """Sign in a process of its own, which is killed at this statement, if it comes so far."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        return DONE if os.WIFEXITED(status) and os.WEXITSTATUS(status) == DONE else KILLED
    try:
        sign_as(place, partnership, person, kill_at)
        os._exit(DONE)
    except BaseException as error:
        print(f"signing failed: {error!r}", file=sys.stderr, flush=True)
        os._exit(1)


def sign_as(place: Place, partnership: Any, person: Any, kill_at: tuple[int, str] | None) -> None:
    from django.db import connection

    from contracts import actions, queries
    from mentoring.organisations import tenancy

    now = datetime.datetime.now(datetime.UTC)
    with ExitStack() as stack:
        if kill_at:
            stack.enter_context(connection.execute_wrapper(killer(*kill_at)))
        with tenancy.tenant(place.organisation, person):
            version = queries.version_in_force(queries.agreement_or_template(partnership))
            assert version
            actions.sign_agreement(partnership, sha256=version.sha256, typed_name=str(person), by=person, now=now)


def killer(at: int, when: str) -> Callable[..., Any]:
    """Lets so many statements pass, then ends the process without warning."""
    passed = 0

    def execute(run_statement: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal passed
        if passed == at and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = run_statement(sql, params, many, context)
        if passed == at and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        passed += 1
        return result

    return execute
