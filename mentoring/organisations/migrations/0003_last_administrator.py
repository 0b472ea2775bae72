"""An organisation that has an administrator keeps one, whatever is done to roles and however many do it at once."""

from django.db import migrations

# The function belongs to the owner and looks at all rows: at commit, the transaction may stand in another context.
# (The setting opens rows to the owner alone, so it gives the application nothing.)
RULE = """
create function keep_an_administrator() returns trigger language plpgsql
    security definer set search_path = public as $$
begin
    if old.role <> 'administrator' or old.ended_at is not null then
        return null;
    end if;
    perform set_config('app.maintenance', 'on', true);
    -- Two administrators may end each other's role at once: the second waits here, then looks again.
    perform from organisations_organisation where id = old.organisation_id for no key update;
    if not exists (select from organisations_membership where organisation_id = old.organisation_id
                   and role = 'administrator' and ended_at is null) then
        raise exception 'an organisation keeps an administrator'
            using errcode = 'check_violation', constraint = 'last_administrator_stays';
    end if;
    return null;
end $$;
create constraint trigger last_administrator_stays after update or delete on organisations_membership
    deferrable initially deferred for each row execute function keep_an_administrator();
"""
UNDO = "drop trigger last_administrator_stays on organisations_membership; drop function keep_an_administrator();"


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_roles_in_programmes")]
    operations = [migrations.RunSQL(RULE, UNDO)]
