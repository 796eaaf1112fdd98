"""How dates and numbers look: the Belgian way, in every language of the product."""
