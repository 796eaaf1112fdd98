"""What framework administrators type about an edition, its bounds and its errors. Saving: services."""
