"""People: accounts, memberships and what they give access to; signing in and keeping input."""
