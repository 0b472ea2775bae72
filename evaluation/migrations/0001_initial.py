import django.db.models.deletion
import django.utils.timezone
import mentoring.organisations.tenancy
import pghistory.utils
import uuid
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models
from mentoring.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('needs', '0001_initial'),
        ('organisations', '0001_initial'),
        ('programmes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Measurement',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('value', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Figure')),
                    ('measured_on', models.DateField(verbose_name='As of')),
                    ('source', models.CharField(max_length=200, verbose_name='Source')),
                    ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='needs.objective')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='programmes.programme')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'objective', '-measured_on'], name='evaluation__organis_426acc_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='measurement_has_a_source')],
                },
            ),
            migrations.CreateModel(
                name='MeasurementEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('value', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Figure')),
                    ('measured_on', models.DateField(verbose_name='As of')),
                    ('source', models.CharField(max_length=200, verbose_name='Source')),
                    ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('entered_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('objective', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='needs.objective')),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='evaluation.measurement')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Survey',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('is_anonymous', models.BooleanField()),
                    ('closes_on', models.DateField()),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('reminded_on', models.DateField(blank=True, null=True)),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='surveys', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('organisation', 'programme'), name='survey_open_once')],
                },
            ),
            migrations.CreateModel(
                name='SurveyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('is_anonymous', models.BooleanField()),
                    ('closes_on', models.DateField()),
                    ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('reminded_on', models.DateField(blank=True, null=True)),
                    ('opened_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='evaluation.survey')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SurveyInvitation',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentee', 'Mentees'), ('mentor', 'Mentors')], max_length=6)),
                    ('secret_sha256', models.CharField(max_length=64)),
                    ('answered_on', models.DateField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.participant')),
                    ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='evaluation.survey')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'survey', 'participant'), name='invited_to_survey_once'), models.UniqueConstraint(fields=('organisation', 'secret_sha256'), name='survey_link_unique')],
                },
            ),
            migrations.CreateModel(
                name='SurveyQuestion',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('key', models.CharField(max_length=40)),
                    ('role', models.CharField(choices=[('mentee', 'Mentees'), ('mentor', 'Mentors')], max_length=6)),
                    ('kind', models.CharField(choices=[('scale', 'From 1 to 5'), ('choice', 'One of several'), ('text', 'In words')], max_length=6)),
                    ('label', models.CharField(max_length=200)),
                    ('options', models.JSONField(blank=True, default=list)),
                    ('low', models.CharField(blank=True, max_length=200, verbose_name='what 1 means')),
                    ('high', models.CharField(blank=True, max_length=200, verbose_name='what 5 means')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='survey_questions', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme', 'key'), name='survey_question_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['scale', 'choice', 'text'])), name='survey_question_kind_known'), models.CheckConstraint(condition=models.Q(('role__in', ['mentee', 'mentor'])), name='survey_question_role_known')],
                },
            ),
            migrations.CreateModel(
                name='SurveyQuestionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('key', models.CharField(max_length=40)),
                    ('role', models.CharField(choices=[('mentee', 'Mentees'), ('mentor', 'Mentors')], max_length=6)),
                    ('kind', models.CharField(choices=[('scale', 'From 1 to 5'), ('choice', 'One of several'), ('text', 'In words')], max_length=6)),
                    ('label', models.CharField(max_length=200)),
                    ('options', models.JSONField(blank=True, default=list)),
                    ('low', models.CharField(blank=True, max_length=200, verbose_name='what 1 means')),
                    ('high', models.CharField(blank=True, max_length=200, verbose_name='what 5 means')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='evaluation.surveyquestion')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SurveyResponse',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentee', 'Mentees'), ('mentor', 'Mentors')], max_length=6)),
                    ('is_anonymous', models.BooleanField()),
                    ('answers', models.JSONField()),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.participant')),
                    ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='evaluation.survey')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'survey', 'participant'), name='named_response_once'), models.CheckConstraint(condition=models.Q(models.Q(('is_anonymous', True), ('participant', None)), models.Q(('is_anonymous', False), ('participant__isnull', False)), _connector='OR'), name='anonymous_response_names_nobody')],
                },
            ),
        ]),
    ]
