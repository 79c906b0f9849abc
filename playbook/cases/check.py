"""Whether a case is honest and playable: sources, marks, references, minutes, and no spoiler.

Each check raises ContentError that begins with "<id>/case.toml" and says what to do.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from playbook.cases.routes import stops, total
from playbook.framework import Framework
from playbook.model.case import SURE_OF, Asked, CaseFact, CaseStep, CaseStudy, Exhibit, Route
from playbook.model.errors import ContentError

ROUTES = {"full": {20, 40, 80}, "middle": {20}, "spark": {5}}
"""The minutes of the routes that a case of each size has."""
REPLIES = {"full": 4, "middle": 2, "spark": 1}
"""How many replies a step needs: a trainer has to be ready for what people say."""
COLUMNS = ("series", "unit", "year", "value", "fact")
"""Of an exhibit's csv: one point a line, so that it opens as a tidy frame."""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def check_case(case: CaseStudy, folder: Path, framework: Framework) -> None:
    """All checks of a case whose csv files are in `folder`."""
    problem = next(_problems(case, folder, framework), None)
    if problem:
        raise ContentError(f"{folder.name}/case.toml: {problem}")


def _problems(case: CaseStudy, folder: Path, framework: Framework) -> Iterator[str]:
    if case.id != folder.name:
        yield f"its id is {case.id!r}, its folder {folder.name!r}; give both the same name."
    yield from _references(case, framework)
    for fact in case.facts:
        yield from _fact(fact, case, framework)
    for step in case.steps:
        yield from _step(step, case, framework)
        yield from _figures(step, case)
    yield from _spoilers(case)
    yield from _routes(case)
    for exhibit in case.exhibits:
        yield from _exhibit(exhibit, case, folder)


# --------------------------------------------------------------------------- what is named


def _references(case: CaseStudy, framework: Framework) -> Iterator[str]:
    for what, ids in (
        ("fact", [fact.id for fact in case.facts]),
        ("step", [step.id for step in case.steps]),
        ("exhibit", [exhibit.id for exhibit in case.exhibits]),
    ):
        yield from (f"the {what} {it!r} is there twice; give one another id." for it in _twice(ids))
    if case.document not in framework.sources:
        yield f"document names the source {case.document!r}, which does not exist; correct it."
    rows = {*case.rows, *(row for step in case.steps for row in step.rows)}
    yield from (
        f"the row {row} is not in the catalogue; correct it."
        for row in sorted(rows - framework.rows.keys())
    )
    facts = {fact.id for fact in case.facts}
    for where, named in _named(case):
        if named not in facts:
            yield f"{where} names the fact {named!r}, which does not exist; correct or add it."
    exhibits = {exhibit.id for exhibit in case.exhibits}
    for step in case.steps:
        for named in set(step.exhibits) - exhibits:
            yield f"step {step.id} names the exhibit {named!r}, which isn't there; add it."
    sheet = framework.sheets.get(case.carry.sheet)
    if sheet and not sheet.asked_of(case.carry.question):
        yield (
            f"carry leads to {case.carry.sheet}.{case.carry.question}, which that sheet doesn't "
            "ask; name one of its questions."
        )


def _named(case: CaseStudy) -> Iterator[tuple[str, str]]:
    for fact in case.facts:
        yield from ((f"fact {fact.id}", other) for other in fact.worked_out_from)
    for step in case.steps:
        where = f"step {step.id}"
        yield from ((where, fact) for fact in (*step.known, *step.reveal))
        yield from ((where, fact) for position in step.positions for fact in position.evidence)
        yield from ((where, asked.fact) for asked in step.asks if asked.fact)


def _twice(ids: Iterable[str]) -> list[str]:
    return [it for it, times in Counter(ids).items() if times > 1]


# --------------------------------------------------------------------------- facts


def _fact(fact: CaseFact, case: CaseStudy, framework: Framework) -> Iterator[str]:
    where = f"fact {fact.id}"
    if fact.sure not in SURE_OF[fact.column]:
        yield (
            f"{where} stands under {fact.column!r} and is called {fact.sure!r}; there it can be "
            f"{' or '.join(SURE_OF[fact.column])}."
        )
    source = framework.sources.get(case.document)
    if fact.column == "documents" and source and fact.locator not in source.locators:
        yield f"{where} is what the document says; name the place in it with a locator."
    if fact.column == "public" and not fact.places:
        yield f"{where} is called a public fact; add the place where it can be read."
    if fact.column == "claimed" and not fact.why:
        yield f"{where} is only claimed; say in `why` what is wrong with it."
    ours = bool(fact.worked_out_from or fact.how)
    if ours and fact.column != "ours":
        yield f"{where} is worked out from others; put it under 'ours'."
    if fact.column == "ours" and not (fact.how and fact.worked_out_from):
        yield f"{where} is our own; say from which facts and how it is worked out."


# --------------------------------------------------------------------------- steps


def _step(step: CaseStep, case: CaseStudy, framework: Framework) -> Iterator[str]:
    where = f"step {step.id}"
    yield from (
        f"{where} asks {it!r} twice; give one another id." for it in _twice(a.id for a in step.asks)
    )
    for asked in step.asks:
        yield from _asked(f"{where}, question {asked.id}", asked, case, framework)
    known = {fact.id for fact in case.told_before(step.id)}
    for fact in set(step.reveal) & known:
        yield f"{where} reveals {fact!r}, which was told before; take it out of one of them."
    seen = known | set(step.reveal)
    for position in step.positions:
        for fact in set(position.evidence) - seen:
            yield f"{where} rests a position on {fact!r}, which nobody has seen by then."
    if len(step.replies) < REPLIES[case.size]:
        yield f"{where} has {len(step.replies)} replies; it needs {REPLIES[case.size]} or more."
    kinds = {phase.kind for phase in step.phases}
    if step.can_cut and kinds & {"vote_again", "carry"}:
        yield f"{where} can be cut, but holds a second vote or what is carried home; keep it."
    yield from _expected(where, step)


def _asked(where: str, asked: Asked, case: CaseStudy, framework: Framework) -> Iterator[str]:
    sheet_id, _, question_id = asked.of_sheet.partition(".")
    sheet = framework.sheets.get(sheet_id)
    if sheet and not sheet.asked_of(question_id):
        yield f"{where} takes {asked.of_sheet}, which that sheet doesn't ask; correct it."
    if not asked.text and not sheet:
        yield f"{where} has no words of its own and no sheet that has them; write its text."
    if asked.kind in ("one", "many") and not sheet and len(asked.choices) < 2:  # noqa: PLR2004
        yield f"{where} offers fewer than two choices; write them."
    if asked.kind != "number":
        return
    fact = next((it for it in case.facts if it.id == asked.fact), None)
    if fact is None or asked.figure is None or not asked.unit:
        yield f"{where} asks for a number; give its unit, its fact and the figure."
    elif asked.figure not in numbers_in(fact.text):
        yield f"{where} holds ranges against {asked.figure:g}, which {fact.id} doesn't say."


def _expected(where: str, step: CaseStep) -> Iterator[str]:
    choices = {asked.id: {choice.id for choice in asked.choices} for asked in step.asks}
    for question, shares in step.expects.items():
        if question not in choices:
            yield f"{where} expects answers to {question!r}, which it doesn't ask; correct it."
        elif choices[question] and shares.keys() - choices[question]:
            yield f"{where} expects an answer that {question!r} doesn't offer; correct it."
        if abs(sum(shares.values()) - 1) > 1e-9:  # noqa: PLR2004 - a rounding error
            yield f"{where} expects shares for {question!r} that don't add up to 1; correct them."


def _figures(step: CaseStep, case: CaseStudy) -> Iterator[str]:
    """A figure that no fact bears is made up, and has to be marked as a fictional fact."""
    known = {number for fact in case.told_before(step.id) for number in numbers_in(fact.text)}
    for text in before(step):
        yield from _unborne(step, text, known)
    shown = known | {number for it in step.reveal for number in numbers_in(case.fact(it).text)}
    choices = (choice.label for asked in step.asks for choice in asked.choices)
    for text in (*choices, *after(step)):  # what is offered may be what the reveal judges
        yield from _unborne(step, text, shown)


def _unborne(step: CaseStep, text: str, borne: set[float]) -> Iterator[str]:
    for number in sorted(numbers_in(text) - borne):
        yield (
            f"step {step.id} says {number:g} in “{text[:40]}…”, which no fact told by then bears; "
            "name its fact, or make it one that is marked fictional."
        )


def numbers_in(text: str) -> set[float]:
    """The figures that a text says."""
    return {float(found.replace(",", "")) for found in _FIGURE.findall(text)}


def before(step: CaseStep) -> Iterator[str]:
    """The words that a player gets when a step begins, its facts apart."""
    yield from (step.title, step.situation)
    yield from (asked.text for asked in step.asks)
    yield from (f"{role.title} {role.text}" for role in step.roles)


def after(step: CaseStep) -> Iterator[str]:
    """The words that a player gets only after their decision, its facts apart."""
    yield from (step.headline, step.hinge, step.none_found, step.leads_on)
    for position in step.positions:
        yield from (position.position, position.overturned_by)


# --------------------------------------------------------------------------- no spoiler


def _spoilers(case: CaseStudy) -> Iterator[str]:
    if case.disguise is None:
        return
    opener = next((step for step in case.steps if step.opens), None)
    if opener is None:
        yield "it is disguised, but no step opens it; mark the one whose reveal tells the name."
        return
    words = [word.casefold() for word in case.disguise.hidden]
    disguise = (
        case.disguise.id,
        case.disguise.title,
        case.disguise.frame,
        case.disguise.knows,
        case.disguise.job,
    )
    texts = [("disguise", text) for text in disguise]
    for step in case.steps[: case.steps.index(opener) + 1]:
        told = [*step.known, *(step.reveal if step is not opener else ())]
        texts += [(f"step {step.id}", text) for text in before(step)]
        choices = [choice for asked in step.asks for choice in asked.choices]
        texts += [(f"step {step.id}", f"{choice.label} {choice.hint}") for choice in choices]
        texts += [(f"fact {it}", case.fact(it).text) for it in told]
        texts += [(f"step {step.id}", text) for text in after(step) if step is not opener]
        yield from (
            f"fact {it} gives the story away and is told in step {step.id}; tell it later."
            for it in told
            if case.fact(it).names
        )
    asks = (asked for step in case.steps for asked in step.asks)
    ids = [it.id for it in case.facts] + [it.id for it in case.steps]
    ids += [it.id for it in case.exhibits] + [it.id for it in asks]
    texts += [("an id", it) for it in ids]
    words += [re.sub(r"\W", "", word) for word in words]  # as an id has it
    for where, text in texts:
        for word in dict.fromkeys(words):
            if word in text.casefold():
                yield f"{where} says {word!r} before step {opener.id} opens the story; reword it."


# --------------------------------------------------------------------------- minutes


def _routes(case: CaseStudy) -> Iterator[str]:
    lengths = [route.minutes for route in case.routes]
    wanted = ROUTES[case.size]
    if set(lengths) != wanted or len(lengths) != len(wanted):
        asked = " and ".join(f"{it}" for it in sorted(wanted))
        yield f"a {case.size} case has routes of {asked} minutes; it has {lengths}."
    for route in case.routes:
        yield from _route(route, case)


def _route(route: Route, case: CaseStudy) -> Iterator[str]:
    order = [step.id for step in case.steps]
    taken = [part.step for part in route.parts]
    where = f"the route of {route.minutes} minutes"
    unknown = [it for it in taken if it not in order]
    if unknown:
        yield f"{where} goes over {unknown[0]!r}, which is no step; correct it."
        return
    if taken != sorted(set(taken), key=order.index):
        yield f"{where} goes over its steps in another order, or twice; keep the story's order."
    for stop in stops(case, route):
        if stop.minutes > stop.step.minutes:
            yield f"{where} gives {stop.step.id} more than its {stop.step.minutes} minutes."
    spent = total(case, route)
    if spent != route.minutes:
        yield f"{where} adds up to {spent}; change its parts until it does."


# --------------------------------------------------------------------------- exhibits


def _exhibit(exhibit: Exhibit, case: CaseStudy, folder: Path) -> Iterator[str]:
    where = f"the exhibit {exhibit.id}"
    path = folder / exhibit.data
    if Path(exhibit.data).name != exhibit.data or not path.is_file():
        yield f"{where} has no file {exhibit.data}; add it beside case.toml."
        return
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            yield f"{exhibit.data} has to begin with the columns {', '.join(COLUMNS)}."
            return
        points = list(reader)
    drawn = {point["fact"] for point in points}
    for step in case.steps:
        if exhibit.id not in step.exhibits:
            continue
        told = {fact.id for fact in case.told_before(step.id)} | set(step.reveal)
        for fact in sorted(drawn - told):
            yield f"{where} draws {fact!r}, which is not told by step {step.id}; reveal it there."
    facts = {fact.id: fact for fact in case.facts}
    for line, point in enumerate(points, start=2):
        fact = facts.get(point["fact"])
        if fact is None:
            yield f"{exhibit.data}, line {line} names no fact of the case; add it."
        elif not {float(point["value"])} <= numbers_in(fact.text):
            yield f"{exhibit.data}, line {line} says {point['value']}, which {fact.id} doesn't say."
