"""Who may do what: the one table. Gates ask it, the isolation test is generated from it, docs/permissions.md prints it.

Columns are hats, worn in one organisation or programme. A cell holds verbs: C create, R read, U change, D withdraw,
A act (accept, confirm, sign), x existence and state only, m activity data only, agg figures of five and more. A suffix
says whose: o own, p own partnership, g own programme, G own organisation, e own group. `-` is nothing: a page that is
not there.
"""

from dataclasses import dataclass
from enum import StrEnum


class Hat(StrEnum):
    """What a person is, for the object at hand."""

    PLATFORM = "PA"
    ADMINISTRATOR = "OA"
    COORDINATOR = "PC"
    SPONSOR = "SG"
    MENTOR = "MR"
    MENTEE = "ME"
    FACILITATOR = "FA"
    APPLICANT = "AP"
    PARTNER = "PO"
    ANYONE = "AN"


HAT_NAMES = {
    Hat.PLATFORM: "Platform administrator",
    Hat.ADMINISTRATOR: "Organisation administrator",
    Hat.COORDINATOR: "Programme co-ordinator",
    Hat.SPONSOR: "Sponsor or steering group",
    Hat.MENTOR: "Mentor",
    Hat.MENTEE: "Mentee",
    Hat.FACILITATOR: "Facilitator",
    Hat.APPLICANT: "Applicant",
    Hat.PARTNER: "Partner-organisation contact",
    Hat.ANYONE: "Anyone",
}

TABLE_TEXT = """
object                     | PA       | OA     | PC       | SG    | MR      | ME      | FA    | AP     | PO     | AN
platform                   | CRUDA    | -      | -        | -     | -       | -       | -     | -      | -      | -
organisation home          | -        | R G    | R G      | R G   | R G     | R G     | R G   | R G    | R G    | -
organisation profile       | -        | RU G   | R G      | -     | -       | -       | -     | -      | -      | -
roles                      | -        | CRUD G | -        | -     | -       | -       | -     | -      | -      | -
organisation agreements    | -        | RU G   | -        | -     | -       | -       | -     | -      | -      | -
programme roles            | -        | CRUD G | R g      | -     | -       | -       | -     | -      | -      | -
programme                  | -        | C G    | -        | -     | -       | -       | -     | -      | -      | -
programme home             | -        | R G    | R g      | R g   | R g     | R g     | R g   | -      | R g    | -
programme settings         | -        | RA G   | CRUA g   | -     | -       | -       | -     | -      | -      | -
need and objectives        | -        | R G    | CRUD g   | R g   | -       | -       | -     | -      | -      | -
plan                       | -        | RA G   | CRUD g   | RA g  | -       | -       | -     | -      | -      | -
policies                   | -        | R G    | CRUD g   | R g   | -       | -       | -     | -      | -      | -
policies to read           | -        | -      | -        | -     | RA o    | RA o    | RA o  | -      | -      | -
application                | -        | m G    | CRUA g   | -     | -       | -       | -     | RUD o  | -      | C
participant                | -        | m G    | CRU g    | -     | -       | -       | -     | -      | agg    | -
training session           | -        | m G    | CRUD g   | agg   | R o     | R o     | R e   | -      | -      | -
match proposal             | -        | m G    | CRUDA g  | agg   | -       | -       | -     | -      | -      | -
choosing                   | -        | m G    | CRUDA g  | -     | -       | -       | -     | -      | -      | -
own choosing               | -        | -      | -        | -     | RU o    | RU o    | -     | -      | -      | -
own profile                | -        | -      | -        | -     | RU o    | RU o    | -     | -      | -      | -
mentor directory           | -        | -      | -        | -     | -       | R g     | -     | -      | -      | -
request for a mentor       | -        | -      | m g      | -     | RA o    | CRAD o  | -     | -      | -      | -
partnership                | -        | m G    | RUA g    | agg   | RA p    | RA p    | RA p  | -      | agg    | -
agreement template         | -        | RU G   | RU g     | -     | -       | -       | -     | -      | -      | -
agreement                  | -        | x G    | R g      | -     | RU p    | RU p    | RU p  | -      | -      | -
agreement states           | -        | x G    | R g      | -     | -       | -       | -     | -      | -      | -
agreement signature        | -        | -      | -        | -     | A o     | A o     | A o   | -      | -      | -
agreement on paper         | -        | -      | CR g     | -     | R p     | R p     | R p   | -      | -      | -
signed contract            | -        | -      | R g      | -     | R p     | R p     | R p   | -      | R g    | -
contracts as a party       | -        | -      | -        | -     | -       | -       | -     | -      | R g    | -
contracts together         | -        | -      | A g      | -     | -       | -       | -     | -      | -      | -
blank form                 | -        | R G    | R g      | -     | R g     | R g     | R g   | -      | -      | -
meeting activity           | -        | -      | m g      | -     | CRUD p  | CRUD p  | CRUD p | -      | -      | -
meeting content            | -        | -      | -        | -     | CRU p   | CRU p   | CRU p | -      | -      | -
opened records             | -        | -      | R g      | -     | -       | -       | -     | -      | -      | -
goals                      | -        | -      | -        | -     | CRU p   | CRU p   | CRU p | -      | -      | -
development plan           | -        | -      | -        | -     | RU p    | CRU p   | RU p  | -      | -      | -
own hours                  | -        | -      | -        | -     | CRD o   | CRD o   | CRD o | -      | -      | -
private notes              | -        | -      | -        | -     | CRUD o  | CRUD o  | CRUD o | -      | -      | -
contact rhythm             | -        | -      | RU g     | -     | -       | -       | -     | -      | -      | -
co-ordination notes        | -        | -      | CR g     | -     | -       | -       | -     | -      | -      | -
own time                   | -        | -      | CRU o    | -     | -       | -       | -     | -      | -      | -
network                    | -        | -      | RA g     | -     | CR g    | CR g    | R g   | -      | -      | -
enquiry                    | -        | -      | RA g     | -     | CR o    | CR o    | CR o  | -      | -      | -
suggestion                 | -        | -      | R g      | C     | C       | C       | C     | -      | -      | -
complaint                  | -        | RA G   | C        | C     | C       | C       | C     | C      | C      | -
safeguarding lead          | -        | RU G   | -        | -     | -       | -       | -     | -      | -      | -
concern                    | -        | CRA o  | CRA o    | CRA o | CRA o   | CRA o   | CRA o | CRA o  | CRA o  | -
survey                     | -        | R G    | CRUA g   | -     | -       | -       | -     | -      | -      | C
evaluation                 | -        | R G    | RU g     | R g   | -       | -       | -     | -      | -      | -
message                    | -        | m G    | RUA g    | -     | -       | -       | -     | -      | -      | -
audit                      | -        | R G    | R g      | -     | -       | -       | -     | -      | -      | -
seal                       | -        | RA G   | -        | -     | -       | -       | -     | -      | -      | -
document verification      | R        | R      | R        | R     | R       | R       | R     | R      | R      | R
"""

VERBS = "CRUDAxm"

# Pages of the sign-in package. Each deals with the visitor's own account and nothing of an organisation.
OWN_ACCOUNT_PAGES = frozenset(
    [
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_reauthenticate",
        "account_email",
        "account_email_verification_sent",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_request_login_code",
        "account_confirm_login_code",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_login_webauthn",
    ]
)


def _parse(text: str) -> dict[str, dict[Hat, str]]:
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    hats = [Hat(name) for name in header[1:]]
    return {row[0]: dict(zip(hats, row[1:], strict=True)) for row in rows}


TABLE: dict[str, dict[Hat, str]] = _parse(TABLE_TEXT)


def verbs(hat: Hat, thing: str) -> frozenset[str]:
    """The verbs this hat has on this object; `agg` is a verb of its own."""
    cell = TABLE[thing][hat]
    letters = cell.split()[0]
    return frozenset([letters]) if letters == "agg" else frozenset(letters) & set(VERBS)


def allows(hats: frozenset[Hat], thing: str, verb: str) -> bool:
    """Whether any of the hats may do this. The verb may name alternatives ("Rm": to read, or to see activity)."""
    wanted = {"agg"} if verb == "agg" else set(verb)
    return any(verbs(hat, thing) & wanted for hat in hats)


@dataclass(frozen=True)
class Policy:
    """What a view's gate declared: its kind, and a cell of the table (thing and verb), empty where none is needed."""

    gate: str
    thing: str = ""
    verb: str = ""

    def __post_init__(self) -> None:
        if self.thing and self.thing not in TABLE:
            raise ValueError(f"“{self.thing}” has no row in the policy table.")
