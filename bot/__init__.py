"""Answering: the chain, safety, proof, wording, and the ways to ask."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.answer import Answer, Notice, Outcome, Quote, ShownReference, Statement, Turn
    from bot.chain import answer_chain
    from bot.chatbot import Chatbot
    from bot.named import named_quote, quotes
    from bot.proof import Proposal, prove
    from bot.verify import SavedAnswer, Verifier

__all__ = [
    "Answer",
    "Chatbot",
    "Notice",
    "Outcome",
    "Proposal",
    "Quote",
    "SavedAnswer",
    "ShownReference",
    "Statement",
    "Turn",
    "Verifier",
    "answer_chain",
    "named_quote",
    "prove",
    "quotes",
]

_HOME = {
    "Chatbot": "bot.chatbot",
    "Proposal": "bot.proof",
    "SavedAnswer": "bot.verify",
    "Verifier": "bot.verify",
    "answer_chain": "bot.chain",
    "named_quote": "bot.named",
    "prove": "bot.proof",
    "quotes": "bot.named",
}


def __getattr__(name: str) -> Any:
    """Loads a name when it is first used: the chain imports LangChain and Chroma."""
    if name not in __all__:
        raise AttributeError(f"module 'bot' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME.get(name, "bot.answer")), name)
