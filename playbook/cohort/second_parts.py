"""The second part of a vote in a case: how sure people are, and what would change their mind.

Nobody has to answer it. It is a vote of its own beside the one that it belongs to, opened, closed
and shown with it: so each part is under the rule of five by itself, and what would change people's
minds comes to the tray as any text does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playbook.cases.steps import CERTAIN
from playbook.cohort.polls import SECOND_PARTS, Poll
from playbook.model import Question
from playbook.model.content import Choice
from playbook.model.programme import PhaseKind, Step
from playbook.model.wording import Words

LENGTH = 240


def questions(step: Step, words: Words) -> Iterator[tuple[str, Question]]:
    """What a step asks beside its vote: (form, question)."""
    if step.how_sure:
        labels = (Choice(id=it, label=words.text(f"cases.certain.{it}")) for it in CERTAIN)
        text = words.text("cases.certain.text")
        yield "certain", Question(id="certain", kind="scale", text=text, choices=tuple(labels))
    if step.change_mind:
        text = words.text("cases.ask.change_mind")
        yield "mind", Question(id="mind", kind="text", text=text, max_length=LENGTH)


def asked_in(step: Step) -> PhaseKind:
    """The kind of phase that asks it: of the step's vote, else its range, else its decision."""
    if step.question:
        return "vote"
    return "ranges" if step.range else "decisions"


def parts(every: Sequence[Poll], poll: Poll) -> list[Poll]:
    """The second part of a vote, among the votes in the order they were asked; of one that is asked
    again after the talk, that of the first."""
    first = poll.before or poll.id
    place = next((at for at, it in enumerate(every) if it.id == first), len(every))
    found: list[Poll] = []
    for it in every[place + 1 :]:
        if it.form not in SECOND_PARTS or it.step != poll.step:
            break
        found.append(it)
    return found
