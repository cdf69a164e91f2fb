"""Terms are in force by being accepted; points set by hand know what replaced them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("classroom", "0005_solutions"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.RenameModel("TermsSeen", "AcceptedTerms"),
        migrations.RenameField("AcceptedTerms", "seen_at", "accepted_at"),
        migrations.RenameField("AcceptedTerms", "seen_by", "accepted_by"),
        migrations.AlterModelOptions("AcceptedTerms", {"ordering": ["-accepted_at", "-pk"]}),
        migrations.AlterField(
            "AcceptedTerms",
            "run",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="accepted_terms", to="classroom.run"
            ),
        ),
        migrations.AddField(
            "Override",
            "replaced_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="classroom.override"
            ),
        ),
    ]
