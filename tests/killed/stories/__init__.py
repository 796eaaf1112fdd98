"""What is done, in the order in which it can be done: one story per area, each beginning with nothing.

A story is lived through once (tests/killed/living.py). Which acts must be in one: tests/killed/acts.py.
"""

from tests.killed.stories import (
    accounts,
    carrying,
    content,
    demo,
    documents,
    editions,
    lexicons,
    mail,
    plans,
    reviews,
    trail,
)

STORIES = tuple(
    module.STORY
    for module in (
        accounts,
        carrying,
        content,
        demo,
        documents,
        editions,
        lexicons,
        mail,
        plans,
        reviews,
        trail,
    )
)
