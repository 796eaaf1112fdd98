"""The cycles and their deadlines."""

from django.db.models import Count, Prefetch, QuerySet

from plans.models import Cycle, Deadline


def cycles_with_deadlines() -> QuerySet[Cycle]:
    """The latest first, each with its deadlines in the order of their dates and its number of plans."""
    deadlines = Deadline.objects.order_by("date", "pk")
    cycles = Cycle.objects.annotate(plan_count=Count("plans")).order_by("-first_year", "name")
    return cycles.prefetch_related(Prefetch("deadlines", deadlines))
