"""Plans and their reviews as people would make them, act by act: what bulk loads are compared with."""

from plans.enums import MotivationVerdict
from plans.services.concluding import finish_review
from plans.services.good_examples import offer_example
from plans.services.importing import import_plan
from plans.services.plans import create_plan
from plans.services.remarks import answer_remark, close_remark, write_remark
from plans.services.reviewing import JudgedDigit, confirm_items, review_item
from plans.services.sharing import share_version
from plans.services.versions import start_version
from tests.factories.accounts import UserFactory


def by_services(plans):
    for new in plans:
        assessment = create_plan(
            zone=new.zone, cycle=new.cycle, edition=new.edition, language=new.language, by=None
        )
        for number, version in enumerate(new.versions, 1):
            if number > 1:
                started = start_version(
                    version=assessment.version,
                    kind="addendum",
                    reason=version.reason,
                    by=UserFactory(lead_of=new.zone),
                )
                assessment = started.assessments.get()
            import_plan(assessment=assessment, content=version.content, by=None, replace=number > 1)
            if version.shared_at:
                shared = share_version(version=assessment.version, by=None)
                if version.review:
                    review_by_services(assessment, version.review)
        for code in new.examples:
            item = new.edition.items.get(code=code)
            assert offer_example(plan=shared.plan, item=item, by=UserFactory(lead_of=new.zone))


def review_by_services(assessment, review):
    planned, by, person = review.planned, review.reviewer, review.zone_person
    chosen = dict(assessment.choices.values_list("item__code", "choice"))
    for one in planned.items:
        asked = one.clarification.ask if one.clarification else ""
        verdict = MotivationVerdict.CLARIFICATION if asked else MotivationVerdict.NO_REMARK
        review_item(
            assessment=assessment,
            item=one.item,
            judged=[JudgedDigit(each.criterion, each.digit, each.reason, each.quote) for each in one.judged],
            motivation=verdict if chosen.get(one.item) == "not_retained" else "",
            clarification=asked,
            by=by,
        )
    assert confirm_items(assessment=assessment, items=planned.confirmed, by=by) == list(planned.confirmed)
    for remark in planned.remarks:
        write_remark(assessment=assessment, item=remark.item, text=remark.ask, by=by)
    written = list(zip(assessment.remarks.order_by("number"), planned.all_remarks(), strict=True))
    for row, (remark, _is_asked) in written:
        if remark.answered_at:
            answer_remark(remark=row, text=remark.answer, by=person)
    for row, (remark, _is_asked) in written:
        if remark.closed_at:
            close_remark(remark=row, by=by)
    if planned.finished_at:
        finish_review(version=assessment.version, by=by)
