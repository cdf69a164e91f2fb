import django.db.models.deletion
import kafedra.web.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('submissions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('test', models.CharField(max_length=200)),
                ('message', models.TextField()),
                ('asked_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to='submissions.submission')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('submission', 'test'), name='one_appeal_per_test')],
            },
        ),
    ]
