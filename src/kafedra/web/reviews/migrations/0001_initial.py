import django.db.models.deletion
import kafedra.web.clock
import uuid
from decimal import Decimal
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
            name='BankEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('text', models.TextField()),
                ('taken_off', models.DecimalField(decimal_places=3, default=Decimal('0'), max_digits=6)),
                ('created_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('hidden', models.BooleanField(default=False)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'bank entries',
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=kafedra.web.clock.now)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ('repository', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='claim', to='submissions.repository')),
            ],
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('published_revision', models.PositiveIntegerField(blank=True, null=True)),
                ('changed_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='review', to='submissions.submission')),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('cell', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('taken_off', models.DecimalField(decimal_places=3, default=Decimal('0'), max_digits=6)),
                ('into_bank', models.BooleanField(default=False)),
                ('bank_key', models.CharField(blank=True, help_text='the entries of the bank in it, with spaces between', max_length=200)),
                ('repeats', models.UUIDField(blank=True, help_text='uid of the comment on another submission that it repeats', null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('page', models.CharField(blank=True, help_text='which opening of the page saved it last', max_length=36)),
                ('changed_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('removed', models.BooleanField(default=False)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='reviews.review')),
            ],
            options={
                'ordering': ['cell', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment', models.UUIDField(blank=True, help_text='uid of the comment; empty: the whole review', null=True)),
                ('by_staff', models.BooleanField()),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='submissions.submission')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['submission', 'at'], name='messages_of_submission')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('published_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('taken_off', models.DecimalField(decimal_places=3, max_digits=6)),
                ('document', models.JSONField()),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='reviews.review')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('review', 'number'), name='one_publication_per_number')],
            },
        ),
    ]
