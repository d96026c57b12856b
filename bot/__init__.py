"""Answering: the chain, safety, proof, wording, and the ways to ask."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.answer import Answer, Notice, Quote, ShownReference, Statement, Turn
    from bot.chain import answer_chain
    from bot.chatbot import Chatbot

__all__ = [
    "Answer",
    "Chatbot",
    "Notice",
    "Quote",
    "ShownReference",
    "Statement",
    "Turn",
    "answer_chain",
]

_HOME = {"Chatbot": "bot.chatbot", "answer_chain": "bot.chain"}


def __getattr__(name: str) -> Any:
    """Loads a name when it is first used: the chain imports LangChain and Chroma."""
    if name not in __all__:
        raise AttributeError(f"module 'bot' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME.get(name, "bot.answer")), name)
