"""The figures as one page of HTML that asks nothing of any other place."""

from collections.abc import Sequence
from html import escape
from typing import Any

from eval import measures, plots, tables
from eval.tables import Table
from eval.understanding import Judged

STYLE = """
body { font: 16px/1.5 sans-serif; color: #1a1a1a; max-width: 74rem; margin: 2rem auto; }
body { padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
caption, figcaption { text-align: left; max-width: 46rem; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }
th, td { padding: .25rem .75rem .25rem 0; }
figure { margin: 2rem 0; }
svg { max-width: 100%; height: auto; }
div { overflow-x: auto; }
""".strip()
POLICY = "default-src 'none'; style-src 'unsafe-inline'"

FIGURES = (
    "All kinds together. Shares have Wilson's interval; the others one from a bootstrap that draws "
    "whole conversations, for the calibration error a little too high. Answerable: the expected "
    'outcome is "answered". What confidence tells is taken from confidence alone, on the questions '
    "that were searched; whether the chatbot answered also hangs on its screen and on its gate."
)
KINDS = (
    "By kind, with Wilson's interval. The right sentence is judged by the one that the quote "
    "answers with, on the questions that have evidence."
)
CONFUSION = "Questions by the outcome that is expected (rows) and the one that was given (columns)."
RISK_COVERAGE = (
    "At each threshold: how many of the unanswerable questions would be answered, and how many of "
    "the answerable."
)
RELIABILITY = (
    "In ten bins of confidence of equal width, how often the best quote is right. The "
    "numbers are questions. What nothing answers, and what got no quote, counts as not right."
)
MISSES = "Golden questions with another outcome than expected, or with another sentence first."


def understanding_page(
    judged: Sequence[Judged], typed: Sequence[Judged], split: str, manifest: dict[str, Any]
) -> str:
    """The whole page. `manifest`: of the build that answered."""
    scores, answerable = tables.gate_columns(judged)
    calibrated, right = tables.calibration_columns(judged)
    bins = measures.reliability(calibrated, right)
    head = manifest["head"]
    risk_coverage = plots.risk_coverage_plot(
        measures.risk_coverage(scores, answerable),
        head.get("risk_coverage", ()),
        tables.operating_point(judged),
    )
    searched = (
        f"{RISK_COVERAGE} Line: golden questions by confidence, n = {int(answerable.sum())} "
        f"answerable and {int((~answerable).sum())} not. Dots: the phrasings that the build was "
        f"fitted on, each read by a head that has not seen it, by the chance that any passage "
        f"answers, n = {_counts(head)}. Diamond: what the chatbot answered of all {len(judged)}."
    )
    misses = tables.misses_table(judged)
    parts = (
        "<h1>How well questions are understood</h1>",
        f"<p>{len(judged)} golden questions, split <em>{escape(split)}</em>; index "
        f"<code>{escape(manifest['inputs'])}</code>.</p>",
        "<h2>Figures</h2>",
        _table(tables.figures_table(judged, typed), FIGURES),
        "<h2>Kinds</h2>",
        _table(tables.kinds_table(judged), KINDS),
        "<h2>Outcomes</h2>",
        _table(tables.confusion_table(judged), f"{CONFUSION} n = {len(judged)}."),
        "<h2>Risk and coverage</h2>",
        _plot("risk-coverage", risk_coverage, searched),
        "<h2>Reliability</h2>",
        _plot("reliability", plots.reliability_plot(bins), f"{RELIABILITY} n = {len(right)}."),
        _table(tables.bins_table(bins), "The same in numbers."),
        "<h2>Misses</h2>",
        _table(misses, f"{MISSES} n = {len(misses.rows)} of {len(judged)}."),
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>How well questions are understood</title>\n"
        f"<style>\n{STYLE}\n</style>\n</head>\n<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def _counts(head: dict[str, Any]) -> str:
    if "phrasings" not in head:
        return "0"
    return f"{head['answerable']} answerable and {head['phrasings'] - head['answerable']} not"


def _table(table: Table, caption: str) -> str:
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in table.heads)
    rows = "\n".join(
        f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in row)}</tr>" for row in table.rows
    )
    return (
        f"<div><table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _plot(name: str, drawing: str, caption: str) -> str:
    return f'<figure>\n<figcaption id="{name}">{escape(caption)}</figcaption>\n{drawing}\n</figure>'
