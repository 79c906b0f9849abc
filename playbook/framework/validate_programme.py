"""Whether a programme is sound: its sums, its sheets, and that each phase finds what it needs."""

from __future__ import annotations

from collections import Counter

from playbook.framework.framework import Framework
from playbook.model import ContentError
from playbook.model.programme import PhaseKind, Programme, Step, StepQuestion, asked_by
from playbook.model.vignettes import BEFORE, ROUNDS

_NEEDS: dict[PhaseKind, tuple[PhaseKind, ...]] = {
    "vote_again": ("vote",),
    "reveal": ("vote",),
    "matrix": ("decisions", "vote"),
    "held": ("ranges",),
}
"""One of which kind has to come before, in the same step."""
_OF_A_CASE: tuple[PhaseKind, ...] = ("tell", "exhibit", "facts")
_QUESTION_KEYS = ("form", "prompt", "question")


def check_programme(name: str, programme: Programme, framework: Framework) -> None:
    """ContentError that begins with the name of the file."""
    ids = Counter(step.id for step in programme.steps)
    twice = [one for one, count in ids.items() if count > 1]
    _check(name, not twice, f"the steps {twice} are there twice; give one another id.")
    for step in programme.steps:
        _check_step(f"{name}: the step {step.id!r}", step, framework)
    total = sum(step.minutes for step in programme.steps)
    told = f"its steps take {total} minutes, and minutes says {programme.minutes}; make them one."
    _check(name, total == programme.minutes, told)
    rounds = [it.form for step in programme.steps for it in asked_by(step) if it.form in ROUNDS]
    told = f"asks for situations as {rounds}; ask {[*ROUNDS]} once each in this order, or not."
    _check(name, rounds in ([], [*ROUNDS]), told)
    orders = [step.cut.order for step in programme.cuts if step.cut]
    whole = list(range(1, len(orders) + 1))
    _check(name, orders == whole, f"its cuts have the orders {orders}; number them {whole}.")
    places = [n for n, step in enumerate(programme.steps) if step.id in programme.cases_for]
    told = f"cases_for names {[*programme.cases_for]}; name steps that stand together."
    together = places == list(range(places[0], places[0] + len(places))) if places else True
    _check(name, together and len(places) == len(programme.cases_for), told)


def _check_step(where: str, step: Step, framework: Framework) -> None:
    total = sum(phase.minutes for phase in step.phases)
    told = f"its phases take {total} minutes, and minutes says {step.minutes}; make them one."
    _check(where, total == step.minutes, told)
    if step.cut:
        told = f"its cut saves {step.cut.saves} minutes of {step.minutes}; it saves all of them."
        _check(where, step.cut.saves == step.minutes, told)
    told = f"names the sheet {step.sheet!r}, which does not exist; correct or add it."
    _check(where, not step.sheet or step.sheet in framework.sheets, told)
    for asked in asked_by(step):
        _check_question(where, step, asked, framework)
    first = step.question is not None and step.question.form == BEFORE
    told = "shows situations after their first round; the reasons come with the second one."
    _check(where, not first or all(it.do != "reveal" for it in step.phases), told)
    met: set[PhaseKind] = set()
    for phase in step.phases:
        needed = _NEEDS.get(phase.do, ())
        told = f"has the phase {phase.do!r} without {' or '.join(needed)!r} before it; add one."
        _check(where, not needed or bool(met & {*needed}), told)
        asks = {"vote": step.question, "decisions": step.decision, "ranges": step.range}
        has = asks.get(phase.do, step) is not None
        _check(where, has, f"has the phase {phase.do!r} and no question for it.")
        told = f"has the phase {phase.do!r}, which only the steps of a case have; name the case."
        _check(where, phase.do not in _OF_A_CASE or bool(step.tells), told)
        met.add(phase.do)


def _check_question(where: str, step: Step, asked: StepQuestion, framework: Framework) -> None:
    given = [key for key in _QUESTION_KEYS if getattr(asked, key)]
    if asked.prompt and asked.form:
        given.remove("form")
    told = f"asks by {given or 'nothing'}; give one of {', '.join(_QUESTION_KEYS)}."
    _check(where, len(given) == 1, told)
    if asked.form and not asked.prompt:
        return
    sheet_id = asked.sheet or step.sheet
    _check(where, bool(sheet_id), "asks something of a sheet and names none; add sheet.")
    sheet = framework.sheets[sheet_id]
    if asked.prompt:
        known = [prompt.id for prompt in sheet.prompts]
        told = f"names the prompt {asked.prompt!r}; {sheet_id} has {known}."
        _check(where, asked.prompt in known, told)
        return
    table, _, question = asked.question.rpartition("/")
    known = [it.id for it in sheet.questions(table or None)]
    told = f"names the question {asked.question!r}; correct it."
    _check(where, question in known, told)


def _check(where: str, good: bool, problem: str) -> None:
    if not good:
        raise ContentError(
            f"{where}: {problem}" if where.endswith(".toml") else f"{where} {problem}"
        )
