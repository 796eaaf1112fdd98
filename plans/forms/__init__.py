"""The forms of the plans app: what a person types, checked before a service sees it."""
