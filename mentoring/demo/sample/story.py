"""What happens in every programme, from the first need to the last meeting, as sentences the sample's stories are made of."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from evaluation.actions import answer_survey, close_survey, enter_figure, open_survey
from matching.actions import confirm_round, exclude_pair, lock_pair, run_round
from matching.models import ExclusionReason
from matching.queries import matches_of
from mentoring.accounts.models import Person, normalise_email
from mentoring.organisations import tenancy
from mentoring.organisations.models import Membership, Organisation, PartnerOrganisation, Role
from programmes.actions import create_programme, open_programme
from programmes.blueprints import load_blueprint
from programmes.models import Participant, Partnership, Programme
from programmes.needs.actions import add_objective, state_need
from programmes.plan.acknowledging import acknowledge
from programmes.plan.actions import approve_plan, change_line, remove_line, write_plan
from programmes.plan.policies import add_policy
from programmes.recruitment.actions import (
    accept_application,
    add_question,
    open_recruitment,
    save_answers,
    start_application,
    submit_application,
)
from programmes.recruitment.models import Application
from programmes.recruitment.queries import questions_of
from programmes.training.actions import invite_to_session, plan_session, record_attendance
from programmes.training.models import AttendanceState
from programmes.training.queries import topics_of

from .answers import make_answer, make_survey_answers
from .cast import email_of
from .moments import at, days

PASSWORD = "walk-alongside"

CONDUCT = "Code of conduct"  # the policy that everybody is asked to read


@dataclass
class Story:
    """One organisation's part of the sample. Everything is told inside its tenant's context."""

    organisation: Organisation
    domain: str
    random: Random
    hashed: str = field(default_factory=lambda: make_password(PASSWORD))
    sign_ins: list[dict[str, str]] = field(default_factory=list)

    def employ(self, name: str, role: Role, programme: Programme | None = None, partner: str = "") -> Person:
        """Somebody with a role here and a sign-in."""
        person = self.know(name)
        contact_of = PartnerOrganisation.objects.get_or_create(name=partner)[0] if partner else None
        Membership.objects.create(
            person=person, role=role, programme_id=programme.pk if programme else None, partner=contact_of
        )
        return person

    def know(self, name: str) -> Person:
        with tenancy.directory():
            email = normalise_email(email_of(name, self.domain))
            person, created = Person.objects.get_or_create(
                email=email, defaults={"name": name, "password": self.hashed}
            )
            if created:
                EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
        return person

    def show(self, person: Person, role: str, programme: Programme | None) -> None:
        """Put a sign-in into the table that the demo prints."""
        self.sign_ins.append({
            "role": role,
            "name": person.name,
            "email": person.email,
            "password": PASSWORD,
            "organisation": self.organisation.slug,
            "programme": programme.slug if programme else "",
        })  # fmt: skip

    def begin(
        self,
        name: str,
        slug: str,
        starts_on: datetime.date,
        ends_on: datetime.date,
        *,
        by: Person,
        coordinator: Person,
        blueprint: str = "ukrc",
    ) -> Programme:
        now = at(starts_on - days(120))
        programme = create_programme(
            by=by, now=now, blueprint=load_blueprint(blueprint), name=name, slug=slug, starts_on=starts_on, ends_on=ends_on,
            coordinator=coordinator,
        )  # fmt: skip
        programme.organisation = self.organisation
        return programme

    def prepare(self, programme: Programme, *, why: str, who: str, by: Person, sponsor: Person) -> None:
        """Need, objectives, plan, budget, approval: steps 1 and 2."""
        now = at(programme.starts_on - days(110))
        state_need(programme, by=by, now=now, why=why, target_group=who)
        for key in ("regular", "confidence", "promotion"):
            add_objective(programme, by=by, now=now, **objective_fields(programme, key))
        write_plan(
            programme, by=by, now=now, starts_on=programme.starts_on, ends_on=programme.ends_on,
            purpose="One-to-one mentoring across departments, with joint training at the start and a review half way.",
            supporter=sponsor.name, supporter_role="Pro-Vice-Chancellor",
            recruitment_opens_on=programme.starts_on - days(90),
            recruitment_closes_on=programme.starts_on - days(40),
            training_on=programme.starts_on - days(7),
        )  # fmt: skip
        money = {
            "Training and induction": (1800, 1640),
            "Travel and expenses of mentors": (900, 210),
            "Publicity and printing": (300, 185),
        }
        for line in programme.budget_lines.all():
            planned, spent = money.get(line.what, (0, 0))
            if planned:
                change_line(line, what=line.what, planned=Decimal(planned), spent=Decimal(spent), by=by, now=now)
            else:
                remove_line(line, by=by, now=now)
        approved_on = programme.starts_on - days(100)
        approve_plan(
            programme, approved_on=approved_on, note="Agreed by the steering group.", by=sponsor, now=at(approved_on)
        )
        self.note_policies(programme, by=by)

    def note_policies(self, programme: Programme, *, by: Person) -> None:
        """The register of policies: one is to be reviewed in the programme's seventh month, another long after."""
        for name, owner, version, ago, months in (
            ("Confidentiality and data protection", "Information Governance Office", "2.1", 160, 12),
            ("Complaints", "People Office", "3", 290, 24),
            (CONDUCT, "Programme office", "1", 120, 36),
        ):
            add_policy(
                programme, name=name, owner=owner, version=version, place="Staff intranet, Policies",
                reviewed_on=programme.starts_on - days(ago), every_months=months, is_for_all=name == CONDUCT,
                by=by, now=at(programme.starts_on - days(100)),
            )  # fmt: skip

    def read_policy(self, programme: Programme, people: list[Participant], *, on: datetime.date) -> None:
        """Most of them say that they have read the code of conduct."""
        policy = programme.policies.get(name=CONDUCT)
        for one in people[: -len(people) // 4]:
            acknowledge(policy, version=policy.version, by=one.person, now=at(on, 18))

    def ask_for_equality(self, programme: Programme, *, by: Person) -> None:
        """Two ready-made questions that nobody has to answer."""
        for key in ("equality_age", "equality_disability"):
            add_question(programme, key, by=by, now=at(programme.starts_on - days(95)))

    def open_for(
        self, programme: Programme, role: str, opens_on: datetime.date, closes_on: datetime.date | None, by: Person
    ) -> None:
        open_recruitment(programme, role, opens_on=opens_on, closes_on=closes_on, by=by, now=at(opens_on))

    def apply(self, programme: Programme, name: str, role: str, on: datetime.date, capacity: int = 1) -> Application:
        """Fill in the form and send it."""
        person = self.know(name)
        application = start_application(programme, role, name=name, email=person.email, person=person, now=at(on))
        answers = {
            # What is asked for equality has no say in the rest of the story.
            question: make_answer(question, Random(name) if question.is_equality else self.random, capacity)
            for question in questions_of(programme, role)
        }
        save_answers(application, answers)
        return submit_application(application, by=person, now=at(on, 11))

    def recruit(
        self, programme: Programme, names: tuple[str, ...], role: str, by: Person, two_places: str = ""
    ) -> list[Participant]:
        """Open, apply, accept."""
        opens_on = programme.starts_on - days(90 if role == "mentee" else 70)
        self.open_for(programme, role, opens_on, opens_on + days(45), by)
        accepted = []
        for number, name in enumerate(names):
            on = opens_on + days(2 + number)
            application = self.apply(programme, name, role, on, capacity=2 if name == two_places else 1)
            accepted.append(accept_application(application, by=by, now=at(on + days(3))))
        return accepted

    def match(self, programme: Programme, *, by: Person, on: datetime.date) -> list[Partnership]:
        """Run a round and confirm it."""
        return confirm_round(run_round(programme, by=by, now=at(on)), by=by, now=at(on, 15))

    def consider(self, programme: Programme, *, by: Person, on: datetime.date) -> list[Partnership]:
        """Run a round, keep the best pair, part two who know each other too well, and confirm what is found then."""
        first = matches_of(run_round(programme, by=by, now=at(on)))
        lock_pair(first[0], by=by, now=at(on, 11), locked=True)
        second = exclude_pair(first[-1], by=by, now=at(on, 12), reason=ExclusionReason.ACQUAINTED)
        return confirm_round(second, by=by, now=at(on, 15))

    def train(self, programme: Programme, people: list[Participant], *, on: datetime.date, by: Person) -> None:
        """A joint session; one person sent apologies and one came to a second session."""
        session = plan_session(
            programme, by=by, now=at(on - days(30)), title="Starting together", audience="joint", starts_at=at(on, 13),
            minutes=210, medium="in_person", place="Seminar room 2, Heslop Building", trainer="Una Whelan",
            topics=[topic["key"] for topic in topics_of(programme)],
        )  # fmt: skip
        invite_to_session(session, by=by, now=at(on - days(21)))
        came = dict.fromkeys(people, AttendanceState.ATTENDED) | {people[-1]: AttendanceState.EXCUSED}
        record_attendance(session, came, by=by, now=at(on, 17))
        self.read_policy(programme, people, on=on)
        again = plan_session(
            programme, by=by, now=at(on + days(1)), title="For those who missed it", audience="joint", starts_at=at(on + days(6), 12),
            minutes=90, medium="video", place="https://meet.example.org/starting-together", trainer="Una Whelan", topics=["aims", "agreement"],
        )  # fmt: skip
        record_attendance(again, {people[-1]: AttendanceState.ATTENDED}, by=by, now=at(on + days(6), 15))

    def evaluate(self, programme: Programme, *, by: Person, today: datetime.date) -> None:
        """The end survey, answered by most; and the figure that somebody has to look up."""
        opened_on = today - days(55)
        survey = open_survey(
            programme, is_anonymous=True, closes_on=opened_on + days(25), draft=False, by=by, now=at(opened_on)
        )
        for number, invitation in enumerate(survey.invitations.order_by("pk")):
            if number % 7 != 6:
                answers = make_survey_answers(programme, invitation.role, self.random)
                answer_survey(invitation, answers=answers, now=at(opened_on + days(1 + number)))
        close_survey(survey, by=by, now=at(opened_on + days(26)))
        looked_up = programme.objectives.get(measure="number")
        enter_figure(
            looked_up,
            value=Decimal(9),
            measured_on=today - days(22),
            source="Personnel records",
            by=by,
            now=at(today - days(21)),
        )

    def launch(self, programme: Programme, *, by: Person) -> None:
        open_programme(programme, by=by, now=at(programme.starts_on))


def objective_fields(programme: Programme, key: str) -> dict[str, object]:
    """One of the blueprint's example objectives, as the form would fill it."""
    example = next(one for one in programme.blueprint["objectives"] if one["key"] == key)
    measure = example["measure"]
    return {
        "wording": example["wording"],
        "measure": measure["kind"],
        "meetings": measure.get("meetings"),
        "question": measure.get("question", ""),
        "at_least": measure.get("at_least"),
        "unit": example["unit"],
        "baseline": example.get("baseline"),
        "target": example.get("target", 8),
        "due_on": programme.ends_on,
    }
