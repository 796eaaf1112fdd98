"""Events say in a column of their own which plan they are about, so that a plan's history is found quickly.

Events that are there are completed once, with the triggers of 0002 set aside: no seal exists yet.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

append_only = import_module("kiv.audit.migrations.0002_append_only")


def fill_plan(apps, schema_editor):
    """From the details; else the plan itself, or the plan of the version that was shared."""
    events = apps.get_model("audit", "AuditEvent").objects.using(schema_editor.connection.alias)
    versions = apps.get_model("plans", "PlanVersion").objects
    append_only.remove_triggers(apps, schema_editor)
    number = models.BigIntegerField()
    events.filter(data__has_key="plan").update(plan_id=Cast(KeyTextTransform("plan", "data"), number))
    events.filter(on_type="plans.plan").update(plan_id=Cast("on_id", number))
    of_version = versions.filter(pk=Cast(OuterRef("on_id"), number)).values("plan_id")
    events.filter(on_type="plans.planversion", plan_id=None).update(plan_id=Subquery(of_version))
    append_only.add_triggers(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only"), ("plans", "0001_initial")]
    operations = [
        migrations.AddField(
            "auditevent", "plan_id", models.BigIntegerField(blank=True, null=True, verbose_name="plan")
        ),
        migrations.RunPython(fill_plan, migrations.RunPython.noop),
        migrations.AddIndex("auditevent", models.Index(fields=["plan_id", "-id"], name="audit_plan")),
        migrations.AddIndex("auditevent", models.Index(fields=["actor_id"], name="audit_actor")),
    ]
