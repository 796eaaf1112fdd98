"""The words of one version: its items, their terms, the lists around them. Read, or changed in a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from framework import rules
from framework.models import LexiconVersion
from framework.views.fetching import edition_or_404
from plans.forms.lexicon_terms import TermsForm
from plans.forms.lexicon_words import WordsForm
from plans.matching.lexicon_file import LANGUAGES
from plans.selectors.lexicon_content import (
    ITEMS,
    SECTIONS,
    PartName,
    item_codes,
    part_digest,
    part_of,
)
from plans.selectors.lexicon_findings import find_all
from plans.services.editing import StaleEdit
from plans.services.lexicon_drafts import change_part
from plans.views.lexicons import administrators_only, version_or_404


@require_safe
@administrators_only
def lexicon(request: HttpRequest, edition_code: str, number: int) -> HttpResponse:
    """The items with their number of terms in each language, the lists around them, and the check list."""
    edition = edition_or_404(request, edition_code)
    version = version_or_404(request, edition, number)
    findings = find_all(version) if version.is_draft else ()
    items = {item.code: item for item in edition.items.all()}
    codes = [*items, *(code for code in item_codes(version.content) if code not in items)]
    rows = []
    for code in codes:
        part = part_of(version.content, PartName(ITEMS, code))
        counts = [sum(len(group["terms"]) for group in part[language]) for language in LANGUAGES]
        own = [one for one in findings if one.finding.path[:2] == (ITEMS, code)]
        blockers = sum(one.finding.is_blocker for one in own)
        rows.append((code, items.get(code), counts, blockers, len(own) - blockers))
    context = {
        "edition": edition,
        "version": version,
        "rows": rows,
        "heads": LANGUAGES,
        "written": [language for language in LANGUAGES if language in version.content],
        "sections": list(SECTIONS),
        "findings": findings,
        "blockers": sum(one.finding.is_blocker for one in findings),
    }
    return render(request, "plans/lexicon.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def lexicon_item(request: HttpRequest, edition_code: str, number: int, item_code: str) -> HttpResponse:
    """The terms of an item, the three languages side by side, each finding at the term it is about."""
    edition = edition_or_404(request, edition_code)
    version = version_or_404(request, edition, number)
    item = edition.items.prefetch_related("aspects").filter(code=item_code).first()
    if item is None and item_code not in item_codes(version.content):
        raise Http404
    name = PartName(ITEMS, item_code)
    aspects = list(item.aspects.all()) if item else []
    typed = request.POST if request.method == "POST" else None
    form = TermsForm(typed, content=version.content, name=name, aspects=aspects)
    context = {"edition": edition, "version": version, "item": item, "code": item_code}
    answer = _save(request, version, name, form, context)
    if answer is not None:
        return answer
    is_shown = version.is_draft and typed is None
    own = [one for one in find_all(version) if one.finding.path[:2] == (ITEMS, item_code)] if is_shown else []
    context |= {
        "form": form,
        "columns": form.columns(own),
        "general": [one for one in own if not one.language],
    }
    return render(request, "plans/lexicon_item.html", context, status=context.pop("status", 200))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def lexicon_words(request: HttpRequest, edition_code: str, number: int, section: str) -> HttpResponse:
    """The words of one section, a column for each language."""
    edition = edition_or_404(request, edition_code)
    version = version_or_404(request, edition, number)
    if section not in SECTIONS:
        raise Http404
    name = PartName(section)
    typed = request.POST if request.method == "POST" else None
    codes = list(edition.items.values_list("code", flat=True))
    form = WordsForm(typed, content=version.content, name=name, items=codes)
    context = {"edition": edition, "version": version, "section": section}
    answer = _save(request, version, name, form, context)
    if answer is not None:
        return answer
    is_shown = version.is_draft and typed is None
    own = [one for one in find_all(version) if one.finding.path[0] == section] if is_shown else []
    context |= {"form": form, "findings": own}
    return render(request, "plans/lexicon_words.html", context, status=context.pop("status", 200))


def _save(
    request: HttpRequest, version: LexiconVersion, name: PartName, form: TermsForm | WordsForm, context: dict
) -> HttpResponse | None:
    """Store what was typed and go to the page again; None when the form is to be shown, with why."""
    context["errors"] = []
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        change_part(draft=version, by=request.user, name=name, seen=form.seen, values=form.wanted())
    except StaleEdit as stale:
        # Saving again is a decision made with both in view.
        context |= {
            "conflict": form.differences(part_of(stale.stored.content, name)),
            "status": 409,
        }
        form.seen = part_digest(stale.stored.content, name)
        return None
    except ValidationError as refusal:
        context["errors"] = refusal.messages
        return None
    except rules.WrongMoment as wrong:
        context |= {"errors": [str(wrong)], "status": 409}
        return None
    except LexiconVersion.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("It is saved in the draft."))
    return redirect(request.path)
