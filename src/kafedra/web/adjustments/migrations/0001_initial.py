import django.db.models.deletion
import kafedra.web.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('runs', '0001_initial'),
        ('submissions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('points', models.DecimalField(decimal_places=3, max_digits=6)),
                ('reason', models.TextField()),
                ('given_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaced_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='adjustments.override')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='runs.run')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='submissions.submission')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-given_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('deadline', models.DateTimeField(blank=True, null=True)),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('reason', models.TextField()),
                ('batch', models.UUIDField(db_index=True)),
                ('given_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='runs.run')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-given_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('deadline__isnull', False), ('days__isnull', False), _connector='XOR'), name='extension_is_a_moment_or_days')],
            },
        ),
    ]
