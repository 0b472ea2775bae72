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
                name='TrainingSession',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('audience', models.CharField(choices=[('joint', 'Mentors and mentees together'), ('mentors', 'Mentors'), ('mentees', 'Mentees')], default='joint', max_length=7, verbose_name='who it is for')),
                    ('purpose', models.CharField(choices=[('training', 'Training or induction'), ('refresher', 'Refresher for people trained before'), ('launch', 'Launch of the partnerships')], default='training', max_length=9, verbose_name='what it is for')),
                    ('starts_at', models.DateTimeField(verbose_name='date and time')),
                    ('minutes', models.PositiveSmallIntegerField(default=180, verbose_name='how long, in minutes')),
                    ('medium', models.CharField(choices=[('in_person', 'In person'), ('video', 'By video'), ('module', 'On-line module')], default='in_person', max_length=9, verbose_name='how')),
                    ('place', models.CharField(max_length=300, verbose_name='room and building, or the link')),
                    ('trainer', models.CharField(max_length=120, verbose_name='who leads it')),
                    ('places', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of places')),
                    ('topics', models.JSONField(default=list)),
                    ('needs_found', models.TextField(blank=True, verbose_name='further needs that came up')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_sessions', to='programmes.programme')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'programme', 'starts_at'], name='training_tr_organis_d7310e_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['joint', 'mentors', 'mentees'])), name='session_audience_known'), models.CheckConstraint(condition=models.Q(('purpose__in', ['training', 'refresher', 'launch'])), name='session_purpose_known'), models.CheckConstraint(condition=models.Q(('medium__in', ['in_person', 'video', 'module'])), name='session_medium_known'), models.CheckConstraint(condition=models.Q(('minutes__range', (15, 720))), name='session_length_sane')],
                },
            ),
            migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('attended', 'Came'), ('excused', 'Sent apologies'), ('absent', 'Did not come')], max_length=8)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to='programmes.participant')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='training.trainingsession')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'session', 'participant'), name='attendance_recorded_once'), models.CheckConstraint(condition=models.Q(('state__in', ['attended', 'excused', 'absent'])), name='attendance_state_known')],
                },
            ),
            migrations.CreateModel(
                name='AttendanceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('state', models.CharField(choices=[('attended', 'Came'), ('excused', 'Sent apologies'), ('absent', 'Did not come')], max_length=8)),
                    ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='training.attendance')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='training.trainingsession')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='TrainingSessionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('audience', models.CharField(choices=[('joint', 'Mentors and mentees together'), ('mentors', 'Mentors'), ('mentees', 'Mentees')], default='joint', max_length=7, verbose_name='who it is for')),
                    ('purpose', models.CharField(choices=[('training', 'Training or induction'), ('refresher', 'Refresher for people trained before'), ('launch', 'Launch of the partnerships')], default='training', max_length=9, verbose_name='what it is for')),
                    ('starts_at', models.DateTimeField(verbose_name='date and time')),
                    ('minutes', models.PositiveSmallIntegerField(default=180, verbose_name='how long, in minutes')),
                    ('medium', models.CharField(choices=[('in_person', 'In person'), ('video', 'By video'), ('module', 'On-line module')], default='in_person', max_length=9, verbose_name='how')),
                    ('place', models.CharField(max_length=300, verbose_name='room and building, or the link')),
                    ('trainer', models.CharField(max_length=120, verbose_name='who leads it')),
                    ('places', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of places')),
                    ('topics', models.JSONField(default=list)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='training.trainingsession')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
