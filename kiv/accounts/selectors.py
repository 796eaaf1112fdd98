"""Questions to the API tokens. Never writes: that a token was used is kept nowhere (docs/adr/0014)."""

import hashlib

from kiv.accounts.models import ApiToken


def digest_of(secret: str) -> str:
    """What is stored of a token's secret: SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_working_token(secret: str) -> ApiToken | None:
    """The token with this secret, with its person, as long as both may be used. One query."""
    return ApiToken.objects.working().select_related("user").filter(digest=digest_of(secret)).first()


def tokens_of(user) -> list[ApiToken]:
    """One's own tokens, the latest first, those that no longer work included."""
    return list(ApiToken.objects.visible_to(user))
