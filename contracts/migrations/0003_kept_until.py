"""Until when an agreement is kept: the day that it promised, or that of the one it would have changed.

Of one that not everybody signed: while its partnership goes on, there is no such day; then some months after the end, or,
where somebody signed a version of it, as long as a contract that names the same last day.
"""

from django.db import migrations

FUNCTION = """
create function agreement_kept_until(wanted uuid) returns date language sql stable as $$
    select coalesce(a.keep_until, f.keep_until, greatest(
        (p.ended_at at time zone 'UTC' + make_interval(months => o.keep_unsigned_months))::date,
        case when p.ended_at is not null and exists (
            select from contracts_signature s join contracts_version v on v.id = s.version_id where v.agreement_id = a.id
        ) then (a.ends_on + make_interval(years => o.keep_contracts_years))::date end))
    from contracts_agreement a
    join programmes_partnership p on p.id = a.partnership_id
    join organisations_organisation o on o.id = a.organisation_id
    left join contracts_agreement f on f.id = a.follows_id
    where a.id = wanted
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0002_history_without_names"),
        ("organisations", "0004_agreements_that_nobody_signed"),
        ("programmes", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FUNCTION, "drop function agreement_kept_until(uuid)")]
