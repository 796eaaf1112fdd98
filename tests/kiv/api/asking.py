"""A program that reads the API with somebody's token."""

from django.http import HttpResponse

from kiv.accounts.services import issue_token
from tests.strict import StrictClient

ROOT = "/api/v1/"
#: Queries of every request: the token, the places taken, and five to take one (kiv.api.throttle).
EACH_REQUEST = 7


class Program(StrictClient):
    """`program.ask("plans", cycle="2026-2031")`; reading writes the counter of requests and nothing else."""

    counted_in = "kiv_cache"

    def __init__(self, user, **headers: str) -> None:
        self.token, self.secret = issue_token(by=user, name="a program", days=30)
        super().__init__(headers={"Authorization": f"Bearer {self.secret}", **headers})

    def ask(self, what: str, **query) -> HttpResponse:
        return self.get(ROOT + what, query)

    def read(self, what: str, **query) -> dict:
        """The answer to what can be answered."""
        answer = self.ask(what, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()


def refused_in(answer: HttpResponse) -> dict[str, str]:
    """Parameter → what is wrong with it."""
    return {each["parameter"]: each["detail"] for each in answer.json()["errors"]}
