"""What the commands about the audit trail say alike."""


def waiting_words(events: int) -> str:
    """Of events that no batch holds: they wait because they are young, or because nobody sealed them yet."""
    return f"{events} events wait for a later seal"
