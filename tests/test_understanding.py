"""Judged questions as tables and as a page."""

import re
from html import escape
from html.parser import HTMLParser

import pytest

from bot import Chatbot
from corpus import load_corpus
from eval import plots, tables
from eval.golden import GOLDEN, load_golden
from eval.page import understanding_page
from eval.understanding import Judged, judge, mistyped
from index import current_manifest, known_vectors
from settings import ROOT, Settings
from tests.golden_questions import made


def judged(
    id: str, expected: str, given: str, confidence: float | None, first: bool | None = None
) -> Judged:
    evidence = ("Words.",) if expected == "answered" else ()
    golden = made(id=id, question=f"Question {id}?", outcome=expected, evidence=evidence)
    sentences = 2 if given == "answered" else None
    return Judged(golden, given, expected == given, first, first, confidence, sentences)


JUDGED = (
    judged("a", "answered", "answered", 0.95, True),
    judged("b", "answered", "answered", 0.85, False),
    judged("c", "answered", "not_covered", 0.25, False),
    judged("d", "not_covered", "not_covered", 0.15),
    judged("e", "not_covered", "answered", 0.55),
    judged("f", "urgent", "urgent", None),
)
TYPED = (
    judged("a", "answered", "answered", 0.9, False),
    judged("b", "answered", "answered", 0.9, False),
)


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("right sentence first", "0.333", "3"),
        ("answerable questions that are answered", "0.667", "3"),
        ("unanswerable ones that are declined", "0.667", "3"),
        (
            "AUROC of confidence, answerable against unanswerable",
            "0.833",  # of six pairs only c and e stand the wrong way round
            "3 answerable, 2 not; never searched: 0 and 1",
        ),
        (
            "answerable ones above the confidence that declines 95 % of the others",
            "0.667",
            "3 answerable, 2 not; never searched: 0 and 1",
        ),
        # Each in a bin of its own: (0.05 + 0.85 + 0.25 + 0.15 + 0.55) / 5.
        ("expected calibration error of confidence", "0.370", "5"),
        ("quoted sentences an answer", "2.000", "3"),
        (
            "right sentence first, typed without errors",
            "0.500",
            "2, 0 of them with a word of 6 or more letters",
        ),
        (
            "the same, an error in each long word",
            "0.000",
            "2, 0 of them with a word of 6 or more letters",
        ),
        ("lost by the errors", "0.500", "2, 0 of them with a word of 6 or more letters"),
    ],
)
def test_the_figures_are_those_worked_out_by_hand(name: str, value: str, n: str) -> None:
    row = next(row for row in tables.figures_table(JUDGED, TYPED).rows if row[0] == name)
    assert (row[1], row[3]) == (value, n)


def test_the_figures_are_the_same_every_time() -> None:
    assert tables.figures_table(JUDGED, TYPED) == tables.figures_table(JUDGED, TYPED)


def test_what_does_not_apply_is_a_dash() -> None:
    rows = {row[0]: row for row in tables.figures_table(JUDGED[5:], ()).rows}
    assert rows["right sentence first"][1:] == ("-", "-", "0")
    assert rows["AUROC of confidence, answerable against unanswerable"][1:3] == ("-", "-")
    assert tables.kinds_table(JUDGED[5:]).rows[0][3:] == ("-", "-")
    assert tables.operating_point(JUDGED[5:]) is None


def test_the_confusion_table_counts_expected_by_given() -> None:
    table = tables.confusion_table(JUDGED)
    assert table.heads == ("expected", "answered", "not_covered", "urgent", "n")
    assert table.rows == (
        ("answered", "2", "1", "0", "3"),
        ("not_covered", "1", "1", "0", "2"),
        ("urgent", "0", "0", "1", "1"),
    )


def test_misses_are_wrong_outcomes_and_wrong_sentences() -> None:
    assert [row[0] for row in tables.misses_table(JUDGED).rows] == ["b", "c", "e"]


def test_a_table_in_markdown() -> None:
    assert tables.Table(("a", "b"), (("1", "2"),)).markdown() == "| a | b |\n|---|---|\n| 1 | 2 |"


def test_questions_of_one_conversation_belong_together() -> None:
    opening = made(question="What are CSCs?")
    going_on = made(id="b", history=("what are cscs",), question="why?", kind="follow_up")
    one, other = (
        Judged(golden, "answered", True, True, True, 0.9, 1) for golden in (opening, going_on)
    )
    assert one.conversation == other.conversation
    assert [golden.id for golden in mistyped([opening, going_on])] == ["a"]


def test_a_plot_is_the_same_every_time() -> None:
    drawn = [plots.risk_coverage_plot(((0, 0), (1, 1)), [(0.1, 0.5)], None) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert not re.search(r"https?:|<!|<\?|xmlns", drawn[0])


class Outside(HTMLParser):
    """Collects the text, and every attribute that could make a browser ask another place."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str | None]] = []
        self.ids: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name in ("src", "href", "xlink:href", "srcset", "action", "data"):
                self.asked += [] if value and value.startswith("#") else [(tag, value)]
        if tag in ("script", "link", "iframe", "object", "embed", "img", "base"):
            self.asked.append((tag, None))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_a_page_stands_alone(chatbot: Chatbot, settings: Settings) -> None:
    corpus = load_corpus(settings.corpus, settings.sources)
    golden = load_golden(GOLDEN / "dev", corpus, known_vectors(settings))[::40]
    hostile = '<script>alert("x")</script> & <img src="https://example.org/x">'
    # Expected to be answered, it is a miss, and so shown.
    strange = made(question=hostile, kind="adversarial", evidence=golden[1].evidence)
    answered = [judge(chatbot, one, corpus) for one in (*golden, strange)]
    typed = [judge(chatbot, one, corpus) for one in mistyped(golden)]
    page, again = (
        understanding_page(answered, typed, "dev", current_manifest(settings)) for _ in range(2)
    )
    assert page == again
    assert escape(hostile) in page
    assert hostile not in page
    seen = Outside()
    seen.feed(page)
    assert seen.asked == []
    assert len(seen.ids) == len(set(seen.ids))
    without = page.replace(escape(hostile), "")
    assert not re.search(r"//|https?:|@import|url\((?!#)", without)
    assert str(ROOT) not in page
    assert page.count("<svg") == 2
    said = "".join(seen.said)
    for words in ("AUROC", "Questions by the outcome", "share of the answerable answered", hostile):
        assert words in said
