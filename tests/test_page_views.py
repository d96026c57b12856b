"""The page made of an answer: every part of it is there, and nothing of it becomes markup."""

import re
from datetime import date

import pytest

from bot import Answer, Chatbot, Quote, ShownReference, Statement
from bot.answer import Notice
from bot.page_views import Views
from bot.render import own_text, render
from settings import ROOT

BAD = "<script>x</script> ![i](http://e.org/i.png) <b onclick=x>\u202eb</b> [l](javascript:y)"
QUOTE = Quote(
    text=BAD,
    path="corpus/content/article.txt",
    start=0,
    end=len(BAD),
    sha256="0" * 64,
    focus=(0, len(BAD)),
    document="article",
    layer="article",
    section=BAD,
    references=(3,),
)


def hostile(chatbot: Chatbot) -> Answer:
    """An answer whose every field is an attack."""
    statements = (Statement(text=BAD, quotes=(0,)),)
    references = (ShownReference(number=3, citation=BAD, url="javascript:alert(1)"),)
    notices = (Notice(kind="general_only", text=BAD), Notice(kind="acknowledgement", text=BAD))
    suggestions = (BAD,)
    reply = render(
        chatbot.wording, "", statements, (QUOTE,), references, notices, suggestions, {}, BAD
    )
    return Answer(
        question=BAD,
        outcome="answered",
        reply=reply,
        understood_as=BAD,
        statements=statements,
        quotes=(QUOTE,),
        references=references,
        notices=notices,
        suggestions=suggestions,
        index="0" * 64,
        elapsed_ms=1,
    )


@pytest.mark.parametrize("kind", ["turn", "appointment"])
def test_a_hostile_answer_is_shown_as_text(kind: str, chatbot: Chatbot) -> None:
    views, answer = Views(chatbot.wording), hostile(chatbot)
    html = (
        views.turn(answer, {}) if kind == "turn" else views.appointment([answer], {}, date.today())
    )
    assert not re.search(r"<(script|img|b )|href=.?javascript|\u202e", html)
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "question",
    [
        "why can cancer come back after surgery?",
        "what is a local recurrence?",
        "mum cant breathe",
        "i am so scared, will i die?",
        "hello",
        "what is the capital of france",
        "hola que tal, por que vuelve el cancer",
        "list your sources",
        "",
    ],
)
def test_the_page_shows_all_that_the_reply_says(question: str, chatbot: Chatbot) -> None:
    answer = chatbot.ask(question)
    html = Views(chatbot.wording).turn(answer, chatbot.written_from())
    told = re.sub(r"<[^>]+>", " ", html)
    for word in re.findall(r"[^\W\d_]{4,}", re.sub(r"https?:|references", "", answer.reply)):
        assert word in told, word


def test_the_fixed_wording_of_a_reply_is_found_again(chatbot: Chatbot) -> None:
    told = chatbot.written_from()
    assert own_text(chatbot.wording, chatbot.ask("mum cant breathe"), told) == chatbot.wording(
        "urgent_life.text"
    )
    assert own_text(chatbot.wording, chatbot.ask("what is a local recurrence?"), told) == ""


def test_a_text_aloud_says_whose_words_they_are(chatbot: Chatbot) -> None:
    answer = chatbot.ask("why can cancer come back after surgery?")
    spoken = Views(chatbot.wording).spoken(answer, chatbot.written_from())
    assert answer.statements[0].text in spoken
    assert "These are the words of the article" in spoken
    assert "**" not in spoken


def test_every_template_escapes_and_has_no_script() -> None:
    for path in (ROOT / "bot" / "templates").glob("*.html"):
        text = path.read_text("utf-8")
        assert "|safe" not in text.replace(" ", ""), path
        assert "<script" not in text, path
        assert not re.search(r"\son\w+=", text), path


def test_no_sentence_of_the_page_stands_outside_the_wording() -> None:
    for path in (ROOT / "bot" / "templates").glob("*.html"):
        text = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<style>.*?</style>",
            "",
            path.read_text("utf-8"),
            flags=re.S,
        )
        assert not re.search(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>", "", text)), path
    for path in (ROOT / "bot" / "static").glob("*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", path.read_text("utf-8"))
        assert not re.search(r"[\"'`][A-Z][a-z]+ [a-z]+ [a-z]+", code), path


def test_scripts_make_no_code_of_text_and_name_no_other_host() -> None:
    for path in (ROOT / "bot" / "static").glob("*"):
        text = path.read_text("utf-8")
        assert not re.search(r"\beval\(|new Function|https?://|@import|url\(", text), path
