"""The History tab of a plan, the same as a file, and the history of the whole site."""

from collections.abc import Iterable, Iterator, Sequence

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kiv.http import only_for
from plans.forms.history import HistoryFilterForm
from plans.history_sentences import GROUP_LABELS, event_sentence, folded_sentence, person_words
from plans.models import Assessment
from plans.reports.as_csv import write_csv
from plans.selectors.disclosure import reader_of
from plans.selectors.history import (
    TOLD_ADMINISTRATORS,
    Entry,
    folded,
    group_of,
    groups_told,
    history_of,
    narrow,
    people_in,
    site_entries,
    site_history,
)
from plans.views.conversation import conversation_of
from plans.views.fetching import plan_context, read_assessment_or_404

PAGE_LENGTH = 50
#: A file holds no more lines than this, the newest.
MAX_LINES = 10_000


@require_safe
def history(request, plan_id: int):
    """For everybody who may read the plan; outside the zone only what is told there."""
    return show_history(request, read_assessment_or_404(request, plan_id))


def show_history(request, assessment: Assessment, *, comment_form=None, status: int = 200):
    """The History tab; inside the zone with the comments on the whole plan. `comment_form` was refused."""
    plan = assessment.version.plan
    reader = reader_of(request.user, plan)
    told = history_of(plan, assessment.edition, reader)
    people = people_in(told.events)
    form = HistoryFilterForm(request.GET, people=people, groups=groups_told(reader))
    page = _page(request, narrow(told.events, form.asked(), people))
    context = plan_context(request, assessment, "history") | {
        "form": form,
        "page": page,
        "lines": _folded_lines(told.entries(page.object_list, people)),
        "is_inside": reader.is_inside,
        "max_lines": MAX_LINES,
        "conversation": conversation_of(request, assessment, None, comment_form)
        if reader.is_inside
        else None,
    }
    return render(request, "plans/history.html", context, status=status)


@never_cache
@require_safe
def history_file(request, plan_id: int):
    """What the filter shows, all pages of it, as CSV."""
    assessment = read_assessment_or_404(request, plan_id)
    plan = assessment.version.plan
    reader = reader_of(request.user, plan)
    told = history_of(plan, assessment.edition, reader)
    people = people_in(told.events)
    form = HistoryFilterForm(request.GET, people=people, groups=groups_told(reader))
    events = narrow(told.events, form.asked(), people)[:MAX_LINES]
    response = HttpResponse(
        write_csv(_rows(told.entries(events, people))), content_type="text/csv; charset=utf-8"
    )
    filename = f"{slugify(f'kiv history {plan.place_name} {plan.cycle}')}.csv"
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


@require_safe
@only_for("is_system_administrator")
def audit_list(request):
    """Everything that happened on the site, for the system administrator; of plans no details."""
    events = site_history(request.user)
    people = people_in(events)
    form = HistoryFilterForm(request.GET, people=people, groups=TOLD_ADMINISTRATORS)
    page = _page(request, narrow(events, form.asked(), people))
    context = {"form": form, "page": page, "lines": _lines(site_entries(page.object_list, people))}
    return render(request, "plans/audit_list.html", context)


def _page(request, events):
    return Paginator(events, PAGE_LENGTH).get_page(request.GET.get("page"))


def _lines(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """What a template shows of each event."""
    return [
        {
            "at": entry.at,
            "who": person_words(entry.person, is_named=entry.is_named),
            "what": event_sentence(entry),
            "zone": entry.zone,
        }
        for entry in entries
    ]


def _folded_lines(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """As `_lines`, with the items that somebody read on one day under one line, in `parts`."""
    lines = []
    for group in folded(entries):
        line, *others = _lines(group)
        if others:
            line = line | {"what": folded_sentence(group), "parts": [line, *others]}
        lines.append(line)
    return lines


def _rows(entries: Iterable[Entry]) -> Iterator[Sequence[str]]:
    yield _("When"), _("Who"), _("About"), _("What")
    for entry in entries:
        yield (
            localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
            person_words(entry.person, is_named=entry.is_named),
            str(GROUP_LABELS.get(group_of(entry.event), "")),
            event_sentence(entry),
        )
