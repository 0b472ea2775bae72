"""Whether a partnership has gone quiet, for those to whom its partners show no dates: yes or no, as of today.

It runs as the owner, who alone sees past the row policies; it answers within the running organisation, and only where the
asking person may not see the meetings themselves. programmes/support/health.py says the same in Python; a test compares.
"""

from django.db import migrations

FUNCTION = """
create function gone_quiet(wanted uuid) returns boolean
    language plpgsql security definer set search_path = public as $$
declare answer boolean;
begin
    perform set_config('app.maintenance', 'on', true);
    if app_person() is null
       or exists (select from programmes_member m where m.partnership_id = wanted and m.person_id = app_person()) then
        return null;
    end if;
    select p.state = 'active' and current_date > p.grace_days + greatest(
        greatest(p.starts_on, p.rhythm_from, (
            select max(t.met_on) from support_meeting t where t.partnership_id = p.id and t.kind = 'held'
        )) + p.cadence_days,
        coalesce(
            (select min(t.starts_at)::date from support_plannedmeeting t where t.partnership_id = p.id and t.state = 'planned'),
            (select t.next_on from support_meeting t where t.partnership_id = p.id order by t.met_on desc limit 1)
        ))
    into answer from programmes_partnership p where p.id = wanted and p.organisation_id = app_organisation();
    return answer;
end $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("support", "0001_initial"),
        ("programmes", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FUNCTION, "drop function gone_quiet(uuid)")]
