"""Addresses of a review's pages, and short words for what people post there."""

from tests.plans.review.reading import Reviewed


def tab(plan: Reviewed) -> str:
    return f"/plans/{plan.made.version.plan_id}/review/"


def item_address(plan: Reviewed, code: str) -> str:
    return f"{tab(plan)}items/{code}/"


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, address: str, **fields):
    """A reviewer's form for an item nobody read yet; `fields` say what is otherwise."""
    return client.post(address, {"version": "1", "revision": "0", "verdict": "confirm"} | fields)
