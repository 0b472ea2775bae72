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
                name='BudgetLine',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('what', models.CharField(max_length=200, verbose_name='What it is for')),
                    ('planned', models.DecimalField(decimal_places=2, default=0, max_digits=10, validators=[django.core.validators.MinValueValidator(0)], verbose_name='Planned, in pounds')),
                    ('spent', models.DecimalField(decimal_places=2, default=0, max_digits=10, validators=[django.core.validators.MinValueValidator(0)], verbose_name='Spent so far, in pounds')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget_lines', to='programmes.programme')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'programme', 'position'], name='plan_budget_organis_66ded0_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('planned__gte', 0), ('spent__gte', 0)), name='budget_line_not_negative')],
                },
            ),
            migrations.CreateModel(
                name='BudgetLineEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('what', models.CharField(max_length=200, verbose_name='What it is for')),
                    ('planned', models.DecimalField(decimal_places=2, default=0, max_digits=10, validators=[django.core.validators.MinValueValidator(0)], verbose_name='Planned, in pounds')),
                    ('spent', models.DecimalField(decimal_places=2, default=0, max_digits=10, validators=[django.core.validators.MinValueValidator(0)], verbose_name='Spent so far, in pounds')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plan.budgetline')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Plan',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('purpose', models.TextField(blank=True, verbose_name='What will be done, in a few sentences')),
                    ('supporter', models.CharField(blank=True, max_length=120, verbose_name='Named supporter')),
                    ('supporter_role', models.CharField(blank=True, max_length=120, verbose_name='Their position')),
                    ('recruitment_opens_on', models.DateField(blank=True, null=True, verbose_name='Recruitment opens')),
                    ('recruitment_closes_on', models.DateField(blank=True, null=True, verbose_name='Recruitment closes')),
                    ('training_on', models.DateField(blank=True, null=True, verbose_name='Training')),
                    ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='Mid-term review')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='programmes.programme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme'), name='plan_of_a_programme_once'), models.CheckConstraint(condition=models.Q(('recruitment_opens_on', None), ('recruitment_closes_on', None), ('recruitment_closes_on__gte', models.F('recruitment_opens_on')), _connector='OR'), name='plan_recruitment_closes_after_it_opens')],
                },
            ),
            migrations.CreateModel(
                name='PlanEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('purpose', models.TextField(blank=True, verbose_name='What will be done, in a few sentences')),
                    ('supporter', models.CharField(blank=True, max_length=120, verbose_name='Named supporter')),
                    ('supporter_role', models.CharField(blank=True, max_length=120, verbose_name='Their position')),
                    ('recruitment_opens_on', models.DateField(blank=True, null=True, verbose_name='Recruitment opens')),
                    ('recruitment_closes_on', models.DateField(blank=True, null=True, verbose_name='Recruitment closes')),
                    ('training_on', models.DateField(blank=True, null=True, verbose_name='Training')),
                    ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='Mid-term review')),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plan.plan')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='WrittenPolicy',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='What it is called')),
                    ('owner', models.CharField(max_length=120, verbose_name='Who looks after it')),
                    ('place', models.CharField(blank=True, max_length=300, verbose_name='Where it can be read')),
                    ('version', models.CharField(blank=True, max_length=40, verbose_name='Version')),
                    ('reviewed_on', models.DateField(verbose_name='Last reviewed on')),
                    ('every_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='Months between two reviews')),
                    ('review_on', models.DateField()),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='policies', to='programmes.programme')),
                ],
                options={
                    'verbose_name_plural': 'policies',
                    'indexes': [models.Index(fields=['organisation', 'review_on'], name='plan_writte_organis_0a94a7_idx')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'programme', 'name'), name='policy_named_once'), models.CheckConstraint(condition=models.Q(('every_months__range', (1, 60))), name='policy_reviewed_in_time'), models.CheckConstraint(condition=models.Q(('review_on__gt', models.F('reviewed_on'))), name='policy_review_is_later')],
                },
            ),
            migrations.CreateModel(
                name='WrittenPolicyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('name', models.CharField(max_length=120, verbose_name='What it is called')),
                    ('owner', models.CharField(max_length=120, verbose_name='Who looks after it')),
                    ('place', models.CharField(blank=True, max_length=300, verbose_name='Where it can be read')),
                    ('version', models.CharField(blank=True, max_length=40, verbose_name='Version')),
                    ('reviewed_on', models.DateField(verbose_name='Last reviewed on')),
                    ('every_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='Months between two reviews')),
                    ('review_on', models.DateField()),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plan.writtenpolicy')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Approval',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('approved_on', models.DateField(verbose_name='Approved on')),
                    ('note', models.TextField(blank=True)),
                    ('content', models.JSONField()),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='programmes.programme')),
                ],
                options={
                    'indexes': [models.Index(fields=['organisation', 'programme', '-created_at'], name='plan_approv_organis_e72b3f_idx')],
                },
            ),
        ]),
    ]
