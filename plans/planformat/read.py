"""From the bytes of a plan file to a PlanContent, or FileRefused with every problem and its place.

Shape (names, types, bounds) is checked by `types`, what refers to something by `references`; both look at
the whole file, so that one round of mending can do.
"""

from collections.abc import Mapping, Sequence

from kiv.datafile import FileRefused, Loaded, load, validate
from plans.planformat.references import reference_problems
from plans.planformat.types import PlanContent
from plans.scoring import Item

#: The known editions: code → its items.
Editions = Mapping[str, Sequence[Item]]


def read_plan(data: bytes, editions: Editions) -> PlanContent:
    """Read a plan file. Raises FileRefused with every problem at once; changes nothing."""
    return read_loaded(load(data), editions)


def read_loaded(loaded: Loaded, editions: Editions) -> PlanContent:
    """The same from the plain values of a file, whatever it was written in."""
    try:
        content, problems = validate(PlanContent, loaded), []
    except FileRefused as refused:
        content, problems = None, list(refused.problems)
    places = {problem.place for problem in problems}
    problems += [problem for problem in reference_problems(loaded, editions) if problem.place not in places]
    if content is None or problems:
        raise FileRefused(sorted(problems, key=lambda problem: problem.line or 0))
    return content
