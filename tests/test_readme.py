"""The README is true: its example is what the chatbot says, its commands are there."""

import re
import subprocess

from bot import Chatbot
from settings import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_the_example_is_what_it_says(chatbot: Chatbot) -> None:
    question = re.search(r'\$ make ask Q="(.*)"', README)
    assert question
    reply = chatbot.ask(question[1]).reply
    shown = "\n".join(f"    {line}" if line else "" for line in reply.splitlines())
    assert shown in README


def test_the_python_example_is_right(chatbot: Chatbot) -> None:
    assert chatbot.ask("what are cancer stem cells?").quotes[0].references == (4, 5, 6)
    assert ".quotes[0].references   # (4, 5, 6)" in README


def test_every_command_of_the_makefile_is_there() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for command in re.findall(r"(?:`|^    )make (\w+)", README, re.MULTILINE):
        assert f"make {command} " in told.stdout


def test_a_question_reaches_the_program_untouched() -> None:
    # `make -n` would expand nothing; so a recipe of ours prints what it is given.
    script = 'include Makefile\nshow:\n\t@printf "%s" "$$Q"\n'
    question = 'it\'s "back"? $HOME $(shell echo x) `id` \\ #1'
    told = subprocess.run(
        ["make", "-s", "-f", "-", "show", f"Q={question}"],
        cwd=ROOT,
        input=script,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == question
