"""What a plan gives back: reports as one dataclass each, and the formats that are written from it."""
