"""Everything that changes accounts: one function per verb, atomic, with an audit event."""

from kiv.accounts.services.erasing import Erasure, erase_person, find_erasure
from kiv.accounts.services.people import (
    ChangeRefused,
    activate_person,
    add_membership,
    add_person,
    deactivate_person,
    find_user_of_link,
    issue_password_link,
    remove_membership,
    set_password,
)
from kiv.accounts.services.tokens import issue_token, revoke_token

__all__ = [
    "ChangeRefused",
    "Erasure",
    "activate_person",
    "add_membership",
    "add_person",
    "deactivate_person",
    "erase_person",
    "find_erasure",
    "find_user_of_link",
    "issue_password_link",
    "issue_token",
    "remove_membership",
    "revoke_token",
    "set_password",
]
