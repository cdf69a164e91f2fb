import kafedra.web.clock
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
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
            ],
            options={
                'ordering': ['-given_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('points', models.DecimalField(decimal_places=3, max_digits=6)),
                ('reason', models.TextField()),
                ('given_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-given_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RegradeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('test', models.CharField(max_length=200)),
                ('message', models.TextField()),
                ('asked_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
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
            ],
            options={
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Repository',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('path', models.CharField(max_length=200)),
                ('accepted_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('template_digest', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name_plural': 'repositories',
            },
        ),
        migrations.CreateModel(
            name='SolutionOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('opened_at', models.DateTimeField(default=kafedra.web.clock.now)),
            ],
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
                ('protected_changes', models.JSONField(blank=True, default=list)),
                ('fault', models.TextField(blank=True)),
                ('fresh', models.BooleanField(default=False, help_text='to be graded anew even where an earlier report would do')),
            ],
            options={
                'ordering': ['-pushed_at', '-pk'],
            },
        ),
    ]
