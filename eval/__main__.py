"""`python -m eval run | score | gate | compare | report | golden | mutations | variants | ...`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from corpus import CorpusError
from eval import commands, nurse_commands
from eval.golden import Kind, Split
from eval.runs import System
from eval.verdicts import STORE
from index import UnusableIndex
from settings import ROOT, SettingsError


def main() -> int:
    """Runs one command; returns the exit code: 0 done, 1 a bar is not cleared, 2 could not."""
    told = _parser().parse_args()
    try:
        return int(told.run(told))
    except (CorpusError, SettingsError, UnusableIndex, ValueError, RuntimeError) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # whoever read our figures has had enough
        sys.stdout = None
    except OSError as error:
        print(f"{error.filename or 'input'}: {error.strerror or error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nstopped; the same command with the same --out goes on", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    some = parser.add_subparsers(required=True)
    run = _command(some, "run", "ask golden questions and judge the answers", commands.run_command)
    run.add_argument("--system", choices=get_args(System), default="ours")
    run.add_argument("--split", choices=get_args(Split), default="dev")
    run.add_argument("--kind", choices=get_args(Kind), help="only questions of this kind")
    run.add_argument("--out", type=Path, help="the run's folder (default: a new one in var/runs)")
    run.add_argument("--url", help="ask the API at this address instead")
    score = _command(some, "score", "judge saved answers again", commands.score_command)
    gate = _command(some, "gate", "hold a run against the bars", commands.gate_command)
    report = _command(some, "report", "write a run's report", commands.report_command)
    for one in (score, gate, report):
        one.add_argument("run_folder", metavar="DIR", type=Path, help="the run's folder")
    report.add_argument("--against", metavar="B", type=Path, help="an earlier run to compare with")
    report.add_argument("--out", type=Path, help="the page (default: DIR/report.html)")
    compare = _command(some, "compare", "what changed between runs", commands.compare_command)
    compare.add_argument("before", metavar="A", type=Path)
    compare.add_argument("now", metavar="B", type=Path)
    card = _command(some, "card", "write docs/evaluation.md", commands.card_command)
    card.add_argument("runs", metavar="DIR", type=Path, nargs="+", help="runs, ours first")
    card.add_argument("--test", metavar="DIR", type=Path, help="a run of test, for a column")
    card.add_argument("--out", type=Path, default=ROOT / "docs" / "evaluation.md")
    golden = some.add_parser("golden", help="check or count the golden questions")
    of_golden = golden.add_subparsers(required=True)
    _command(of_golden, "check", "whether all can be used", commands.golden_check_command)
    _command(of_golden, "stats", "how many of each kind", commands.golden_stats_command)
    understanding = _command(
        some, "understanding", "ask, also with typing errors", commands.understanding_command
    )
    understanding.add_argument("--split", choices=get_args(Split), default="dev")
    understanding.add_argument("--misses", action="store_true", help="print each miss as well")
    understanding.add_argument("--out", type=Path, help="write a page with plots to this file")
    safety = _command(
        some, "safety", "try emergencies, distress, tricks and more", commands.safety_command
    )
    safety.add_argument("--split", choices=("dev", "judge"), default="dev")
    safety.add_argument("--misses", action="store_true", help="print each miss as well")
    _command(some, "safety-case", "print the hazard log", commands.safety_case_command)
    bench = _command(some, "bench", "time and memory, beside a peer", commands.bench_command)
    bench.add_argument("--peer", type=Path, required=True, help="the peer's script")
    bench.add_argument("--peer-python", required=True, help="a Python that has what it needs")
    bench.add_argument("--rounds", type=int, default=10)
    mutations = _command(
        some, "mutations", "edited quotes, and what the proof accepts", commands.mutations_command
    )
    mutations.add_argument("--checker", help="another checker, as module:callable")
    variants = _command(some, "variants", "questions said otherwise", commands.variants_command)
    variants.add_argument("--changes", action="store_true", help="print each change as well")
    _command(some, "removal", "questions whose passage is gone", commands.removal_command)
    _add_nurses_commands(some)
    return parser


def _add_nurses_commands(some: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sheet = _command(some, "sheet", "answers for nurses to judge", nurse_commands.sheet_command)
    sheet.add_argument("run_folder", metavar="RUN", type=Path, help="the run's folder")
    sheet.add_argument("--kind", choices=get_args(Kind), help="only questions of this kind")
    sheet.add_argument("--sample", type=int, metavar="N", help="only N of them, drawn by chance")
    sheet.add_argument("--out", type=Path, required=True, help="the folder for page and table")
    verdicts = some.add_parser("verdicts", help="what nurses judged")
    ways = verdicts.add_subparsers(required=True)
    add = _command(ways, "import", "check and add files sent back", nurse_commands.import_command)
    add.add_argument("files", metavar="FILE", type=Path, nargs="+")
    told = _command(ways, "report", "coverage, agreement, unsafe", nurse_commands.report_command)
    for one in (add, told):
        more = "a run that is not in var/runs (may be repeated)"
        one.add_argument("--run", dest="run_folders", type=Path, action="append", help=more)
        one.add_argument("--store", type=Path, default=STORE, help="the file verdicts are kept in")


def _command(
    some: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    what: str,
    does: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = some.add_parser(name, help=what)
    parser.set_defaults(run=does)
    return parser


if __name__ == "__main__":
    sys.exit(main())
