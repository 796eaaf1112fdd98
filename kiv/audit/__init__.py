"""The audit trail: who did what to what, when. Append-only; holds ids, never names or texts."""
