from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_good_examples")]

    operations = [
        migrations.AddField(
            model_name="itemscore",
            name="reviewed_advice",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
