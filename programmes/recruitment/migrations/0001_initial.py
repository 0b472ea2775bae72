import django.db.models.deletion
import django.utils.timezone
import mentoring.organisations.tenancy
import pghistory.utils
import programmes.recruitment.models
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
                name='Import',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentee', 'Mentee'), ('mentor', 'Mentor')], max_length=6)),
                    ('file_name', models.CharField(max_length=200)),
                    ('headers', models.JSONField()),
                    ('cells', models.JSONField()),
                    ('columns', models.JSONField(default=dict)),
                    ('before', models.JSONField(default=dict)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('imported_at', models.DateTimeField(blank=True, null=True)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['mentee', 'mentor'])), name='import_role_known'), models.CheckConstraint(condition=models.Q(('undone_at', None), ('imported_at__isnull', False), _connector='OR'), name='import_undone_after_it_was_made')],
                },
            ),
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentee', 'Mentee'), ('mentor', 'Mentor')], max_length=6)),
                    ('name', models.CharField(max_length=120, verbose_name='full name')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('state', models.CharField(choices=[('started', 'Not finished'), ('submitted', 'To read'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='started', max_length=9)),
                    ('reference', models.CharField(default=programmes.recruitment.models.new_reference, max_length=8)),
                    ('note', models.TextField(blank=True, verbose_name='notes of your conversation')),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('submitted_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('participant', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='application', to='programmes.participant')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='programmes.programme')),
                    ('imported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='recruitment.import')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'programme', 'state', 'role'], name='recruitment_organis_0f4116_idx'), models.Index(fields=['organisation', 'programme', 'email'], name='recruitment_organis_eb418e_idx')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'reference'), name='application_reference_unique'), models.CheckConstraint(condition=models.Q(('state__in', ['started', 'submitted', 'accepted', 'declined', 'withdrawn'])), name='application_state_known'), models.CheckConstraint(condition=models.Q(('role__in', ['mentee', 'mentor'])), name='application_role_known'), models.CheckConstraint(condition=models.Q(('state', 'started'), ('submitted_at__isnull', False), ('state', 'withdrawn'), _connector='OR'), name='application_submitted_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('accepted', 'declined')), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='application_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', False), _connector='OR'), name='application_withdrawn_has_a_time'), models.CheckConstraint(condition=models.Q(('participant', None), ('state', 'accepted'), _connector='OR'), name='application_participates_when_accepted')],
                },
            ),
            migrations.CreateModel(
                name='ApplicationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('role', models.CharField(choices=[('mentee', 'Mentee'), ('mentor', 'Mentor')], max_length=6)),
                    ('name', models.CharField(max_length=120, verbose_name='full name')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                    ('state', models.CharField(choices=[('started', 'Not finished'), ('submitted', 'To read'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='started', max_length=9)),
                    ('reference', models.CharField(default=programmes.recruitment.models.new_reference, max_length=8)),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('submitted_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('participant', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.participant')),
                    ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='recruitment.application')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                    ('imported_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='recruitment.import')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Opening',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('mentee', 'Mentee'), ('mentor', 'Mentor')], max_length=6)),
                    ('opens_on', models.DateField()),
                    ('closes_on', models.DateField(blank=True, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme', 'role'), name='opening_once_for_a_role'), models.CheckConstraint(condition=models.Q(('role__in', ['mentee', 'mentor'])), name='opening_role_known'), models.CheckConstraint(condition=models.Q(('closes_on', None), ('closes_on__gte', models.F('opens_on')), _connector='OR'), name='opening_closes_after_it_opens')],
                },
            ),
            migrations.CreateModel(
                name='OpeningEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('role', models.CharField(choices=[('mentee', 'Mentee'), ('mentor', 'Mentor')], max_length=6)),
                    ('opens_on', models.DateField()),
                    ('closes_on', models.DateField(blank=True, null=True)),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='recruitment.opening')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('key', models.SlugField(max_length=60)),
                    ('version', models.PositiveSmallIntegerField(default=1)),
                    ('asked_of', models.CharField(choices=[('mentee', 'Mentees'), ('mentor', 'Mentors'), ('both', 'Mentees and mentors')], max_length=6)),
                    ('kind', models.CharField(choices=[('text', 'A few words'), ('long_text', 'A few sentences'), ('choice', 'One of a list'), ('many', 'Any of a list'), ('scale', 'A number on a scale'), ('place', 'A place'), ('availability', 'Days and parts of the day'), ('ranked', 'First, second and third choice')], max_length=12)),
                    ('label', models.CharField(max_length=300, verbose_name='question')),
                    ('hint', models.CharField(blank=True, max_length=500)),
                    ('why', models.CharField(blank=True, max_length=500, verbose_name='why we ask')),
                    ('required', models.BooleanField(default=True, verbose_name='an answer is needed')),
                    ('options', models.JSONField(default=list)),
                    ('most', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('low', models.CharField(blank=True, max_length=200)),
                    ('high', models.CharField(blank=True, max_length=200)),
                    ('matching', models.JSONField(default=dict)),
                    ('source', models.CharField(blank=True, max_length=8)),
                    ('page', models.CharField(blank=True, max_length=60)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('is_asked', models.BooleanField(default=True, verbose_name='ask this question')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('replaced_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme', 'key', 'version'), name='question_version_unique'), models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('organisation', 'programme', 'key'), name='question_one_current_version'), models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'long_text', 'choice', 'many', 'scale', 'place', 'availability', 'ranked'])), name='question_kind_known'), models.CheckConstraint(condition=models.Q(('asked_of__in', ['mentee', 'mentor', 'both'])), name='question_asked_of_known')],
                },
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('value', models.JSONField()),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='recruitment.application')),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='recruitment.question')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'application', 'question'), name='answer_once_to_a_question')],
                },
            ),
            migrations.CreateModel(
                name='QuestionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('key', models.SlugField(db_index=False, max_length=60)),
                    ('version', models.PositiveSmallIntegerField(default=1)),
                    ('asked_of', models.CharField(choices=[('mentee', 'Mentees'), ('mentor', 'Mentors'), ('both', 'Mentees and mentors')], max_length=6)),
                    ('kind', models.CharField(choices=[('text', 'A few words'), ('long_text', 'A few sentences'), ('choice', 'One of a list'), ('many', 'Any of a list'), ('scale', 'A number on a scale'), ('place', 'A place'), ('availability', 'Days and parts of the day'), ('ranked', 'First, second and third choice')], max_length=12)),
                    ('label', models.CharField(max_length=300, verbose_name='question')),
                    ('hint', models.CharField(blank=True, max_length=500)),
                    ('why', models.CharField(blank=True, max_length=500, verbose_name='why we ask')),
                    ('required', models.BooleanField(default=True, verbose_name='an answer is needed')),
                    ('options', models.JSONField(default=list)),
                    ('most', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('low', models.CharField(blank=True, max_length=200)),
                    ('high', models.CharField(blank=True, max_length=200)),
                    ('matching', models.JSONField(default=dict)),
                    ('source', models.CharField(blank=True, max_length=8)),
                    ('page', models.CharField(blank=True, max_length=60)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('is_asked', models.BooleanField(default=True, verbose_name='ask this question')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('replaced_at', models.DateTimeField(blank=True, null=True)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='recruitment.question')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
