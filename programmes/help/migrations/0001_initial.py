import django.db.models.deletion
import django.utils.timezone
import mentoring.organisations.tenancy
import mentoring.sealing.fields
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
                name='Complaint',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('words', models.TextField(max_length=5000)),
                    ('about', models.CharField(blank=True, max_length=120)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                    ('answer', models.TextField(blank=True, max_length=5000)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at', None), ('acknowledged_by', None)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='complaint_acknowledged_by_somebody'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('acknowledged_at__isnull', False), _connector='OR'), name='complaint_answered_when_acknowledged')],
                },
            ),
            migrations.CreateModel(
                name='ComplaintEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('about', models.CharField(blank=True, max_length=120)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('acknowledged_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='help.complaint')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='ConcernKey',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('wrapped', models.BinaryField(null=True)),
                    ('master', models.CharField(max_length=20)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('destroyed_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ],
                options={
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at', None), ('wrapped__isnull', False)), models.Q(('destroyed_at__isnull', False), ('wrapped__isnull', True)), _connector='OR'), name='concernkey_there_or_destroyed')],
                },
            ),
            migrations.CreateModel(
                name='Concern',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('words', mentoring.sealing.fields.SealedField()),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('raised_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('key', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='concern', to='help.concernkey')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('closed_at', None), ('read_at__isnull', False), _connector='OR'), name='concern_closed_when_read')],
                },
            ),
            migrations.CreateModel(
                name='ConcernEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('version', models.PositiveIntegerField(default=0)),
                    ('raised_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('read_at', models.DateTimeField(blank=True, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='help.concern')),
                    ('raised_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('key', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='help.concernkey')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Enquiry',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(choices=[('question', 'I have a question'), ('problem', 'Something is difficult')], default='question', max_length=10)),
                    ('words', models.TextField(max_length=5000)),
                    ('page', models.CharField(blank=True, max_length=300)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answer', models.TextField(blank=True, max_length=5000)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.partnership')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='programmes.programme')),
                ],
                options={
                    'verbose_name_plural': 'enquiries',
                    'indexes': [models.Index(fields=['organisation', 'programme', 'answered_at'], name='help_enquir_organis_f9a3c2_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'problem'])), name='enquiry_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__gte', models.F('asked_at')), ('answered_by__isnull', False)), _connector='OR'), name='enquiry_answered_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='EnquiryEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('kind', models.CharField(choices=[('question', 'I have a question'), ('problem', 'Something is difficult')], default='question', max_length=10)),
                    ('page', models.CharField(blank=True, max_length=300)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('partnership', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.partnership')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='help.enquiry')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SafeguardingLead',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('since_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation',), name='safeguarding_lead_one_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='SafeguardingLeadEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('since_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('named_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='help.safeguardinglead')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Suggestion',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('words', models.TextField(max_length=5000)),
                    ('dropped_on', models.DateField()),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
