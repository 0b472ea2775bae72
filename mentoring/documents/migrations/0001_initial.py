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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Document',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('programme_id', models.UUIDField(blank=True, null=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('title', models.CharField(max_length=200)),
                    ('code', models.CharField(max_length=14)),
                    ('content', models.BinaryField()),
                    ('sha256', models.CharField(max_length=64)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'sha256'), name='document_kept_once'), models.UniqueConstraint(fields=('organisation', 'id', 'sha256'), name='document_is_its_sha256'), models.CheckConstraint(condition=django.db.models.expressions.RawSQL("encode(sha256(content), 'hex') = sha256", [], models.BooleanField()), name='document_sha256_is_the_contents')],
                },
            ),
            migrations.CreateModel(
                name='DocumentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('programme_id', models.UUIDField(blank=True, null=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('title', models.CharField(max_length=200)),
                    ('code', models.CharField(max_length=14)),
                    ('sha256', models.CharField(max_length=64)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.document')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Seal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=14, unique=True)),
                    ('sha256', models.CharField(max_length=64, unique=True)),
                    ('kind', models.CharField(max_length=40)),
                    ('state', models.CharField(choices=[('current', 'Current'), ('replaced', 'Replaced by a later document')], default='current', max_length=8)),
                    ('certificate', models.CharField(blank=True, max_length=64)),
                    ('names', models.BinaryField(null=True)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['current', 'replaced'])), name='seal_state_known')],
                },
            ),
            migrations.CreateModel(
                name='SealKey',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('certificate', models.BinaryField()),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('private_key', models.BinaryField(null=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('retired_at', models.DateTimeField(null=True)),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'fingerprint'), name='seal_key_kept_once'), models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('organisation',), name='seal_key_one_in_use'), models.CheckConstraint(condition=models.Q(models.Q(('private_key__isnull', False), ('retired_at', None)), models.Q(('private_key', None), ('retired_at__gte', models.F('made_at'))), _connector='OR'), name='seal_key_is_gone_when_retired'), models.CheckConstraint(condition=django.db.models.expressions.RawSQL("encode(sha256(certificate), 'hex') = fingerprint", [], models.BooleanField()), name='seal_key_fingerprint_is_the_certificates')],
                },
            ),
            migrations.CreateModel(
                name='SealKeyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('retired_at', models.DateTimeField(null=True)),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.sealkey')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
