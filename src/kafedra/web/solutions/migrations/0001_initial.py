import django.db.models.deletion
import kafedra.web.clock
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
            name='SolutionOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('opened_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='solution_openings', to='runs.run')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='solution_openings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'assignment', 'student'), name='one_opening_per_assignment')],
            },
        ),
    ]
