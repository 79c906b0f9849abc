"""A small sheet of every question kind, so that tests do not hang on one chapter's wording."""

import pytest

from playbook.framework import load_framework
from playbook.model import Choice, Condition, Question, Section, Sheet, Table

COLOURS = (Choice(id="red", label="Red"), Choice(id="green", label="Green"))


@pytest.fixture(scope="session")
def framework():
    return load_framework()


@pytest.fixture(scope="session")
def words(framework):
    return framework.words


@pytest.fixture(scope="session")
def small_sheet():
    return Sheet(
        id="small",
        version=1,
        title="Small",
        headline="A small sheet?",
        intro="For tests.",
        minutes=1,
        notebook="99_small.ipynb",
        verdict_texts={"fail": "Stops", "warn": "Careful", "unknown": "Open", "pass": "Holds"},
        tables=(
            Table(id="options", title="Options", row_name="option", label="name", candidates=True),
            Table(id="steps", title="Steps", row_name="step", label="step", max_rows=3),
            Table(
                id="guesses",
                title="Guesses",
                row_name="guess",
                label="guess",
                seal="sealed_on",
                opened="opened_on",
                after_seal=("opened_on", "happened"),
            ),
        ),
        sections=(
            Section(
                id="each",
                title="Each option",
                table="options",
                questions=(
                    Question(id="name", kind="text", text="What is it?"),
                    Question(id="ready", kind="answer", text="Is it ready?", short="Ready"),
                    Question(
                        id="colour",
                        kind="one",
                        text="Which colour?",
                        choices=COLOURS,
                        ask_if=(Condition(question="ready", any_of=("yes", "partly")),),
                    ),
                    Question(
                        id="shade",
                        kind="text",
                        text="Which shade of red?",
                        optional=True,
                        ask_if=(Condition(question="colour", any_of=("red",)),),
                    ),
                ),
            ),
            Section(
                id="list",
                title="Steps",
                table="steps",
                questions=(
                    Question(id="step", kind="text", text="Step"),
                    Question(id="likes", kind="many", text="Likes", choices=COLOURS),
                    Question(id="when", kind="date", text="When?"),
                ),
            ),
            Section(
                id="guess",
                title="Guesses",
                table="guesses",
                questions=(
                    Question(id="guess", kind="text", text="What do you expect?"),
                    Question(id="change", kind="number", text="By how much?", unit="%"),
                    Question(id="sealed_on", kind="date", text="Sealed on"),
                    Question(id="opened_on", kind="date", text="Opened on"),
                    Question(id="happened", kind="text", text="What happened?"),
                ),
            ),
            Section(
                id="end",
                title="End",
                questions=(
                    Question(id="pick", kind="row", text="Which one?", table="options"),
                    Question(id="remarks", kind="long_text", text="Remarks", max_length=20),
                ),
            ),
        ),
        chosen="pick",
    )
