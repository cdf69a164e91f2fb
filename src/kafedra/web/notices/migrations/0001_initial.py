import kafedra.web.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True)),
                ('message_id', models.CharField(help_text='the same in every attempt: receivers know it again by it', max_length=200)),
                ('at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed'), ('expired', 'Expired')], default='waiting', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('retry_until', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('unreachable', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('verdict', 'the verdict on a submission'), ('review', 'a review of my work'), ('reminder', 'a deadline of mine is near'), ('deadline', 'a deadline of mine was moved'), ('points', 'my points were set by hand'), ('regrade', 'an answer to my request to look at a test again')], max_length=12)),
                ('facts', models.JSONField(default=dict)),
                ('path', models.CharField(help_text='where the news can be seen, from the root of the server', max_length=300)),
                ('at', models.DateTimeField(default=kafedra.web.clock.now)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.SlugField(max_length=60)),
                ('deadline', models.DateTimeField()),
                ('at', models.DateTimeField(default=kafedra.web.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('verdict', 'the verdict on a submission'), ('review', 'a review of my work'), ('reminder', 'a deadline of mine is near'), ('deadline', 'a deadline of mine was moved'), ('points', 'my points were set by hand'), ('regrade', 'an answer to my request to look at a test again')], max_length=12)),
                ('page', models.BooleanField()),
                ('mail', models.BooleanField()),
            ],
        ),
    ]
