"""Word lists can begin with those of the edition before: which edition that was is kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("framework", "0008_lexicons_in_force_stay")]
    operations = [
        # Nullable without a default: SQLite adds the column and the triggers of the table stay.
        migrations.AddField(
            model_name="lexiconversion",
            name="based_on_edition",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="framework.edition",
            ),
        ),
    ]
