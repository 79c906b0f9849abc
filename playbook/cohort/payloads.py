"""What is told of a room, as data that goes to a browser unchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from playbook.cohort import (
    case_steps,
    decisions,
    map_links,
    plan_rows,
    polls,
    room_row,
    seating,
    tray,
)
from playbook.cohort.aggregate import Ballot, Result, most_disagreement_first
from playbook.cohort.cards import card_questions
from playbook.cohort.gallery import own_offers
from playbook.cohort.own_questions import Fact, axes_of
from playbook.cohort.polls import Poll, StoredBallot, Turnout
from playbook.cohort.seating import SeatedTeam
from playbook.cohort.second_parts import parts
from playbook.cohort.transactions import Transaction
from playbook.framework import Framework
from playbook.model.storage import Stored
from playbook.model.wording import Words
from playbook.report.learned import learned_told
from playbook.store.class_schema import agreed, offer
from playbook.worksheet.kinds import choice_labels

JsonObject = dict[str, Any]
SEVERAL = 5
"""Answers until participants hear how many are in: one alone does not wake sixty phones."""


def moment(turn: Transaction) -> JsonObject:
    """The room's version, which rises with all that this member sees change; sheet, note, timer."""
    found = room_row.current(turn)
    return {
        "version": found.version + found.desk // (SEVERAL if turn.who.role.answers else 1),
        "sheet": found.sheet,
        "note": found.note,
        "timer_ends": found.timer_ends.isoformat() if found.timer_ends else None,
    }


def votes(turn: Transaction, words: Words) -> list[JsonObject]:
    """The votes as everybody sees them, participants with their own ballot.

    `late`: this participant joined after the vote was opened, and does not answer it. `parts`: what
    is asked beside it, told likewise, of a vote that was asked again with the second. `answered`
    and `of`, while it is open: how many of those who may; to who leads that is `turnout`.
    """
    shown, mine, may_answer = _shown(turn), polls.mine(turn), polls.open_to_me(turn)
    texts = tray.texts(turn, shown_only=True)
    answers, of_team = turn.who.role.answers, decisions.mine(turn)
    asked = polls.every(turn)
    every = [it for it in asked if not it.is_part]
    if any(it.state == "closed" and it.step for it in every):
        kept = plan_rows.trainer_only(turn)
        every = [it for it in every if it.state == "open" or it.step not in kept]
    if answers:
        over = plan_rows.passed_over(turn)
        every = [it for it in every if it.id not in over]
    count = _answered(turn, every) if answers else {}
    again = {it.before for it in every}

    def told(poll: Poll) -> JsonObject:
        return _asked(poll, words) | {
            "state": poll.state,
            "result": _result(poll, shown[poll.id], texts, words) if poll.id in shown else None,
            "mine": _mine(poll, mine, of_team) if answers else None,
            "first": _own(mine.get(poll.before or "")) if answers else None,
            "late": answers and not poll.by_team and poll.id not in may_answer,
            "answered": count.get(poll.id, (0, 0))[0],
            "of": count.get(poll.id, (0, 0))[1],
        }

    return [
        told(poll)
        | {"parts": [told(it) for it in parts(asked, poll)] if poll.id not in again else []}
        | {"differences": _differences(poll, parts(asked, poll), shown, words)}
        for poll in every
    ]


def _differences(
    poll: Poll, beside: Sequence[Poll], shown: Mapping[str, Result], words: Words
) -> list[str]:
    """Where two groups see a map differently, once both are shown (map_links.differences)."""
    if poll.form != map_links.FORM:
        return []
    found = [shown[it.id] for it in (poll, *beside) if it.id in shown]
    views = [map_links.GroupView(it.respondents, it.counts) for it in found if it.counts]
    if len(views) < 2:  # noqa: PLR2004  # a group was too few
        return []
    work, lead = views
    return map_links.differences(poll.asked, work, lead, words)


def _answered(turn: Transaction, every: Sequence[Poll]) -> dict[str, tuple[int, int]]:
    """How many answered each open vote, of those who may."""
    if not any(poll.state == "open" for poll in every):
        return {}
    if any(poll.state == "open" and poll.by_team for poll in every):
        return {key: (it["answered"], it["of"]) for key, it in turnout(turn).items()}
    people, found = polls.electorates(turn), polls.turnout(turn)
    return {key: (found.get(key, Turnout()).answered, of) for key, of in people.items()}


def _mine(
    poll: Poll, mine: Mapping[str, StoredBallot], of_team: Mapping[str, Stored]
) -> JsonObject | None:
    """One's own ballot; of a vote by team what the team decided."""
    if not poll.by_team:
        return _own(mine.get(poll.id))
    value = of_team.get(poll.id)
    return None if value is None else {**asdict(Ballot(value)), "settled": False}


def history(turn: Transaction, words: Words) -> list[JsonObject]:
    """The votes of which something was ever shown, with what was published last, also where it is
    off every screen by now, and this participant's own ballots."""
    shown, mine = polls.results(turn), polls.mine(turn)
    texts = tray.texts(turn, shown_only=True)
    every = polls.every(turn)
    again = {it.before for it in every if it.id in shown}

    def told(poll: Poll) -> JsonObject:
        return _asked(poll, words) | {
            "result": _result(poll, shown[poll.id], texts, words) if poll.id in shown else None,
            "mine": _own(mine.get(poll.id)),
            "first": _own(mine.get(poll.before or "")),
        }

    return [
        told(poll)
        | {"parts": [told(it) for it in parts(every, poll)] if poll.id not in again else []}
        | {"differences": _differences(poll, parts(every, poll), shown, words)}
        for poll in every
        if poll.id in shown and not poll.is_part
    ]


def _result(
    poll: Poll, shown: Result, texts: Mapping[str, list[JsonObject]], words: Words
) -> JsonObject:
    """What is shown of a vote: of texts those that were let out, of ranges the fact as well."""
    told = shown.model_dump(mode="json")
    out = [{"text": it["text"], "heading": it["heading"]} for it in texts.get(poll.id, [])]
    told["texts"] = out if shown.read else None
    is_known = poll.fact and poll.counted.is_range
    told["fact"] = _held(Fact.model_validate_json(poll.fact or ""), shown) if is_known else None
    if shown.learned:
        told["learned"]["says"] = learned_told(told["learned"], words)
    return told


def cards(turn: Transaction, framework: Framework) -> list[JsonObject]:
    """What came of the cards: each of their questions as a vote is told, from five answers on.

    {id, card, due, of, ...} and `answered`, which counts those that nothing is shown of as well.
    """
    shown, words = polls.results_of_cards(turn), framework.words
    found, people = polls.turnout(turn), polls.electorates(turn)
    return [
        _asked(poll, words)
        | {"id": f"{poll.id}-{one['id']}", "about": poll.asked.text, "kind": "one"}
        | {"text": one["text"], "choices": one["choices"], "right": one["right"]}
        | {"card": poll.id, "due": poll.about, "of": people.get(poll.id, 0)}
        | {"answered": found.get(poll.id, Turnout()).answered, "state": "revealed"}
        | {"result": _part(shown[poll.id], one) if poll.id in shown else None, "parts": []}
        for poll in polls.cards(turn)
        for one in card_questions(poll, framework)
    ]


def _part(shown: Result, one: JsonObject) -> JsonObject:
    """A card's result, as far as it is about one of its questions."""
    ids = [choice["id"] for choice in one["choices"]]
    counts = {it: (shown.counts or {}).get(it) for it in ids}
    told = Result(respondents=shown.respondents, counts=counts).model_dump(mode="json")
    return told | {"texts": None, "fact": None}


def _held(fact: Fact, shown: Result) -> JsonObject:
    """The fact, and how many ranges hold it; of a bound, how many may. The rest lies `below` it or
    `above`; a range that only touches a bound does not reach beyond it."""
    ends = [(Decimal(low), Decimal(high)) for low, high in shown.ranges or ()]
    value = Decimal(fact.value)
    below = sum(high < value or (fact.bound == "more" and high == value) for _, high in ends)
    above = sum(low > value or (fact.bound == "less" and low == value) for low, _ in ends)
    if fact.bound == "more":
        above = 0
    elif fact.bound == "less":
        below = 0
    held = len(ends) - below - above
    return fact.model_dump() | {"held": held, "below": below, "above": above}


def turnout(turn: Transaction) -> dict[str, JsonObject]:
    """By vote, what who leads sees beside it: how many answered, never who or what."""
    people, found = polls.electorates(turn), polls.turnout(turn)
    decided, told = decisions.deciders(turn), {}
    seated = {it.id for it in seating.teams(turn) if it.people}
    for poll in polls.every(turn):
        counted = polls.hands(turn, poll)
        count = found.get(poll.id, Turnout())
        of = people.get(poll.id, 0)
        if poll.by_team:
            did = decided.get(poll.id, set())
            # Teams of before count only where none of today's teams was ever asked.
            is_past = poll.state != "open" and did and not did & seated
            counts = did if is_past else seated
            count, of = Turnout(answered=len(did & counts)), len(counts)
        told[poll.id] = {
            "answered": count.answered,
            "waiting": count.waiting,
            "of": of,
            "hands": {"how": counted.how, "counts": dict(counted.counts)} if counted else None,
        }
    return told


def results(turn: Transaction) -> list[str]:
    """The ids of the votes that have a result to show, most disagreement first."""
    parts_of_others = {it.id for it in polls.every(turn) if it.is_part}
    found = _shown(turn).items()
    return most_disagreement_first([it for it in found if it[0] not in parts_of_others])


def teams(turn: Transaction) -> JsonObject | None:
    """Who sits where: {teams: [{id, name, people, full}], mine, role, choose, open}; None while
    nobody does and there is nothing to choose.

    Who looks at the wall sees every team with its people's names; participants their own team, and
    while they `choose` the names of the others, and which are `full`. To who leads `open` says how
    many teams people choose from. `role` is one's card in the running step.
    """
    found, who = seating.teams(turn), turn.who
    found = [it for it in found if not it.past]
    way = room_row.current(turn).teams_by
    chosen = way in ("table", "choice")
    choose = way if chosen and who.role.answers else None
    to_choose = len(found) if chosen and who.role.leads else 0
    role = _role(turn, found) if who.role.answers else None
    if not (any(it.people for it in found) or choose or role or to_choose):
        return None
    told = [
        {
            "id": it.id,
            "name": it.name,
            "people": [name for _, name in it.people]
            if who.role.looks or it.id == who.team
            else [],
            "full": bool(choose) and seating.is_full(turn, it),
        }
        for it in found
        if (who.role.looks and it.people) or it.id == who.team or choose
    ]
    mine = who.team if who.role.answers else None
    return {"teams": told, "mine": mine, "role": role, "choose": choose, "open": to_choose}


def _role(turn: Transaction, found: Sequence[SeatedTeam]) -> JsonObject | None:
    """The member's card in the running step: dealt in turn, in the team or in the whole class; else
    the one for whoever knows the story of a case."""
    running, who = plan_rows.running(turn), turn.who
    cards = running.step.given.roles if running else ()
    if not cards:
        card = case_steps.critic(turn)
        return {"title": card.title, "text": card.text} if card else None
    own = next((it for it in found if it.id == who.team), None)
    sits = [one for one, _ in own.people] if own else seating.everybody(turn)
    card = cards[sits.index(who.id) % len(cards)] if who.id in sits else cards[0]
    return {"title": card.title, "text": card.text}


def gallery(turn: Transaction) -> list[JsonObject]:
    """What is shown, and one's own offers; who leads sees every offer. Pages are asked for."""
    columns = (offer.c.id, offer.c.title, offer.c.side, own_offers(turn).label("mine"))
    seen = offer.c.cohort == turn.who.cohort
    if not turn.who.role.leads:
        seen &= offer.c.side.is_not(None) | own_offers(turn)
    order = (offer.c.side.is_(None), offer.c.side, offer.c.at, offer.c.id)
    found = turn.connection.execute(select(*columns).where(seen).order_by(*order))
    return [
        {"id": row.id, "title": row.title, "side": row.side, "mine": bool(row.mine)}
        for row in found
    ]


def agreements(turn: Transaction) -> list[JsonObject]:
    """The agreed actions: those nobody has looked at again come first, by their dates."""
    order = (agreed.c.review.is_not(None), agreed.c.due, agreed.c.at)
    here = select(agreed).where(agreed.c.cohort == turn.who.cohort).order_by(*order)
    return [
        {
            "id": row.id,
            "what": row.what,
            "owner": row.owner,
            "due": row.due.isoformat(),
            "review": row.review,
        }
        for row in turn.connection.execute(here)
    ]


def _shown(turn: Transaction) -> dict[str, Result]:
    """By vote, what was published: for who leads all of it, else what is revealed just now."""
    on_screen = {it.id for it in polls.every(turn) if it.state == "revealed"}
    published = polls.results(turn).items()
    return {poll: it for poll, it in published if turn.who.role.leads or poll in on_screen}


def _asked(poll: Poll, words: Words) -> JsonObject:
    labels = choice_labels(poll.asked, words)
    hints = {choice.id: choice.hint for choice in poll.asked.choices}
    return {
        "id": poll.id,
        "sheet": poll.sheet,
        "question": poll.question,
        "about": poll.about,
        "about_people": poll.about_people,
        "guess": poll.guess,
        "kind": poll.asked.kind,
        "text": poll.asked.text,
        "lead": poll.asked.why if poll.form else "",
        "form": poll.form,
        "axes": axes_of(poll.asked, words) if poll.form == "grid" else None,
        "before": poll.before,
        "again_of": poll.before,
        "by_team": poll.by_team,
        "unit": poll.asked.unit,
        "choices": [
            {"id": choice, "label": label, "hint": hints.get(choice, "")}
            for choice, label in labels.items()
        ],
        "limit": poll.asked.max_length,
    }


def _own(cast: StoredBallot | None) -> JsonObject | None:
    return {**asdict(cast.ballot), "settled": cast.settled} if cast else None
