"""The page made of an answer: every part of it is there, and nothing of it becomes markup."""

import re
from datetime import date

import pytest

from bot import Answer, Chatbot, Quote, ShownReference, Statement
from bot.answer import Notice, Turn
from bot.helplines import load_helplines
from bot.page_routes import HELPLINES
from bot.page_views import Views
from bot.render import own_text, render
from corpus import Corpus, load_glossary
from settings import ROOT, Settings

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
def test_a_hostile_answer_is_shown_as_text(kind: str, chatbot: Chatbot, corpus: Corpus) -> None:
    views, answer = Views(chatbot.wording), hostile(chatbot)
    html = (
        views.turn(answer, {})
        if kind == "turn"
        else views.appointment([answer], {}, corpus, date.today())
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
        text = path.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"\beval\(|new Function|https?://|@import|url\(", text), path


def test_common_words_are_explained_in_the_article_and_not_in_our_lines(
    chatbot: Chatbot, corpus: Corpus
) -> None:
    views = Views(chatbot.wording, load_glossary(Settings().corpus / "glossary.toml"))
    html = views.turn(chatbot.ask("what are cancer stem cells?"), chatbot.written_from())
    assert set(re.findall(r'data-term="([^"]+)"', html)).isdisjoint({"cancer", "cell"})
    article = views.text(corpus.document("article"), corpus)
    assert {"cancer", "cell"} <= set(re.findall(r'data-term="([^"]+)"', article))


def test_the_page_to_take_along_says_what_it_is_and_names_the_article(
    chatbot: Chatbot, corpus: Corpus
) -> None:
    answer = chatbot.ask("what is a local recurrence?")
    html = Views(chatbot.wording).appointment([answer], {}, corpus, date.today())
    assert chatbot.wording("page.testing") in html
    assert "Cancer recurrence: What do we know? By Thomas Broom" in html


def test_the_question_is_the_heading_of_its_turn(chatbot: Chatbot) -> None:
    for question in ("what is a local recurrence?", "why " * 300):
        html = Views(chatbot.wording).turn(chatbot.ask(question), {})
        (heading,) = re.findall(r"<h2[^>]*>(.*?)</h2>", html)
        assert question.startswith(heading.removesuffix(" …").strip())


def test_the_reminder_is_short_on_the_page_and_whole_in_the_answer(chatbot: Chatbot) -> None:
    urgent = chatbot.ask("mum cant breathe and has chest pain")
    turns = [Turn(question=urgent.question, answer=urgent)]
    answer = chatbot.ask("what is a local recurrence?", turns)
    whole = chatbot.wording("notices.earlier_urgent")
    assert whole in answer.reply
    views = Views(chatbot.wording, (), load_helplines(HELPLINES))
    html = views.turn(answer, chatbot.written_from())
    assert whole not in html
    assert chatbot.wording("page.reminder") in html
    assert 'href="tel:999"' in html
    assert 'data-do="helplines"' in html
