import django.utils.timezone
import uuid_utils.compat
from django.db import migrations, models
from mentoring.migrating import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                    ('name', models.CharField(blank=True, max_length=120, verbose_name='full name')),
                    ('pronouns', models.CharField(blank=True, max_length=40)),
                    ('time_zone', models.CharField(default='Europe/London', max_length=60)),
                    ('language', models.CharField(default='en-gb', max_length=10)),
                    ('contact_channel', models.CharField(choices=[('email', 'E-mail'), ('digest', 'One e-mail a day with everything in it')], default='email', max_length=10)),
                    ('optional_mail', models.BooleanField(default=True, verbose_name='send reminders and news')),
                    ('paused_until', models.DateField(blank=True, null=True, verbose_name='no reminders before')),
                    ('is_active', models.BooleanField(default=True)),
                    ('is_platform_administrator', models.BooleanField(default=False)),
                    ('joined_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ],
                options={
                    'verbose_name_plural': 'people',
                },
            ),
            migrations.CreateModel(
                name='RequestKey',
                fields=[
                    ('key', models.UUIDField(primary_key=True, serialize=False)),
                    ('path', models.CharField(max_length=2000)),
                    ('location', models.CharField(blank=True, max_length=2000)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'indexes': [models.Index(fields=['created_at'], name='accounts_re_created_b9530d_idx')],
                },
            ),
        ]),
    ]
