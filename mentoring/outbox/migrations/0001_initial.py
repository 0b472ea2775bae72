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
                name='Due',
                fields=[
                    ('organisation_id', models.UUIDField(primary_key=True, serialize=False)),
                    ('next_due_at', models.DateTimeField(db_index=True)),
                ],
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=40)),
                    ('key', models.CharField(max_length=200)),
                    ('programme_id', models.UUIDField(blank=True, null=True)),
                    ('address', models.EmailField(max_length=254)),
                    ('name', models.CharField(blank=True, max_length=120)),
                    ('subject', models.CharField(max_length=200)),
                    ('body', models.TextField()),
                    ('calendar', models.TextField(blank=True)),
                    ('optional', models.BooleanField(default=False)),
                    ('by_day', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('draft', 'Waiting for you to read it'), ('queued', 'Will be sent'), ('leased', 'Being sent'), ('sent', 'Sent'), ('failed', 'Could not be sent'), ('cancelled', 'Not sent'), ('gathered', 'In one letter with others')], default='queued', max_length=9)),
                    ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('leased_until', models.DateTimeField(blank=True, null=True)),
                    ('message_id', models.CharField(max_length=200)),
                    ('last_error', models.CharField(blank=True, max_length=500)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('gathered_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gathered', to='outbox.message')),
                    ('organisation', models.ForeignKey(default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'leased'])), fields=['organisation', 'due_at'], name='message_due'), models.Index(fields=['organisation', 'programme_id', '-created_at'], name='outbox_mess_organis_abf938_idx')],
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'kind', 'key'), name='message_promised_once'), models.UniqueConstraint(fields=('organisation', 'message_id'), name='message_id_unique'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'queued', 'leased', 'sent', 'failed', 'cancelled', 'gathered'])), name='message_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='message_sent_has_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('gathered_in__isnull', False), ('state', 'gathered')), models.Q(models.Q(('state', 'gathered'), _negated=True), ('gathered_in', None)), _connector='OR'), name='message_gathered_somewhere')],
                },
            ),
            migrations.CreateModel(
                name='MessageEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(null=True)),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, serialize=False)),
                    ('kind', models.CharField(max_length=40)),
                    ('key', models.CharField(max_length=200)),
                    ('programme_id', models.UUIDField(blank=True, null=True)),
                    ('address', models.EmailField(max_length=254)),
                    ('name', models.CharField(blank=True, max_length=120)),
                    ('optional', models.BooleanField(default=False)),
                    ('by_day', models.BooleanField(default=False)),
                    ('state', models.CharField(choices=[('draft', 'Waiting for you to read it'), ('queued', 'Will be sent'), ('leased', 'Being sent'), ('sent', 'Sent'), ('failed', 'Could not be sent'), ('cancelled', 'Not sent'), ('gathered', 'In one letter with others')], default='queued', max_length=9)),
                    ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('leased_until', models.DateTimeField(blank=True, null=True)),
                    ('message_id', models.CharField(max_length=200)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('gathered_in', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outbox.message')),
                    ('organisation', models.ForeignKey(db_constraint=False, default=mentoring.organisations.tenancy.current_organisation_id, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisations.organisation')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='outbox.message')),
                    ('signed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
