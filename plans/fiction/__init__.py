"""Fictional plans for the demonstration: a zone's key in, plan contents out. Plain Python, no database.

Everything that is drawn follows from the key, the cycle and the names of the questions asked (`dice`), so
that every process and every Python gives the same plans. Not here: the words (plans/demo/phrases), how common
things are (plans/demo/zones.yaml), and storing (plans.services).
"""

from plans.fiction.courses import Course, PlannedVersion, plan_course
from plans.fiction.files import DemoData, Phrases, read_data, read_phrases
from plans.fiction.places import Place, language_of
from plans.fiction.reviews import PlannedRemark, PlannedReview

__all__ = [
    "Course",
    "DemoData",
    "Phrases",
    "Place",
    "PlannedRemark",
    "PlannedReview",
    "PlannedVersion",
    "language_of",
    "plan_course",
    "read_data",
    "read_phrases",
]
