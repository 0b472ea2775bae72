"""What can be done to organisations and to the roles people hold in them."""

from .invitations import accept_as_new_person, accept_invitation, invite, send_again, withdraw_invitation
from .partners import add_partner, rename_partner
from .roles import end_role
from .settings import change_settings

__all__ = [
    "accept_as_new_person",
    "accept_invitation",
    "add_partner",
    "change_settings",
    "end_role",
    "invite",
    "rename_partner",
    "send_again",
    "withdraw_invitation",
]
