"""What goes wrong with the index or its model, and what to do about it."""


class UnusableIndex(RuntimeError):
    """The index or its model is missing, stale or damaged; the message says what to do."""

    def __init__(self, what: str, remedy: str = "run `python -m index build`") -> None:
        super().__init__(f"{what}; {remedy}")
