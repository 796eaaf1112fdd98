import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("plans", "0011_carrying_over")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="remark",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="plans.remark",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="is_reply",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=Q(is_reply=False) | Q(kind="remark", remark__isnull=False),
                name="replies_are_under_a_remark",
            ),
        ),
    ]
