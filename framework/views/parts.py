"""Changing an edition part by part: its facts, items, aspects, criteria and attachments."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from framework import rules
from framework.export import digest_of, facts_read
from framework.forms.parts import FORMS, FactsForm, PdfForm
from framework.forms.texts import EditionForm
from framework.models import Aspect, Attachment, Edition, Item
from framework.services.editing import StaleEdit, TooMany, change_facts
from framework.services.files import MAX_BYTES, give_file
from framework.services.parts import KINDS, Part, add_part, change_part, move_part, remove_part
from framework.views.fetching import administrators_only, edition_or_404, model_or_404, part_or_404
from framework.withdrawals import tells_withdrawal
from kiv.http import not_repeated


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@tells_withdrawal
def edition_facts(request: HttpRequest, edition_code: str) -> HttpResponse:
    """Title, period, introduction. A save from an old form is refused: both texts are shown."""
    edition = edition_or_404(request, edition_code)
    typed = request.POST if request.method == "POST" else None
    form = FactsForm(typed, data_now=facts_read(edition), is_published=not edition.is_draft, edition=edition)
    conflict, status = None, 200
    if typed is not None and form.is_valid():
        try:
            is_changed = change_facts(
                edition=edition,
                by=request.user,
                seen=form.cleaned_data["seen"],
                values=form.wanted(),
                predecessor=form.cleaned_data["predecessor"],
            )
        except StaleEdit as stale:
            conflict, status = form.differences(facts_read(stale.stored)), 409
            _see_again(form, facts_read(stale.stored))
        except ValidationError as refusal:
            form.add_refusal(refusal)
        else:
            _tell_saved(request, edition, is_changed)
            return redirect(*_place_of(edition, None))
    context = {"edition": edition, "form": form, "conflict": conflict, "kind": "facts"}
    return render(request, "framework/part_change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@tells_withdrawal
def part_add(request: HttpRequest, edition_code: str, kind: str) -> HttpResponse:
    """An item, a criterion or an attachment; aspects are added to their item."""
    edition = edition_or_404(request, edition_code)
    if model_or_404(kind) is Aspect:
        raise Http404
    return _add(request, edition, edition, kind)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@tells_withdrawal
def aspect_add(request: HttpRequest, edition_code: str, item_id: int) -> HttpResponse:
    edition = edition_or_404(request, edition_code)
    return _add(request, edition, part_or_404(edition, "items", item_id), "aspects")


def _add(request: HttpRequest, edition: Edition, parent: Edition | Item, kind: str) -> HttpResponse:
    if not edition.is_draft and request.method != "POST":
        messages.info(request, _("This edition has been published. Nothing can be added to it."))
        return redirect("framework:edition_edit", edition.code)
    model = model_or_404(kind)
    form = FORMS[model](request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            added = add_part(model, parent=parent, by=request.user, values=form.wanted())
        except TooMany as refusal:
            form.add_error(None, _("There is room for %(limit)s, and no more.") % {"limit": refusal.limit})
        except ValidationError as refusal:
            form.add_refusal(refusal)
        except rules.WrongMoment as wrong:
            form.add_error(None, str(wrong))
            status = 409
        else:
            messages.success(request, _("It is added."))
            return redirect(*_place_of(edition, added))
    item = parent if isinstance(parent, Item) else None
    context = {"edition": edition, "form": form, "kind": kind, "item": item, "is_new": True}
    return render(request, "framework/part_change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@tells_withdrawal
def part_change(request: HttpRequest, edition_code: str, kind: str, part_id: int) -> HttpResponse:
    """A save from an old form is refused: what was typed stays, what is stored is shown beside it."""
    edition = edition_or_404(request, edition_code)
    part = part_or_404(edition, kind, part_id)
    data_of = KINDS[type(part)].data
    typed = request.POST if request.method == "POST" else None
    form = FORMS[type(part)](typed, data_now=data_of(part), is_published=not edition.is_draft)
    conflict, status = None, 200
    if typed is not None and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            is_changed = change_part(part, by=request.user, seen=seen, values=form.wanted())
        except StaleEdit as stale:
            conflict, status = form.differences(data_of(stale.stored)), 409
            _see_again(form, data_of(stale.stored))
        except ValidationError as refusal:
            form.add_refusal(refusal)
        except rules.WrongMoment as wrong:
            form.add_error(None, str(wrong))
            status = 409
        except ObjectDoesNotExist:
            raise Http404 from None
        else:
            _tell_saved(request, edition, is_changed)
            return redirect(*_place_of(edition, part))
    item = part.item if isinstance(part, Aspect) else part if isinstance(part, Item) else None
    context = {
        "edition": edition,
        "form": form,
        "conflict": conflict,
        "kind": kind,
        "part": part,
        "item": item,
    }
    return render(request, "framework/part_change.html", context, status=status)


@not_repeated("framework:edition_edit", "edition_code")
@require_POST
@administrators_only
@tells_withdrawal
def part_move(request: HttpRequest, edition_code: str, kind: str, part_id: int) -> HttpResponse:
    """One place up or down."""
    edition = edition_or_404(request, edition_code)
    part = part_or_404(edition, kind, part_id)
    try:
        move_part(part, by=request.user, down=request.POST.get("way") == "down")
    except rules.WrongMoment as wrong:
        messages.error(request, str(wrong))
    if isinstance(part, Aspect):
        return redirect("framework:part_change", edition.code, "items", part.item_id)
    return redirect("framework:edition_edit", edition.code)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@tells_withdrawal
def part_remove(request: HttpRequest, edition_code: str, kind: str, part_id: int) -> HttpResponse:
    """Asks first, and says what goes with it."""
    edition = edition_or_404(request, edition_code)
    part = part_or_404(edition, kind, part_id)
    if request.method == "POST":
        try:
            remove_part(part, by=request.user)
        except rules.WrongMoment as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(request, _("It is removed."))
        if isinstance(part, Aspect):
            return redirect("framework:part_change", edition.code, "items", part.item_id)
        return redirect("framework:edition_edit", edition.code)
    aspects = part.aspects.count() if isinstance(part, Item) else 0
    context = {"edition": edition, "part": part, "kind": kind, "aspects": aspects}
    return render(request, "framework/part_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@tells_withdrawal
def attachment_give(request: HttpRequest, edition_code: str, part_id: int) -> HttpResponse:
    """The file of an attachment: exchanged in a draft, given once in a published edition."""
    edition = edition_or_404(request, edition_code)
    attachment: Attachment = part_or_404(edition, "attachments", part_id)
    form = PdfForm(request.POST or None, request.FILES or None) if request.method == "POST" else PdfForm()
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            is_new = give_file(attachment=attachment, data=form.read(MAX_BYTES), by=request.user)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        except rules.WrongMoment as wrong:
            form.add_error(None, str(wrong))
            status = 409
        else:
            if is_new:
                messages.success(request, _("The file is stored."))
            else:
                messages.info(request, _("Nothing was changed, so nothing was saved."))
            return redirect("framework:edition_edit", edition.code)
    context = {"edition": edition, "attachment": attachment, "form": form}
    return render(request, "framework/attachment_give.html", context, status=status)


def _see_again(form: EditionForm, stored: Mapping[str, Any]) -> None:
    """Saving again is a decision made with both texts in view."""
    form.data = form.data.copy()
    form.data["seen"] = digest_of(stored)


def _tell_saved(request: HttpRequest, edition: Edition, is_changed: bool) -> None:
    if not is_changed:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    elif edition.is_draft:
        messages.success(request, _("It is saved."))
    else:
        messages.success(request, _("It is saved, and readers see it at once. The old text is kept."))


def _place_of(edition: Edition, part: Part | None) -> tuple:
    """Where one goes on: an item and its aspects on the item's page."""
    if isinstance(part, Item):
        return ("framework:part_change", edition.code, "items", part.pk)
    if isinstance(part, Aspect):
        return ("framework:part_change", edition.code, "items", part.item_id)
    return ("framework:edition_edit", edition.code)
