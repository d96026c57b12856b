"""Questions typed with errors are the same questions, judged beside the others."""

from eval.understanding import mistyped, typing_table
from tests.golden_questions import answered, judged, made


def test_only_a_question_by_itself_with_evidence_is_mistyped() -> None:
    alone = made(question="recurrence")
    after = made(id="b", history=("what are cscs",), kind="follow_up")
    unanswerable = made(id="c", outcome="not_covered", evidence=())
    (typed,) = mistyped([alone, after, unanswerable])
    assert typed.id == "a"
    assert typed.question != alone.question


def test_what_the_errors_cost_is_the_difference() -> None:
    golden = [made(id=id, question=f"What is {id}?") for id in "ab"]
    clean = [judged(answered(one, "Words.")) for one in golden]
    typed = [judged(answered(golden[0], "Words.")), judged(answered(golden[1], "Else."))]
    before, after, lost = typing_table(clean, typed).rows
    assert (before[1], after[1], lost[1]) == ("1.000", "0.500", "0.500")
    assert lost[3] == "2, 0 of them with a word of 6 or more letters"
