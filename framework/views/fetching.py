"""What the pages of administrators begin with: the edition and its part, as far as they exist for them."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from framework.models import Aspect, Attachment, CriterionText, Edition, Item
from framework.services.parts import Part
from kiv.http import only_for

#: Word of the address → what it lists.
MODELS = {"items": Item, "aspects": Aspect, "criteria": CriterionText, "attachments": Attachment}
administrators_only = only_for("is_framework_administrator")


def edition_or_404(request: HttpRequest, code: str) -> Edition:
    editions = Edition.objects.visible_to(request.user).select_related("framework", "predecessor")
    return get_object_or_404(editions, code=code)


def model_or_404(kind: str) -> type[Part]:
    if kind not in MODELS:
        raise Http404
    return MODELS[kind]


def part_or_404(edition: Edition, kind: str, part_id: int) -> Part:
    model = model_or_404(kind)
    owner = {"item__edition": edition} if model is Aspect else {"edition": edition}
    related = ("item__edition",) if model is Aspect else ("edition",)
    return get_object_or_404(model.objects.select_related(*related), pk=part_id, **owner)
