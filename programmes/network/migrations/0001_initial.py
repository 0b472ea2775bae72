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
                name='Entry',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('line', models.CharField(blank=True, max_length=200)),
                    ('since_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='entry', to='programmes.participant')),
                ],
                options={
                    'verbose_name_plural': 'entries',
                },
            ),
            migrations.CreateModel(
                name='Gathering',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('title', models.CharField(max_length=120)),
                    ('starts_at', models.DateTimeField()),
                    ('place', models.CharField(max_length=300, verbose_name='where, or the link')),
                    ('words', models.TextField(blank=True, max_length=2000, verbose_name='what it is about')),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='programmes.programme')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'programme', 'starts_at'], name='network_gat_organis_4de5d4_idx')],
                },
            ),
            migrations.CreateModel(
                name='GatheringEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('title', models.CharField(max_length=120)),
                    ('starts_at', models.DateTimeField()),
                    ('place', models.CharField(max_length=300, verbose_name='where, or the link')),
                    ('words', models.TextField(blank=True, max_length=2000, verbose_name='what it is about')),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='network.gathering')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Post',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('board', models.CharField(choices=[('mentor', 'Mentors’ board'), ('mentee', 'Mentees’ board')], max_length=6)),
                    ('words', models.TextField(max_length=2000)),
                    ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('reported_at', models.DateTimeField(blank=True, null=True)),
                    ('hidden_at', models.DateTimeField(blank=True, null=True)),
                    ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='programmes.programme')),
                    ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'programme', 'board', '-written_at'], name='network_pos_organis_cdee74_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('board__in', ['mentor', 'mentee'])), name='post_board_known'), models.CheckConstraint(condition=models.Q(models.Q(('hidden_at', None), ('hidden_by', None)), models.Q(('hidden_at__isnull', False), ('hidden_by__isnull', False)), _connector='OR'), name='post_hidden_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('reported_at', None), ('reported_by', None)), models.Q(('reported_at__isnull', False), ('reported_by__isnull', False)), _connector='OR'), name='post_reported_by_somebody')],
                },
            ),
            migrations.CreateModel(
                name='PostEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('board', models.CharField(choices=[('mentor', 'Mentors’ board'), ('mentee', 'Mentees’ board')], max_length=6)),
                    ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('reported_at', models.DateTimeField(blank=True, null=True)),
                    ('hidden_at', models.DateTimeField(blank=True, null=True)),
                    ('hidden_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='network.post')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                    ('reported_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
