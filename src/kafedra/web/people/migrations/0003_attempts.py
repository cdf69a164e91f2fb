"""Attempts of every kind are counted in one table, each kind by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_requests")]

    operations = [
        migrations.RenameModel("FailedSignIn", "Attempt"),
        migrations.RenameField("Attempt", "username", "who"),
        migrations.AddField("Attempt", "kind", models.CharField(max_length=10, default="password"), preserve_default=False),
        migrations.RenameIndex("Attempt", new_name="attempt_at", old_name="failed_sign_in_at"),
    ]
