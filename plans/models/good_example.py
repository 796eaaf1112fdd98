"""Items of a plan that its zone lets other zones see, as an example of how to elaborate them."""

from django.db import models

from plans.models.plan import Plan
from plans.querysets import GoodExampleQuerySet


class GoodExample(models.Model):
    """The lead offered an item of the plan. No row: nobody outside sees anything of it.

    It hangs on the plan, not on a version: what others see is always the latest shared version, and only as
    long as that can be shown (plans.selectors.good_examples). So it survives a new version, and shows nothing
    of one in preparation.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="good_examples")
    item = models.ForeignKey("framework.Item", on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()

    objects = GoodExampleQuerySet.as_manager()

    class Meta:
        ordering = ("plan_id", "item__position")
        constraints = (models.UniqueConstraint(fields=("plan", "item"), name="items_offered_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.item_id}"
