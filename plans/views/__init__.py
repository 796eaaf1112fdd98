"""Pages of plans: thin. What may be seen comes from selectors, what is done goes to services."""
