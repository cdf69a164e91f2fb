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
            name='Regrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('stage', models.CharField(choices=[('grading', 'Grading'), ('ready', 'Ready'), ('applied', 'Applied'), ('undone', 'Undone'), ('discarded', 'Discarded')], default='grading', max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('whole', models.BooleanField(default=False, help_text='every submission, not only those that count')),
                ('only', models.JSONField(blank=True, default=list, help_text='ids of the students that it is about; empty: all')),
                ('tests_before', models.CharField(blank=True, max_length=64)),
                ('tests_after', models.CharField(max_length=64)),
                ('begun_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.JSONField(blank=True, default=dict, help_text='submissions by what became of them, once applied')),
                ('applied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('begun_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regradings', to='runs.run')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-begun_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('fault', 'Fault')], default='waiting', max_length=7)),
                ('first', models.JSONField(blank=True, null=True)),
                ('second', models.JSONField(blank=True, null=True)),
                ('fault', models.TextField(blank=True)),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='submissions.report')),
                ('regrade', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='regrading.regrade')),
                ('result', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trial', to='submissions.report')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trials', to='submissions.submission')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('regrade', 'submission'), name='one_trial_per_submission')],
            },
        ),
    ]
