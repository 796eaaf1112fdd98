"""What a person keeps for themselves of the coverage pages. Nothing of a plan hangs on it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kiv.accounts.models import KeptForPerson

NAME_LENGTH = 60
QUERY_LENGTH = 500


class SavedView(KeptForPerson):
    """A name for a state of the matrix; `query` is the query of its address, without the question mark."""

    person_field = "user"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)

    class Meta:
        ordering = ("user_id", "name")
        constraints = (
            models.UniqueConstraint(fields=("user", "name"), name="view_names_unique_per_person"),
            models.CheckConstraint(condition=~Q(name__trim=""), name="views_have_a_name"),
        )

    def __str__(self) -> str:
        return self.name

    def as_personal_data(self) -> dict[str, Any]:
        return {"name": self.name, "query": self.query}
