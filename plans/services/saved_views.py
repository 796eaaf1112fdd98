"""Keeping and forgetting a state of the matrix under a name of one's own.

Leaves no event in the trail: it changes nothing that anybody else sees, and what somebody likes to look at is
nobody's affair.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kiv.accounts.models import User
from plans.models import SavedView
from plans.services.editing import TooMany, check_storable

#: Nobody keeps more views than this.
MAX_VIEWS = 20


@transaction.atomic
def save_view(*, name: str, query: str, by) -> SavedView:
    """Keep `query` under `name`; what is kept already under this name is kept once.

    Raises ValidationError for a name that is blank, too long, or taken by another view, and TooMany.
    """
    # The person's row: two tabs at once wait for each other, so that the bound and the name hold.
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    check_storable({"name": name, "query": query})
    view = SavedView(user=by, name=name.strip(), query=query)
    same = SavedView.objects.filter(user=by, name=view.name).first()
    if same is not None:
        if same.query == query:
            return same
        raise ValidationError({"name": _("You have a view with this name. Choose another name.")})
    if SavedView.objects.filter(user=by).count() >= MAX_VIEWS:
        raise TooMany(MAX_VIEWS)
    view.full_clean()
    view.save()
    return view


@transaction.atomic
def remove_view(*, view_id: int, by) -> None:
    """Forget one of one's own views. What is gone already is gone; another's does not exist."""
    SavedView.objects.filter(user=by, pk=view_id).delete()
