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
        ('programmes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Exclusion',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('reason', models.CharField(choices=[('line', 'One manages the other'), ('conflict', 'They have a conflict of interest'), ('acquainted', 'They know each other too well'), ('judgement', "The co-ordinator's judgement")], default='judgement', max_length=10)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('mentee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exclusions', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'mentee', 'mentor'), name='exclusion_said_once'), models.CheckConstraint(condition=models.Q(('mentee', models.F('mentor')), _negated=True), name='exclusion_of_two'), models.CheckConstraint(condition=models.Q(('reason__in', ['line', 'conflict', 'acquainted', 'judgement'])), name='exclusion_reason_known')],
                },
            ),
            migrations.CreateModel(
                name='ExclusionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('reason', models.CharField(choices=[('line', 'One manages the other'), ('conflict', 'They have a conflict of interest'), ('acquainted', 'They know each other too well'), ('judgement', "The co-ordinator's judgement")], default='judgement', max_length=10)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('mentee', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('mentor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matching.exclusion')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('state', models.CharField(choices=[('running', 'Being worked out'), ('proposed', 'Proposed'), ('confirmed', 'Confirmed'), ('replaced', 'Replaced by a later round'), ('cancelled', 'Stopped before it was done'), ('failed', 'Not finished')], default='running', max_length=9)),
                    ('wanted', models.JSONField(default=list)),
                    ('instance', models.JSONField(default=dict)),
                    ('outcome', models.JSONField(default=dict)),
                    ('is_proved', models.BooleanField(default=False)),
                    ('advice', models.JSONField(default=list)),
                    ('failure', models.CharField(blank=True, max_length=500)),
                    ('run_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='programmes.programme')),
                    ('run_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme', 'number'), name='round_number_unique'), models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('organisation', 'programme'), name='round_proposed_one_at_a_time'), models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('organisation', 'programme'), name='round_running_one_at_a_time'), models.CheckConstraint(condition=models.Q(('state__in', ['running', 'proposed', 'confirmed', 'replaced', 'cancelled', 'failed'])), name='round_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='round_confirmed_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='round_failed_says_why')],
                },
            ),
            migrations.CreateModel(
                name='Proposal',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('points', models.IntegerField(default=0)),
                    ('most_points', models.IntegerField(default=0)),
                    ('reasons', models.JSONField(default=list)),
                    ('repairs', models.JSONField(default=list)),
                    ('although', models.JSONField(default=list)),
                    ('is_locked', models.BooleanField(default=False)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('partnership', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposal', to='programmes.partnership')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='matching.round')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ProposalMember',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee'), ('facilitator', 'Facilitator')], max_length=11)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.participant')),
                    ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='matching.proposal')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matching.round')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'proposal', 'participant'), name='proposal_member_once_in_a_proposal'), models.UniqueConstraint(condition=models.Q(('role', 'mentee')), fields=('organisation', 'round', 'participant'), name='proposal_one_for_a_mentee'), models.CheckConstraint(condition=models.Q(('role__in', ['mentor', 'mentee', 'facilitator'])), name='proposal_member_role_known')],
                },
            ),
            migrations.CreateModel(
                name='ProposalMemberEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('role', models.CharField(choices=[('mentor', 'Mentor'), ('mentee', 'Mentee'), ('facilitator', 'Facilitator')], max_length=11)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matching.proposalmember')),
                    ('proposal', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.proposal')),
                    ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.round')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ProposalEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('points', models.IntegerField(default=0)),
                    ('most_points', models.IntegerField(default=0)),
                    ('although', models.JSONField(default=list)),
                    ('is_locked', models.BooleanField(default=False)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('partnership', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.partnership')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matching.proposal')),
                    ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='matching.round')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='RoundEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('state', models.CharField(choices=[('running', 'Being worked out'), ('proposed', 'Proposed'), ('confirmed', 'Confirmed'), ('replaced', 'Replaced by a later round'), ('cancelled', 'Stopped before it was done'), ('failed', 'Not finished')], default='running', max_length=9)),
                    ('wanted', models.JSONField(default=list)),
                    ('is_proved', models.BooleanField(default=False)),
                    ('advice', models.JSONField(default=list)),
                    ('failure', models.CharField(blank=True, max_length=500)),
                    ('run_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('confirmed_at', models.DateTimeField(null=True)),
                    ('confirmed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='matching.round')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                    ('run_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
