"""The read-only API (docs/api.md): what programs read with the token of a person, as that person sees it."""
