import django.db.models.deletion
import kafedra.web.clock
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('runs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Repository',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('path', models.CharField(max_length=200)),
                ('accepted_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('template_digest', models.CharField(blank=True, max_length=64)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repositories', to='runs.run')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repositories', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'repositories',
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commit', models.CharField(max_length=40)),
                ('pushed_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('graded', 'Graded'), ('fault', 'Fault')], default='waiting', max_length=8)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('claim', models.PositiveIntegerField(default=0, help_text='counts who took it to grade it; only the last may settle')),
                ('protected_changes', models.JSONField(blank=True, default=list)),
                ('fault', models.TextField(blank=True)),
                ('fresh', models.BooleanField(default=False, help_text='to be graded anew even where an earlier report would do')),
                ('repository', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='submissions.repository')),
            ],
            options={
                'ordering': ['-pushed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('points', models.DecimalField(decimal_places=3, default=Decimal('0'), max_digits=6)),
                ('max_points', models.DecimalField(decimal_places=3, max_digits=6)),
                ('seed', models.BigIntegerField()),
                ('seconds', models.FloatField(help_text='what the judge measured, seconds')),
                ('grading_seconds', models.FloatField(help_text='added to the time of the push, seconds; waiting in the queue excluded')),
                ('document', models.JSONField()),
                ('fingerprint', models.CharField(blank=True, db_index=True, max_length=64)),
                ('tests_digest', models.CharField(blank=True, max_length=64)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('taken_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='submissions.report')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='submissions.submission')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='repository',
            constraint=models.UniqueConstraint(fields=('run', 'assignment', 'student'), name='one_repository_per_assignment'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['state', 'pushed_at'], name='submission_queue'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('repository', 'commit', 'pushed_at'), name='one_submission_per_push'),
        ),
    ]
