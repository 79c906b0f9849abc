"""How answers stand in the content's own sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from playbook.report.brief.brief import Run


def in_sentence(answer: str, before: Sequence[Run], articles: Collection[str]) -> str:
    """The answer as it follows `before`: in the middle of a sentence "The north depot" begins with
    a small letter, as a name does not."""
    text = before[-1].text if before else ""
    first, gap, _ = answer.partition(" ")
    in_the_middle = text.endswith(" ") and text.rstrip()[-1:].isalnum()
    return answer[0].lower() + answer[1:] if gap and in_the_middle and first in articles else answer


def append(runs: list[Run], literal: str, strong: bool) -> None:
    """Add the content's own text: an answer that ended its sentence isn't ended twice."""
    if runs and literal[:1] in tuple(".,:;") and literal:
        last = runs[-1].text
        if last.endswith("."):
            runs[-1] = replace(runs[-1], text=last[:-1])
        elif last[-1:] in ("!", "?", "…"):
            literal = literal[1:]
    if literal:
        runs.append(Run(literal, strong))


def joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one weight as one run."""
    all_runs: list[Run] = []
    for run in runs:
        if all_runs and all_runs[-1].strong == run.strong:
            all_runs[-1] = Run(all_runs[-1].text + run.text, run.strong)
        else:
            all_runs.append(run)
    return tuple(all_runs)
