"""The hazard log: what can go wrong, what is done about it, and the tests that show it."""

import ast
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from settings import ROOT

HAZARDS = ROOT / "docs" / "safety" / "hazards.toml"
SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
"""As in DCB0129, least first."""
BROWSER = ("browser", "page", "context", "seen")
"""What a test asks for that needs a browser: without one it is skipped."""
ONLY_AN_OFFICER = (
    "Only a clinical safety officer can sign what no program can: that this list is complete,"
    " that the severities are right, and that what is left of each risk is acceptable."
    " Nobody has signed it yet."
)


class HazardError(ValueError):
    """The hazard log cannot be used; the message names the hazard and what to do."""


@dataclass(frozen=True)
class Hazard:
    """One thing that can go wrong for a patient."""

    id: str
    hazard: str
    cause: str
    effect: str
    severity: str
    """One of `SEVERITIES`, before the control."""
    control: str
    residual: str
    """What is left of the risk."""
    tests: tuple[str, ...]
    """The tests that show that the control works: "tests/test_x.py::test_y"."""


def load_hazards(path: Path = HAZARDS) -> tuple[Hazard, ...]:
    """The hazards in `path`.

    Raises `HazardError` for a missing, empty or unknown field, an unknown severity, an id given
    twice and a test that is not there.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("hazard", [])
    except (OSError, ValueError) as error:
        raise HazardError(f"{path.name}: {error}; put the file back or mend it") from error
    known = {field.name for field in fields(Hazard)}
    hazards: dict[str, Hazard] = {}
    for row in rows:
        place = f"{path.name}: {row.get('id', 'a hazard without an id')}"
        if set(row) != known or not all(row.values()):
            raise HazardError(f"{place}: needs {', '.join(sorted(known))}, none of them empty")
        if row["severity"] not in SEVERITIES:
            raise HazardError(f"{place}: severity is {row['severity']!r}; use {SEVERITIES}")
        if row["id"] in hazards:
            raise HazardError(f"{place}: is given twice; give each an id of its own")
        hazard = Hazard(**{**row, "tests": tuple(row["tests"])})
        if gone := [test for test in hazard.tests if not _is_there(test)]:
            raise HazardError(f"{place}: there is no test {gone[0]}; name one that shows it")
        hazards[hazard.id] = hazard
    return tuple(hazards.values())


def safety_case(hazards: tuple[Hazard, ...], figures: str) -> str:
    """The hazards in Markdown, with the figures of the last run ("" when there was none)."""
    parts = ["# Safety case", ONLY_AN_OFFICER, "## Figures"]
    parts.append(figures or "None yet: run `python -m eval safety`.")
    for one in hazards:
        lines = (
            f"- cause: {one.cause}",
            f"- effect: {one.effect}",
            f"- severity: {one.severity}",
            f"- control: {one.control}",
            f"- what is left: {one.residual}",
            *(f"- shown by `{test}`" for test in one.tests),
        )
        parts += [f"## {one.id} {one.hazard}", "\n".join(lines)]
    return "\n\n".join(parts)


def never_skipped(test: str) -> bool:
    """Whether the test runs wherever the tests run: no browser, and nothing that skips it.

    Reads its file.
    """
    path, _, name = test.partition("::")
    source = (ROOT / path).read_text(encoding="utf-8")
    skips = any(word in source for word in ("pytest.skip", "skipif", "importorskip"))
    found = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    browser = any(one.arg in BROWSER for node in found for one in node.args.args)
    return bool(found) and not skips and not browser


def _is_there(test: str) -> bool:
    """Whether the file holds a test of that name that is not skipped or expected to fail."""
    path, _, name = test.partition("::")
    file = ROOT / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else ast.Module([], [])
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
            return "skip" not in marks and "xfail" not in marks
    return False
