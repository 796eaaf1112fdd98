"""Telling people by mail: who is told what, and what a mail says. Services call `notify`; it calls none.

Making and sending the mails is one command, `send_notices` (docs/adr/0011).
"""

from plans.mail.telling import notify

__all__ = ["notify"]
