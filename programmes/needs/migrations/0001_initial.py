import django.core.validators
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
                name='NeedStatement',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('why', models.TextField(verbose_name='Why should this programme exist?')),
                    ('target_group', models.TextField(verbose_name='Who is it for?')),
                    ('barriers', models.TextField(blank=True, verbose_name='What stands in their way?')),
                    ('mentors_from', models.TextField(blank=True, verbose_name='Who could mentor them well?')),
                    ('mission', models.TextField(blank=True, verbose_name='How does it serve what your organisation has set out to do?')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='need_statements', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme'), name='need_stated_once')],
                },
            ),
            migrations.CreateModel(
                name='NeedStatementEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('why', models.TextField(verbose_name='Why should this programme exist?')),
                    ('target_group', models.TextField(verbose_name='Who is it for?')),
                    ('barriers', models.TextField(blank=True, verbose_name='What stands in their way?')),
                    ('mentors_from', models.TextField(blank=True, verbose_name='Who could mentor them well?')),
                    ('mission', models.TextField(blank=True, verbose_name='How does it serve what your organisation has set out to do?')),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='needs.needstatement')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Objective',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('wording', models.CharField(max_length=200, verbose_name='Objective')),
                    ('measure', models.CharField(choices=[('meetings_share', 'Share of partnerships that met often enough'), ('answers_share', 'Share of survey answers that are high enough'), ('number', 'A number somebody looks up and enters')], max_length=14, verbose_name='How will you know?')),
                    ('meetings', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='Meetings that are often enough')),
                    ('question', models.CharField(blank=True, max_length=40, verbose_name='Survey question')),
                    ('at_least', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(5)], verbose_name='Answers that are high enough, from 1 to 5')),
                    ('unit', models.CharField(max_length=200, verbose_name='Unit')),
                    ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='Baseline')),
                    ('target', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Target')),
                    ('due_on', models.DateField(verbose_name='By when')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('removed_because', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='programmes.programme')),
                    ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'programme', 'position'], name='needs_objec_organis_f8fbc9_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('measure__in', ['meetings_share', 'answers_share', 'number'])), name='objective_measure_known'), models.CheckConstraint(condition=models.Q(models.Q(('measure', 'meetings_share'), _negated=True), models.Q(('meetings__gte', 1), ('meetings__isnull', False)), _connector='OR'), name='objective_says_how_many_meetings'), models.CheckConstraint(condition=models.Q(models.Q(('measure', 'answers_share'), _negated=True), models.Q(models.Q(('question', ''), _negated=True), ('at_least__isnull', False), ('at_least__lte', 5)), _connector='OR'), name='objective_says_which_answers'), models.CheckConstraint(condition=models.Q(('measure', 'number'), models.Q(('target__gte', 0), ('target__lte', 100)), _connector='OR'), name='objective_share_is_a_percentage'), models.CheckConstraint(condition=models.Q(('removed_at', None), models.Q(('removed_because', ''), _negated=True), _connector='OR'), name='objective_removed_with_a_reason')],
                },
            ),
            migrations.CreateModel(
                name='ObjectiveEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('wording', models.CharField(max_length=200, verbose_name='Objective')),
                    ('measure', models.CharField(choices=[('meetings_share', 'Share of partnerships that met often enough'), ('answers_share', 'Share of survey answers that are high enough'), ('number', 'A number somebody looks up and enters')], max_length=14, verbose_name='How will you know?')),
                    ('meetings', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='Meetings that are often enough')),
                    ('question', models.CharField(blank=True, max_length=40, verbose_name='Survey question')),
                    ('at_least', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(5)], verbose_name='Answers that are high enough, from 1 to 5')),
                    ('unit', models.CharField(max_length=200, verbose_name='Unit')),
                    ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='Baseline')),
                    ('target', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='Target')),
                    ('due_on', models.DateField(verbose_name='By when')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('removed_because', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='needs.objective')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                    ('removed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
