"""Who may know when and how partners meet: everybody who runs the programme, unless the partners signed that nobody may."""

from mentoring.organisations.rows import ASKING_PERSON, KEPT_FROM_ASKING, Rows

# The column is the protected table's own, also in its history.
UNLESS_KEPT = Rows(only=f"{ASKING_PERSON} is null or partnership_id not in ({KEPT_FROM_ASKING})")
# What hangs on a meeting is seen by whom the policy of meetings lets see the meeting.
OF_A_MEETING_SHOWN = Rows(
    only=f"{ASKING_PERSON} is null or exists (select from support_meeting t where t.id = meeting_id)"
)
