"""What can be done to organisations and to the roles people hold in them."""

from .invitations import accept_as_new_person, accept_invitation, invite, send_again, withdraw_invitation
from .organisations import (
    create_organisation,
    is_new_deployment,
    resume_organisation,
    set_up,
    start_organisation,
    suspend_organisation,
)
from .partners import add_partner, rename_partner
from .roles import end_role
from .settings import change_settings

__all__ = [
    "accept_as_new_person",
    "accept_invitation",
    "add_partner",
    "change_settings",
    "create_organisation",
    "end_role",
    "invite",
    "is_new_deployment",
    "rename_partner",
    "resume_organisation",
    "send_again",
    "set_up",
    "start_organisation",
    "suspend_organisation",
    "withdraw_invitation",
]
