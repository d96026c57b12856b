"""`python -m eval understanding | bench`: judges and measures."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from corpus import CorpusError, load_corpus
from index import UnusableIndex, current_manifest, known_vectors
from settings import Settings, SettingsError


def main() -> int:
    """Runs one command; returns the exit code: 0 done, 2 could not."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(required=True)
    understanding = commands.add_parser("understanding", help="golden questions, by kind")
    understanding.add_argument("--split", choices=("dev", "test"), default="dev")
    understanding.add_argument("--misses", action="store_true", help="print each miss as well")
    understanding.add_argument("--out", type=Path, help="write a page with plots to this file")
    understanding.set_defaults(run=_understanding)
    bench = commands.add_parser("bench", help="time and memory of one question, paired")
    bench.add_argument("--peer", type=Path, required=True, help="the peer's script")
    bench.add_argument("--peer-python", required=True, help="a Python that has what it needs")
    bench.add_argument("--rounds", type=int, default=10)
    bench.set_defaults(run=_bench)
    mutations = commands.add_parser("mutations", help="edited quotes, and what the proof accepts")
    mutations.add_argument("--checker", help="another checker, as module:callable")
    mutations.set_defaults(run=_mutations)
    variants = commands.add_parser("variants", help="golden questions said otherwise")
    variants.add_argument("--changes", action="store_true", help="print each change as well")
    variants.set_defaults(run=_variants)
    told = parser.parse_args()
    try:
        told.run(told)
    except (CorpusError, SettingsError, UnusableIndex, OSError, ValueError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _understanding(told: argparse.Namespace) -> None:
    from tqdm import tqdm

    from bot import Chatbot
    from eval.golden import GOLDEN, load_golden
    from eval.tables import figures_table, kinds_table
    from eval.understanding import judge, mistyped

    settings = Settings.from_environment(os.environ)
    corpus = load_corpus(settings.corpus, settings.sources)
    golden = load_golden(GOLDEN / told.split, corpus, known_vectors(settings))
    chatbot = Chatbot.open(settings)
    manifest = current_manifest(settings)
    judged = [judge(chatbot, one, corpus) for one in tqdm(golden, delay=1)]
    typed = [judge(chatbot, one, corpus) for one in tqdm(mistyped(golden), delay=1)]
    print(kinds_table(judged).markdown(), figures_table(judged, typed).markdown(), sep="\n\n")
    if told.misses:
        for one in judged:
            if one.missed:
                print(
                    f"{one.golden.id}\t{one.golden.outcome} -> {one.outcome}\t{one.golden.question}"
                )
    if told.out:
        from eval.page import understanding_page

        page = understanding_page(judged, typed, told.split, manifest)
        told.out.write_text(page, encoding="utf-8")
        _say(f"written: {told.out}")


def _bench(told: argparse.Namespace) -> None:
    from eval.bench import compare, table

    print(table(compare(told.peer, told.peer_python, told.rounds, _say)))


def _mutations(told: argparse.Namespace) -> None:
    from eval.checkers import Proof, checker_named
    from eval.mutations import Mutant, judge, make_cases, results_table

    settings = Settings.from_environment(os.environ)
    cases = make_cases(load_corpus(settings.corpus), settings.root)
    proof = Proof(settings)
    checkers: dict[str, Callable[[Mutant], bool]] = {
        "Words that name sentences: found, copied, verified": proof.shows,
        "Words saved as they are: not a character may differ": proof.passes_saved,
    }
    if told.checker:
        checkers = {told.checker: checker_named(told.checker)}
    for name, checker in checkers.items():
        print(f"## {name}\n\n{results_table(judge(cases, checker)).markdown()}\n")


def _variants(told: argparse.Namespace) -> None:
    from tqdm import tqdm

    from bot import Chatbot
    from eval.golden import GOLDEN, load_golden
    from eval.understanding import judge
    from eval.variants import changes_table, compared, variants_table

    settings = Settings.from_environment(os.environ)
    corpus = load_corpus(settings.corpus, settings.sources)
    golden = load_golden(GOLDEN / "dev", corpus, known_vectors(settings))
    chatbot = Chatbot.open(settings)
    changed = [pair for one in tqdm(golden, delay=1) for pair in compared(chatbot, one)]
    negated = [judge(chatbot, one, corpus) for one in golden if one.kind == "negated"]
    print(variants_table(changed, negated).markdown())
    if told.changes:
        print("", changes_table(changed).markdown(), sep="\n")


def _say(step: str) -> None:
    print(step, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
