"""The report of a run is one page that needs nothing else."""

import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import pytest

from eval import plots, report_plots
from eval.bars import Bar, read_bars
from eval.bars import judge as judge_bars
from eval.comparison import compare
from eval.exposure import Exposure
from eval.figures import figures
from eval.report import Against, Report, report_page
from eval.scoring import Judged
from settings import ROOT
from tests.golden_questions import answered, judged, made, unanswered
from tests.test_runs import setup
from tests.verdicts_given import verdict

HOSTILE = '<script>alert("x")</script> & <img src="https://example.org/x">'
BARS = """
outcome_right = [
  { on = 2026-01-01, least = 0.9 },
  { on = 2026-02-01, least = 0.5, reason = "harder questions" },
]
"""


def rows(*right: bool) -> tuple[Judged, ...]:
    golden = [made(id=f"q{at}", question=f"{HOSTILE} {at}?") for at in range(len(right))]
    told = [
        answered(one, "Words." if good else "Else.", confidence=0.5 + at / 20)
        for at, (one, good) in enumerate(zip(golden, right, strict=True))
    ]
    declined = made(id="x", question="Rain?", kind="off_topic", outcome="not_covered", evidence=())
    return tuple(judged(one) for one in (*told, unanswered(declined, confidence=0.1)))


def report(against: bool) -> Report:
    now, before = rows(True, True, False, True), rows(True, False, True, True)
    bars: tuple[Bar, ...] = read_bars(BARS, "bars.toml")
    return Report(
        setup=setup(questions=5),
        judged=now,
        verdicts=judge_bars(bars, figures(now)),
        exposures=(Exposure("2026-01-01T00:00:00", "ours", None, None, None),),
        against=Against(setup(), compare(before, now)) if against else None,
    )


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


@pytest.fixture(scope="module")
def page() -> str:
    return report_page(report(against=True))


def test_the_same_report_gives_the_same_page(page: str) -> None:
    assert report_page(report(against=True)) == page


def test_a_page_stands_alone(page: str) -> None:
    seen = Outside()
    seen.feed(page)
    assert seen.asked == []
    assert len(seen.ids) == len(set(seen.ids))
    without = page.replace(escape(HOSTILE), "")
    assert not re.search(r"//|https?:|@import|url\((?!#)", without)
    assert str(ROOT) not in page
    assert page.count("<svg") == 7


def test_what_a_patient_wrote_is_text(page: str) -> None:
    assert escape(HOSTILE) in page
    assert HOSTILE not in page


@pytest.mark.parametrize(
    "words",
    [
        "AUROC",
        "Runs of the test split so far: 1, of our chatbot 1",
        "harder questions",
        "q1 (article): better",
        "q2 (article): worse",
        "Expected evidence",
        "The gate is open: all 1 bars are cleared.",
        "another sentence first: the best quote answers with: Else.",
        "share of the answers that is wrong",
    ],
)
def test_a_page_says(words: str, page: str) -> None:
    seen = Outside()
    seen.feed(page)
    assert words in "".join(seen.said)


def test_every_heading_is_linked_from_the_contents(page: str) -> None:
    links = re.findall(r'<li><a href="#(part-[a-z-]+)">', page)
    assert links == re.findall(r'<h2 id="(part-[a-z-]+)">', page)
    assert "part-what-changed" in links


def test_what_failed_is_bold_and_told_at_the_top() -> None:
    told = report(against=False)
    bars = read_bars("right_first = [{ on = 2026-01-01, least = 0.99 }]", "bars.toml")
    page = report_page(replace(told, verdicts=judge_bars(bars, figures(told.judged))))
    gate = '<p class="failed">The gate is shut: 1 of 1 bars failed (right_first).</p>'
    assert page.index(gate) < page.index("<nav")
    assert '<tr class="failed"><td>right sentence first</td>' in page
    assert 'class="failed"' not in report_page(told)


def test_the_most_harmful_misses_come_first_and_are_folded() -> None:
    urgent = made(id="u", kind="urgent", outcome="urgent", evidence=())
    refused = judged(unanswered(made(id="r", question="Why not?")))
    wrong = judged(answered(made(id="w"), "Else."))
    told = replace(report(against=False), judged=(wrong, refused, judged(unanswered(urgent))))
    page = report_page(told)
    assert re.findall(r"<summary>(\w+) ", page) == ["u", "r", "w"]


def test_a_reply_is_drawn_as_the_patient_saw_it() -> None:
    reply = f"A **line**.\n\n> Else.\n\n{HOSTILE} [x](https://example.org)"
    told = judged(answered(made(id="w"), "Else.", reply=reply))
    page = report_page(replace(report(against=False), judged=(told,)))
    assert "<p>A <strong>line</strong>.</p>\n<blockquote>" in page
    assert HOSTILE not in page
    assert "<a href=" not in page.partition("</nav>")[2]


def test_a_run_by_itself_is_compared_with_nothing() -> None:
    assert "What changed" not in report_page(report(against=False))


def test_the_diamond_counts_what_was_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, float] | None] = []

    def gate_plot(curve: object, now: tuple[float, float] | None) -> str:
        drawn.append(now)
        return ""

    monkeypatch.setattr(plots, "gate_plot", gate_plot)
    other = made(id="n", question="Snow?", kind="off_topic", outcome="not_covered", evidence=())
    told = rows(True, True)
    report_plots.confidence([*told, judged(answered(other, "Else.", confidence=0.3))])
    report_plots.confidence([*told, judged(answered(other, "Else."))])
    assert drawn == [(0.5, 1.0), (0.0, 1.0)]


def test_a_plot_is_the_same_every_time() -> None:
    drawn = [plots.gate_plot(((0, 0), (1, 1)), None) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert not re.search(r"https?:|<!|<\?|xmlns", drawn[0])


def test_what_nurses_judged_in_exactly_this_form_is_shown() -> None:
    told = report(against=False)
    assert "No nurse has judged any of these answers" in report_page(told)
    row = told.judged[0].row
    given = verdict(id="q0", answer=row.sha256, decision="needs change", reason="<b>Long")
    page = report_page(replace(told, nurses={row.sha256: (given,), "0" * 64: (given,)}))
    assert "Nurses have judged 1 of these 5 answers in exactly this form (nurses: 1;" in page
    assert "<td>N1</td><td>2026-01-02</td><td>needs change</td><td>&lt;b&gt;Long</td>" in page
