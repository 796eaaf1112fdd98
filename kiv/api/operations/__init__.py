"""What may be asked: one router per subject. An operation fetches through visibility and makes an answer."""

from kiv.api.operations import coverage, editions, plans, zones

#: Subject, as the description groups them → its operations.
ROUTERS = {
    "Editions": editions.router,
    "Zones": zones.router,
    "Plans": plans.router,
    "Coverage": coverage.router,
}
