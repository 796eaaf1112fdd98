"""What the answers of the API hold: one module per subject, each field described. No queries."""
