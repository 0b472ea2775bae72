"""What the database itself refuses of the nouns, beyond their constraints."""

import pgtrigger

CAPACITY_NOT_BELOW_USED = pgtrigger.Trigger(
    name="capacity_not_below_used",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("capacity"),
    func="""
        if exists (select from programmes_member m
                   where m.participant_id = new.id and m.live and m.slot > new.capacity) then
            raise exception 'capacity is below the places in use' using errcode = 'check_violation',
                constraint = 'capacity_not_below_used';
        end if;
        return new;
    """,
)

# Only an agreement in force, signed by everybody, opens what partners write; its own database row says from when.
READING_IS_SIGNED = pgtrigger.Trigger(
    name="reading_is_signed",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("reading", "reading_since"),
    func="""
    if new.reading = 'log' and not exists (
        select from contracts_agreement a where a.partnership_id = new.id and a.state = 'active'
        and a.reading = 'log' and a.reading_since = new.reading_since) then
        raise exception 'no signed agreement opens this' using errcode = 'check_violation', constraint = 'reading_is_signed';
    end if;
    return new;
""",
)

SLOT_WITHIN_CAPACITY = pgtrigger.Trigger(
    name="slot_within_capacity",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("slot", "live", "participant_id"),
    func="""
        if new.live and new.slot > (select capacity from programmes_participant p where p.id = new.participant_id for share) then
            raise exception 'no place left' using errcode = 'check_violation', constraint = 'slot_within_capacity';
        end if;
        return new;
    """,
)
