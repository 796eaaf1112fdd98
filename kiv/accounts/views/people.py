"""People and their memberships, for the system administrator; one's own page, for everybody."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kiv.accounts import services
from kiv.accounts.export import personal_data_of
from kiv.accounts.forms import MembershipForm, PersonForm
from kiv.accounts.models import Membership, User
from kiv.http import not_repeated, only_for

PAGE_SIZE = 50
system_administrators_only = only_for("is_system_administrator")


@require_safe
def person_me(request: HttpRequest) -> HttpResponse:
    memberships = Membership.objects.filter(user=request.user).with_place()
    return render(request, "accounts/person_me.html", {"memberships": memberships})


@never_cache
@require_safe
def person_data(request: HttpRequest) -> HttpResponse:
    """All that is stored about oneself, as a file."""
    response = JsonResponse(
        personal_data_of(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="kiv-my-data.json"'
    return response


@require_safe
@system_administrators_only
def person_list(request: HttpRequest) -> HttpResponse:
    """Found by name or address; with ``unused=1`` only those who never followed their link."""
    words = request.GET.get("q", "").strip()[:100]
    has_unused = request.GET.get("unused") == "1"
    people = User.objects.visible_to(request.user).order_by(Lower("name"), "id")
    if has_unused:
        people = people.link_unused()
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    people = people.prefetch_related(Prefetch("memberships", Membership.objects.with_place()))
    page = Paginator(people, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "has_unused": has_unused}
    return render(request, "accounts/person_list.html", context)


@never_cache
@system_administrators_only
def person_add(request: HttpRequest) -> HttpResponse:
    """Adds an account and shows, this once, the link with which its owner sets a password."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.add_person(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _show_link(request, person, is_new=True)
    return render(request, "accounts/person_add.html", {"form": form})


@system_administrators_only
def person_detail(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody's memberships; a post adds one."""
    person = _get_person(request, person_id)
    form = MembershipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_membership(by=request.user, user=person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The membership was added."))
            return redirect("accounts:person_detail", person.pk)
    memberships = Membership.objects.filter(user=person).with_place()
    context = {"person": person, "memberships": memberships, "form": form}
    return render(request, "accounts/person_detail.html", context)


@not_repeated("accounts:person_detail", "person_id")
@require_POST
@system_administrators_only
def membership_remove(request: HttpRequest, person_id: int, membership_id: int) -> HttpResponse:
    person = _get_person(request, person_id)
    membership = get_object_or_404(Membership.objects.visible_to(request.user), pk=membership_id, user=person)
    return _change(
        request,
        person,
        lambda: services.remove_membership(by=request.user, membership=membership),
        _("The membership was removed."),
    )


@not_repeated("accounts:person_detail", "person_id")
@require_POST
@system_administrators_only
def person_deactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _get_person(request, person_id)
    return _change(
        request,
        person,
        lambda: services.deactivate_person(by=request.user, user=person),
        _("The account was closed."),
    )


@not_repeated("accounts:person_detail", "person_id")
@require_POST
@system_administrators_only
def person_activate(request: HttpRequest, person_id: int) -> HttpResponse:
    person = _get_person(request, person_id)
    return _change(
        request,
        person,
        lambda: services.activate_person(by=request.user, user=person),
        _("The account was opened."),
    )


@not_repeated("accounts:person_detail", "person_id")
@never_cache
@require_POST
@system_administrators_only
def person_link(request: HttpRequest, person_id: int) -> HttpResponse:
    """A new one-time link, for who lost the first or forgot the password."""
    return _show_link(request, _get_person(request, person_id), is_new=False)


def _get_person(request: HttpRequest, person_id: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user), pk=person_id)


def _show_link(request: HttpRequest, person: User, *, is_new: bool) -> HttpResponse:
    try:
        path = services.issue_password_link(by=request.user, user=person)
    except services.ChangeRefused as refused:
        messages.error(request, str(refused))
        return redirect("accounts:person_detail", person.pk)
    context = {"person": person, "link": request.build_absolute_uri(path), "is_new": is_new}
    return render(request, "accounts/person_link.html", context)


def _change(request: HttpRequest, person: User, change: Callable[[], None], done: str) -> HttpResponse:
    try:
        change()
    except services.ChangeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("accounts:person_detail", person.pk)
