"""Pages of accounts: signing in, one's own page and API tokens, and people for the system administrator."""

from kiv.accounts.views.signing_in import csrf_refused

__all__ = ["csrf_refused"]
