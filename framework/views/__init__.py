"""Pages of editions: those for everybody (public), and those of framework administrators."""
