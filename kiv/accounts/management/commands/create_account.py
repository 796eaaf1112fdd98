"""``manage.py create_account EMAIL --role ROLE``: the first accounts of an installation, by its operator."""

from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from kiv.accounts import services
from kiv.accounts.enums import Role
from kiv.accounts.models import User
from kiv.localized import LANGUAGES
from kiv.territory.models import JudicialDistrict, Municipality, PoliceZone, Province

PLACES = {
    "zone": (PoliceZone, "pk", "the zone's own id, as in its address /zones/ID/"),
    "municipality": (Municipality, "nis_code", "the municipality's NIS code"),
    "province": (Province, "code", "the province's code, e.g. limburg"),
    "district": (JudicialDistrict, "code", "the judicial district's code, e.g. leuven"),
}


class Command(BaseCommand):
    help = "Add a person with a role, or give an existing person another role; prints a one-time link."

    def add_arguments(self, parser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--name", default="", help="default: the e-mail address")
        parser.add_argument("--language", default="nl", choices=LANGUAGES)
        place = parser.add_mutually_exclusive_group()
        for name, (_, _, help_text) in PLACES.items():
            place.add_argument(f"--{name}", help=help_text)
        parser.add_argument("--clearance", action="store_true", help="may see confidential parts")
        parser.add_argument("--ask-password", action="store_true", help="type a password instead of a link")

    def handle(self, *, email: str, **options) -> None:
        email = email.strip().lower()
        try:
            with transaction.atomic():
                self._add(email, options)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        except services.ChangeRefused as refused:
            raise CommandError(str(refused)) from None

    def _add(self, email: str, options: dict) -> None:
        role, clearance, place = options["role"], options["clearance"], self._find_place(options)
        user = User.objects.filter(email=email).first()
        if user is None:
            user = services.add_person(
                by=None,
                email=email,
                name=options["name"] or email,
                language=options["language"],
                role=role,
                has_clearance=clearance,
                **place,
            )
        else:
            services.add_membership(by=None, user=user, role=role, has_clearance=clearance, **place)
        self.stdout.write(f"{email}: {role}")
        if options["ask_password"]:
            self._set_password(user)
        elif not user.has_usable_password():
            path = services.issue_password_link(by=None, user=user)
            self.stdout.write(
                "One-time link to set the password, valid for three days (after the site's address):"
            )
            self.stdout.write(path)

    def _find_place(self, options: dict) -> dict:
        for name, (model, field, _) in PLACES.items():
            if (value := options[name]) is not None:
                try:
                    return {name: model.objects.get(**{field: value})}
                except (model.DoesNotExist, ValueError):
                    raise CommandError(f"--{name} {value}: there is none.") from None
        return {}

    def _set_password(self, user: User) -> None:
        password = getpass("Password: ")
        if password != getpass("Password again: "):
            raise CommandError("The two passwords differ. Nothing was changed.")
        validate_password(password, user)
        services.set_password(by=None, user=user, password=password)
