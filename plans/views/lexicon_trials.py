"""Trying a version of the word lists: on a text somebody pastes, and on what people decided here."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from framework.models import Edition, LexiconVersion
from framework.views.fetching import edition_or_404
from plans.forms.lexicons import TrialForm
from plans.selectors.lexicon_effect import (
    Tally,
    begin_effect,
    effect_key,
    go_on,
    kept_effect,
    readable_examples,
)
from plans.selectors.lexicon_trial import MAX_PASSAGES, try_text
from plans.selectors.lexicons import compiled_version
from plans.views.lexicons import administrators_only, in_force_of, version_or_404

#: What was counted is kept so long, in seconds; then it is counted anew.
SECONDS_KEPT = 24 * 60 * 60


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def lexicon_test(request: HttpRequest, edition_code: str, number: int) -> HttpResponse:
    """Paste a text: what matches, why, why not, here and under the version in force. Nothing is kept."""
    edition = edition_or_404(request, edition_code)
    version = version_or_404(request, edition, number)
    in_force = _other(edition, version)
    form = TrialForm(request.POST if request.method == "POST" else None)
    trial = None
    if request.method == "POST" and form.is_valid():
        trial = try_text(
            form.cleaned_data["text"],
            form.cleaned_data["language"],
            compiled_version(version),
            compiled_version(in_force) if in_force else None,
        )
    context = {
        "edition": edition,
        "version": version,
        "in_force": in_force,
        "form": form,
        "trial": trial,
        "items": {item.code: item for item in edition.items.all()},
        "limit": MAX_PASSAGES,
    }
    return render(request, "plans/lexicon_test.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def lexicon_effect(request: HttpRequest, edition_code: str, number: int) -> HttpResponse:
    """Counted in turns: each press of the button counts further, until every document was looked at."""
    edition = edition_or_404(request, edition_code)
    version = version_or_404(request, edition, number)
    in_force = _other(edition, version)
    if request.method == "POST" and in_force:
        known = None if request.POST.get("act") == "again" else kept_effect(version, in_force)
        effect = known or begin_effect(edition)
        if not effect.is_complete:
            go_on(effect, edition, compiled_version(version), compiled_version(in_force))
        cache.set(effect_key(version, in_force), effect.as_data(), SECONDS_KEPT)
        return redirect("plans:lexicon_effect", edition.code, number)
    effect = kept_effect(version, in_force)
    context = {"edition": edition, "version": version, "in_force": in_force, "effect": effect}
    if effect is not None:
        items = {item.code: item for item in edition.items.all()}
        context |= {
            "rows": [(items[code], effect.items.get(code, Tally())) for code in items],
            "new": readable_examples(effect.new, request.user),
            "lost": readable_examples(effect.lost, request.user),
        }
    return render(request, "plans/lexicon_effect.html", context)


def _other(edition: Edition, version: LexiconVersion) -> LexiconVersion | None:
    """The version in force, to compare with; None when it is this one, or there is none."""
    in_force = in_force_of(edition)
    return None if in_force is None or in_force.pk == version.pk else in_force
