"""The chatbot as a LangChain Runnable, for use in other LangChain programs."""

from collections.abc import Sequence
from typing import TypedDict

from langchain_core.runnables import Runnable, RunnableLambda

from bot.answer import Answer, Turn
from bot.chatbot import Chatbot


class Asked(TypedDict, total=False):
    """What the chain takes: the question, and the earlier turns if there are any."""

    question: str
    turns: Sequence[Turn]


def answer_chain(chatbot: Chatbot) -> Runnable[Asked, Answer]:
    """A Runnable that answers: `answer_chain(chatbot).invoke({"question": "..."})`."""

    def answer(asked: Asked) -> Answer:
        return chatbot.ask(asked["question"], asked.get("turns", ()))

    return RunnableLambda(answer, name="answer")
