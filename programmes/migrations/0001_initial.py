import django.db.models.deletion
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Programme',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('slug', models.SlugField(max_length=60, verbose_name='address')),
                    ('name', models.CharField(max_length=120)),
                    ('summary', models.TextField(blank=True, verbose_name='what it is, in two sentences')),
                    ('model', models.CharField(choices=[('one_to_one', 'One to one'), ('group', 'Group'), ('two_by_two', 'Two by two'), ('team', 'Team'), ('peer_pair', 'Peer pair'), ('circle', 'Circle'), ('spot', 'Spot')], default='one_to_one', max_length=12, verbose_name='model of mentoring')),
                    ('degree', models.CharField(choices=[('central', 'The co-ordinator matches people'), ('shortlist', 'Mentees rank mentors on a short list'), ('suggested', 'We suggest, and both say yes or no'), ('directory', 'Mentees ask mentors in a directory'), ('event', 'Everybody meets at an event, then both sides rank')], default='central', max_length=9, verbose_name='who chooses')),
                    ('state', models.CharField(choices=[('preparing', 'Preparing'), ('live', 'Live'), ('closed', 'Closed')], default='preparing', max_length=10)),
                    ('is_pilot', models.BooleanField(default=False, verbose_name='this is a pilot')),
                    ('starts_on', models.DateField(verbose_name='starts on')),
                    ('ends_on', models.DateField(verbose_name='ends on')),
                    ('cadence_weeks', models.PositiveSmallIntegerField(default=4, verbose_name='partners meet every (weeks)')),
                    ('grace_days', models.PositiveSmallIntegerField(default=7, verbose_name='days of grace before silence counts')),
                    ('contact_by', models.CharField(choices=[('mentee', 'The mentee'), ('mentor', 'The mentor'), ('either', 'Either of them')], default='mentee', max_length=6, verbose_name='who keeps contact between meetings')),
                    ('group_least', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='who come together, at least')),
                    ('group_most', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='who come together, at most')),
                    ('sends_drafts', models.BooleanField(default=False, verbose_name='messages wait for a co-ordinator to read them')),
                    ('blueprint', models.JSONField(default=dict, editable=False)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='following', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'slug'), name='programme_address_unique'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='programme_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('state__in', ['preparing', 'live', 'closed'])), name='programme_state_known'), models.CheckConstraint(condition=models.Q(('degree__in', ['central', 'shortlist', 'suggested', 'directory', 'event'])), name='programme_degree_known'), models.CheckConstraint(condition=models.Q(('cadence_weeks__gte', 1), ('cadence_weeks__lte', 52)), name='programme_cadence_sane'), models.CheckConstraint(condition=models.Q(models.Q(('group_least', None), ('group_least__range', (1, 20)), _connector='OR'), models.Q(('group_most', None), ('group_most__range', (1, 20)), _connector='OR'), models.Q(('group_least', None), ('group_most', None), ('group_least__lte', models.F('group_most')), _connector='OR')), name='programme_groups_sane')],
                },
            ),
            migrations.CreateModel(
                name='Participant',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee'), ('facilitator', 'Facilitator')], max_length=11)),
                    ('state', models.CharField(choices=[('active', 'Taking part'), ('left', 'Left')], default='active', max_length=6)),
                    ('capacity', models.PositiveSmallIntegerField(default=1)),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to=settings.AUTH_USER_MODEL)),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='programmes.programme')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'programme', 'role'], name='programmes__organis_3a5ab6_idx')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme', 'person', 'role'), name='participant_once_in_a_role'), models.CheckConstraint(condition=models.Q(('role__in', ['mentor', 'mentee', 'facilitator'])), name='participant_role_known'), models.CheckConstraint(condition=models.Q(('capacity__lte', 20)), name='participant_capacity_sane')],
                },
            ),
            migrations.CreateModel(
                name='Partnership',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('model', models.CharField(choices=[('one_to_one', 'One to one'), ('group', 'Group'), ('two_by_two', 'Two by two'), ('team', 'Team'), ('peer_pair', 'Peer pair'), ('circle', 'Circle'), ('spot', 'Spot')], default='one_to_one', max_length=12)),
                    ('state', models.CharField(choices=[('agreed', 'Matched'), ('active', 'Active'), ('paused', 'Resting'), ('ended', 'Ended')], default='agreed', max_length=6)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('cadence_days', models.PositiveSmallIntegerField(verbose_name='days between meetings')),
                    ('grace_days', models.PositiveSmallIntegerField()),
                    ('rhythm_from', models.DateField(blank=True, null=True)),
                    ('reading', models.CharField(choices=[('nothing', 'Nothing'), ('rhythm', 'When and how they met'), ('log', 'What they wrote, too')], default='rhythm', max_length=7)),
                    ('reading_since', models.DateTimeField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partnerships', to='programmes.programme')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'programme', 'state'], name='programmes__organis_5fc945_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['agreed', 'active', 'paused', 'ended'])), name='partnership_state_known'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='partnership_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('cadence_days__gte', 1), ('cadence_days__lte', 366)), name='partnership_cadence_sane'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), ('ended_at__isnull', False)), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_at', None)), _connector='OR'), name='partnership_ended_has_a_time'), models.CheckConstraint(condition=models.Q(('reading__in', ['nothing', 'rhythm', 'log'])), name='partnership_reading_known')],
                },
            ),
            migrations.CreateModel(
                name='Member',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee'), ('facilitator', 'Facilitator')], max_length=11)),
                    ('slot', models.PositiveSmallIntegerField(default=1)),
                    ('live', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='programmes.participant')),
                    ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='programmes.partnership')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'person'], name='programmes__organis_50f816_idx'), models.Index(fields=['partnership'], name='programmes__partner_043f40_idx')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'partnership', 'person'), name='member_once_in_a_partnership'), models.UniqueConstraint(condition=models.Q(('live', True)), fields=('organisation', 'participant', 'slot'), name='member_slot_free'), models.CheckConstraint(condition=models.Q(('slot__gte', 1), ('slot__lte', 20)), name='member_slot_sane')],
                },
            ),
            migrations.CreateModel(
                name='MemberEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('role', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee'), ('facilitator', 'Facilitator')], max_length=11)),
                    ('slot', models.PositiveSmallIntegerField(default=1)),
                    ('live', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.member')),
                    ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('partnership', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.partnership')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='PartnershipEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('model', models.CharField(choices=[('one_to_one', 'One to one'), ('group', 'Group'), ('two_by_two', 'Two by two'), ('team', 'Team'), ('peer_pair', 'Peer pair'), ('circle', 'Circle'), ('spot', 'Spot')], default='one_to_one', max_length=12)),
                    ('state', models.CharField(choices=[('agreed', 'Matched'), ('active', 'Active'), ('paused', 'Resting'), ('ended', 'Ended')], default='agreed', max_length=6)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('cadence_days', models.PositiveSmallIntegerField(verbose_name='days between meetings')),
                    ('grace_days', models.PositiveSmallIntegerField()),
                    ('rhythm_from', models.DateField(blank=True, null=True)),
                    ('reading', models.CharField(choices=[('nothing', 'Nothing'), ('rhythm', 'When and how they met'), ('log', 'What they wrote, too')], default='rhythm', max_length=7)),
                    ('reading_since', models.DateTimeField(blank=True, null=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.partnership')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ParticipantEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('role', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee'), ('facilitator', 'Facilitator')], max_length=11)),
                    ('state', models.CharField(choices=[('active', 'Taking part'), ('left', 'Left')], default='active', max_length=6)),
                    ('capacity', models.PositiveSmallIntegerField(default=1)),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.participant')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ProgrammeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('slug', models.SlugField(db_index=False, max_length=60, verbose_name='address')),
                    ('name', models.CharField(max_length=120)),
                    ('summary', models.TextField(blank=True, verbose_name='what it is, in two sentences')),
                    ('model', models.CharField(choices=[('one_to_one', 'One to one'), ('group', 'Group'), ('two_by_two', 'Two by two'), ('team', 'Team'), ('peer_pair', 'Peer pair'), ('circle', 'Circle'), ('spot', 'Spot')], default='one_to_one', max_length=12, verbose_name='model of mentoring')),
                    ('degree', models.CharField(choices=[('central', 'The co-ordinator matches people'), ('shortlist', 'Mentees rank mentors on a short list'), ('suggested', 'We suggest, and both say yes or no'), ('directory', 'Mentees ask mentors in a directory'), ('event', 'Everybody meets at an event, then both sides rank')], default='central', max_length=9, verbose_name='who chooses')),
                    ('state', models.CharField(choices=[('preparing', 'Preparing'), ('live', 'Live'), ('closed', 'Closed')], default='preparing', max_length=10)),
                    ('is_pilot', models.BooleanField(default=False, verbose_name='this is a pilot')),
                    ('starts_on', models.DateField(verbose_name='starts on')),
                    ('ends_on', models.DateField(verbose_name='ends on')),
                    ('cadence_weeks', models.PositiveSmallIntegerField(default=4, verbose_name='partners meet every (weeks)')),
                    ('grace_days', models.PositiveSmallIntegerField(default=7, verbose_name='days of grace before silence counts')),
                    ('contact_by', models.CharField(choices=[('mentee', 'The mentee'), ('mentor', 'The mentor'), ('either', 'Either of them')], default='mentee', max_length=6, verbose_name='who keeps contact between meetings')),
                    ('group_least', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='who come together, at least')),
                    ('group_most', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='who come together, at most')),
                    ('sends_drafts', models.BooleanField(default=False, verbose_name='messages wait for a co-ordinator to read them')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('created_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programmes.programme')),
                    ('previous', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='NextLook',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(blank=True, null=True)),
                    ('silent_on', models.DateField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('partnership', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='next_look', to='programmes.partnership')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'at'], name='next_look_at')],
                },
            ),
        ]),
    ]
