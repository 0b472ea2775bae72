import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import mentoring.organisations.tenancy
import pghistory.utils
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models
from mentoring.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('programmes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Choosing',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('degree', models.CharField(choices=[('central', 'The co-ordinator matches people'), ('shortlist', 'Mentees rank mentors on a short list'), ('suggested', 'We suggest, and both say yes or no'), ('directory', 'Mentees ask mentors in a directory'), ('event', 'Everybody meets at an event, then both sides rank')], max_length=9)),
                    ('closes_on', models.DateField(blank=True, null=True)),
                    ('answer_days', models.PositiveSmallIntegerField(default=7)),
                    ('most_open', models.PositiveSmallIntegerField(default=1)),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choosings', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('organisation', 'programme'), name='choosing_open_one_at_a_time'), models.CheckConstraint(condition=models.Q(('degree__in', ['central', 'shortlist', 'suggested', 'directory', 'event']), models.Q(('degree', 'central'), _negated=True)), name='choosing_degree_known'), models.CheckConstraint(condition=models.Q(('answer_days__gte', 1), ('answer_days__lte', 30)), name='choosing_time_to_answer_sane'), models.CheckConstraint(condition=models.Q(('most_open__gte', 1), ('most_open__lte', 3)), name='choosing_requests_at_once_sane'), models.CheckConstraint(condition=models.Q(('closed_at', None), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='choosing_closed_after_it_opened')],
                },
            ),
            migrations.CreateModel(
                name='Choice',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('rank', models.PositiveSmallIntegerField()),
                    ('chooser', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('chosen', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('choosing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='choosing.choosing')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'choosing', 'chooser', 'rank'), name='choice_rank_given_once'), models.UniqueConstraint(fields=('organisation', 'choosing', 'chooser', 'chosen'), name='choice_person_once'), models.CheckConstraint(condition=models.Q(('rank__gte', 1), ('rank__lte', 5)), name='choice_rank_sane'), models.CheckConstraint(condition=models.Q(('chooser', models.F('chosen')), _negated=True), name='choice_of_somebody_else')],
                },
            ),
            migrations.CreateModel(
                name='ChoiceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('rank', models.PositiveSmallIntegerField()),
                    ('chooser', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('chosen', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='choosing.choice')),
                    ('choosing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='choosing.choosing')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ChoosingEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('degree', models.CharField(choices=[('central', 'The co-ordinator matches people'), ('shortlist', 'Mentees rank mentors on a short list'), ('suggested', 'We suggest, and both say yes or no'), ('directory', 'Mentees ask mentors in a directory'), ('event', 'Everybody meets at an event, then both sides rank')], max_length=9)),
                    ('closes_on', models.DateField(blank=True, null=True)),
                    ('answer_days', models.PositiveSmallIntegerField(default=7)),
                    ('most_open', models.PositiveSmallIntegerField(default=1)),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('opened_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='choosing.choosing')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Request',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('slot', models.PositiveSmallIntegerField()),
                    ('turn', models.PositiveSmallIntegerField(default=1)),
                    ('words', models.TextField(blank=True)),
                    ('reasons', models.JSONField(default=list)),
                    ('state', models.CharField(choices=[('open', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'Ran out'), ('withdrawn', 'Withdrawn'), ('closed', 'Closed'), ('overtaken', 'Overtaken')], default='open', max_length=9)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField()),
                    ('mentee_yes_at', models.DateTimeField(blank=True, null=True)),
                    ('mentor_yes_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('choosing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='choosing.choosing')),
                    ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.participant')),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.participant')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('partnership', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.partnership')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='programmes.programme')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['organisation', 'expires_at'], name='request_open'), models.Index(fields=['organisation', 'programme', 'state'], name='choosing_re_organis_adeda7_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('organisation', 'mentee', 'mentor'), name='request_open_once_for_a_pair'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('organisation', 'mentor', 'slot'), name='request_slot_free'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('organisation', 'mentee', 'turn'), name='request_turn_free'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'declined', 'expired', 'withdrawn', 'closed', 'overtaken'])), name='request_state_known'), models.CheckConstraint(condition=models.Q(('slot__gte', 1), ('slot__lte', 20)), name='request_slot_sane'), models.CheckConstraint(condition=models.Q(('turn__gte', 1), ('turn__lte', 3)), name='request_turn_sane'), models.CheckConstraint(condition=models.Q(('mentee', models.F('mentor')), _negated=True), name='request_of_two'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('asked_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('asked_at'), '+', models.Value(datetime.timedelta(days=31))))), name='request_runs_out_in_good_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), ('ended_at', None)), models.Q(models.Q(('state', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='request_ended_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), models.Q(('mentee_yes_at__isnull', False), ('mentor_yes_at__isnull', False), ('partnership__isnull', False)), _connector='OR'), name='request_accepted_by_both')],
                },
            ),
            migrations.CreateModel(
                name='Decline',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('reason', models.TextField(blank=True)),
                    ('declined_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('declined_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme')),
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='choosing.request')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('place', models.PositiveSmallIntegerField()),
                    ('reasons', models.JSONField(default=list)),
                    ('choosing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='choosing.choosing')),
                    ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'choosing', 'mentee', 'mentor'), name='entry_once_on_a_list'), models.UniqueConstraint(fields=('organisation', 'choosing', 'mentee', 'place'), name='entry_place_free'), models.CheckConstraint(condition=models.Q(('place__gte', 1), ('place__lte', 10)), name='entry_place_sane')],
                },
            ),
            migrations.CreateModel(
                name='Occasion',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('held_at', models.DateTimeField()),
                    ('place', models.CharField(max_length=200)),
                    ('rounds', models.PositiveSmallIntegerField(default=6)),
                    ('minutes', models.PositiveSmallIntegerField(default=6)),
                    ('pause', models.PositiveSmallIntegerField(default=2)),
                    ('tables', models.PositiveSmallIntegerField(default=20)),
                    ('seated_at', models.DateTimeField(blank=True, null=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('choosing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='occasion', to='choosing.choosing')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('rounds__gte', 1), ('rounds__lte', 30)), name='occasion_rounds_sane'), models.CheckConstraint(condition=models.Q(('minutes__gte', 2), ('minutes__lte', 60)), name='occasion_minutes_sane'), models.CheckConstraint(condition=models.Q(('pause__lte', 30)), name='occasion_pause_sane'), models.CheckConstraint(condition=models.Q(('tables__gte', 1), ('tables__lte', 200)), name='occasion_tables_sane'), models.CheckConstraint(condition=models.Q(('sent_at', None), ('seated_at__isnull', False), _connector='OR'), name='occasion_sent_after_it_was_made')],
                },
            ),
            migrations.CreateModel(
                name='Attendee',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('is_coming', models.BooleanField()),
                    ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='choosing.occasion')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'occasion', 'participant'), name='attendee_answers_once')],
                },
            ),
            migrations.CreateModel(
                name='OccasionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('held_at', models.DateTimeField()),
                    ('place', models.CharField(max_length=200)),
                    ('rounds', models.PositiveSmallIntegerField(default=6)),
                    ('minutes', models.PositiveSmallIntegerField(default=6)),
                    ('pause', models.PositiveSmallIntegerField(default=2)),
                    ('tables', models.PositiveSmallIntegerField(default=20)),
                    ('seated_at', models.DateTimeField(blank=True, null=True)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('choosing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='choosing.choosing')),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='choosing.occasion')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Profile',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('is_shown', models.BooleanField(default=False)),
                    ('shows_name', models.BooleanField(default=False)),
                    ('shows', models.JSONField(default=list)),
                    ('about', models.TextField(blank=True)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to='programmes.participant')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ProfileEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('is_shown', models.BooleanField(default=False)),
                    ('shows_name', models.BooleanField(default=False)),
                    ('shows', models.JSONField(default=list)),
                    ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='choosing.profile')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='DeclineEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('declined_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('declined_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='choosing.decline')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                    ('request', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='choosing.request')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='RequestEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('slot', models.PositiveSmallIntegerField()),
                    ('turn', models.PositiveSmallIntegerField(default=1)),
                    ('state', models.CharField(choices=[('open', 'Waiting for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'Ran out'), ('withdrawn', 'Withdrawn'), ('closed', 'Closed'), ('overtaken', 'Overtaken')], default='open', max_length=9)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('expires_at', models.DateTimeField()),
                    ('mentee_yes_at', models.DateTimeField(blank=True, null=True)),
                    ('mentor_yes_at', models.DateTimeField(blank=True, null=True)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('choosing', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='choosing.choosing')),
                    ('mentee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('mentor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('partnership', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.partnership')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='choosing.request')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Seat',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('round', models.PositiveSmallIntegerField()),
                    ('table', models.PositiveSmallIntegerField()),
                    ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('occasion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='choosing.occasion')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'occasion', 'mentee', 'mentor'), name='seat_never_again'), models.UniqueConstraint(fields=('organisation', 'occasion', 'round', 'mentee'), name='seat_one_for_a_mentee'), models.UniqueConstraint(fields=('organisation', 'occasion', 'round', 'mentor'), name='seat_one_for_a_mentor'), models.UniqueConstraint(fields=('organisation', 'occasion', 'round', 'table'), name='seat_one_at_a_table'), models.CheckConstraint(condition=models.Q(('round__gte', 1), ('table__gte', 1)), name='seat_numbers_sane')],
                },
            ),
            migrations.CreateModel(
                name='Staying',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('wish', models.CharField(blank=True, choices=[('stay', 'Stays in the pool'), ('leave', 'Has left the pool')], default='', max_length=5)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='staying', to='programmes.participant')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('wish__in', ['', 'stay', 'leave'])), name='staying_wish_known'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('wish', '')), models.Q(models.Q(('wish', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='staying_answered_has_a_time')],
                },
            ),
            migrations.CreateModel(
                name='StayingEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('wish', models.CharField(blank=True, choices=[('stay', 'Stays in the pool'), ('leave', 'Has left the pool')], default='', max_length=5)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='choosing.staying')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
