"""What the chatbot's own files can have wrong with them."""


class BadFile(ValueError):
    """A file of fixed wording, rules or numbers cannot be used; the message says what to do."""
