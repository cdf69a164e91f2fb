"""A comment knows which one it repeats, and every entry of the bank that is in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="repeats",
            field=models.UUIDField(
                blank=True, help_text="uid of the comment on another submission that it repeats", null=True
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="bank_key",
            field=models.CharField(
                blank=True, help_text="the entries of the bank in it, with spaces between", max_length=200
            ),
        ),
    ]
