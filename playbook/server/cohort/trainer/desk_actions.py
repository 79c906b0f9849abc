"""What a trainer does at the desk; each in the name of their own seat, checked by the services."""

from __future__ import annotations

from typing import Any

from playbook.cohort.types import Member, Role
from playbook.server.cohort.host.door_sign import qr
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.pages import Action, Given, text_of
from playbook.server.cohort.trainer.class_days import class_day

JsonObject = dict[str, Any]
"""What an action tells; `done` is False where nothing was done, because it was so already."""


# -- the door and the people


def code(host: CohortHost, by: Member, _: Given) -> JsonObject:
    """A new join code; the one before works no more."""
    host.cohorts.new_code(by)
    return {}


def door(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Open or close the door."""
    return {"done": host.cohorts.set_door(by, given.get("open") is True)}


def reissue(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """A link that works once, for somebody who lost theirs."""
    made = host.devices.reissue(by, text_of(given, "member"))
    host.ended(made.ended)
    link = f"{host.address}/resume#{made.token}"
    return {"link": link, "qr": qr(link)}


def role(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Make somebody a participant, a co-trainer or a viewer."""
    wanted = text_of(given, "role")
    known = {it.value: it for it in (Role.PARTICIPANT, Role.CO_TRAINER, Role.VIEWER)}
    if wanted not in known:
        raise host.cohorts.gone()
    return {"done": host.cohorts.set_role(by, text_of(given, "member"), known[wanted])}


def aside(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Set somebody aside who joined by mistake, or take them back; nothing is erased."""
    is_aside = given.get("aside") is True
    return {"done": host.cohorts.set_aside(by, text_of(given, "member"), is_aside)}


def invite(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Let another trainer of this host lead the class too."""
    host.cohorts.invite_trainer(by, text_of(given, "account"))
    return {}


def team(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """A new team."""
    return {"id": host.cohorts.new_team(by, text_of(given, "team")).id}


def seat(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Put somebody in a team, or in none."""
    team_id = text_of(given, "team") or None
    return {"done": host.cohorts.seat(by, text_of(given, "member"), team_id)}


def erase(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Erase somebody for good."""
    host.ended(host.erasing.member(by, text_of(given, "member")).devices)
    return {}


def end(host: CohortHost, by: Member, _: Given) -> JsonObject:
    """End the class: nobody joins any more, everything else stays."""
    return {"done": host.cohorts.end(by)}


def dates(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Change the last day and the day of erasing; a day that was left out stays as it is."""
    ends, erase_on = (class_day(host, given, name) for name in ("ends", "erase_on"))
    about = host.cohorts.get(by)
    changed = host.cohorts.set_dates(by, ends or about.ends, erase_on or about.erase_on)
    return {"done": changed}


# -- what the class does now


def sheet(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Offer a sheet to everybody; "" for none."""
    changed = host.room.set_sheet(by, text_of(given, "sheet") or None, text_of(given, "note"))
    return {"done": changed}


def timer(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Let so many seconds run from now."""
    host.room.start_timer(by, given.get("seconds", 0))
    return {}


def more_time(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Give so many seconds more."""
    host.room.extend_timer(by, given.get("seconds", 0))
    return {}


def stop_timer(host: CohortHost, by: Member, _: Given) -> JsonObject:
    """No timer any more."""
    return {"done": host.room.stop_timer(by)}


# -- votes


def ask(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Open a vote; without TLS, one on a sheet about people hides every number below five."""
    sheet = host.framework.sheets.get(text_of(given, "sheet"))
    judges = host.in_clear and sheet is not None and sheet.about_people
    vote = host.room.votes.ask(
        by,
        text_of(given, "sheet"),
        text_of(given, "question"),
        about=text_of(given, "about"),
        guess=given.get("guess") is True,
        about_people=judges or given.get("about_people") is True,
    )
    return {"id": vote}


def ask_own(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Open a vote on a question of one's own, or keep it for later."""
    if given.get("later") is True:
        return {"id": host.room.prepared.keep(by, given), "kept": True}
    return {"id": host.room.votes.ask_own(by, given)}


def ask_prepared(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Open a vote on a prepared question, which is not kept any more; or delete it."""
    question, told = text_of(given, "question"), {}
    if given.get("delete") is not True:
        told["id"] = host.room.votes.ask_own(by, host.room.prepared.get(by, question))
    host.room.prepared.drop(by, question)
    return told


def ask_again(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Ask the same question once more, after the talk."""
    return {"id": host.room.votes.ask_again(by, text_of(given, "vote"))}


def close(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Take no more answers."""
    return {"done": host.room.votes.close(by, text_of(given, "vote"))}


def reopen(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Take answers again."""
    return {"done": host.room.votes.reopen(by, text_of(given, "vote"))}


def reveal(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Show what may be shown: {new, waiting}."""
    return host.room.votes.reveal(by, text_of(given, "vote"))


def hide(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Take a result off every screen; it can be revealed again."""
    return {"done": host.room.votes.hide(by, text_of(given, "vote"))}


def hands(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Hands counted in the room; without any counts they are taken back."""
    counts, instead = given.get("counts"), given.get("instead") is True
    counted = counts if isinstance(counts, dict) else {"": 0}
    host.room.votes.count_hands(by, text_of(given, "vote"), counted, instead)
    return {}


def drop(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Take a vote away with all that was answered and shown."""
    host.room.votes.drop(by, text_of(given, "vote"))
    return {}


def let_out(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Show one text of the tray, or hide it."""
    is_shown = given.get("shown") is True
    return {"done": host.room.tray.show(by, text_of(given, "text"), is_shown)}


def group(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Put one text of the tray into a group; "" for none."""
    heading = text_of(given, "heading")
    return {"done": host.room.tray.group(by, text_of(given, "text"), heading)}


# -- the plan, the wall, the teams


def plan(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Take a programme as the plan; "" for none."""
    host.room.leading.take(by, text_of(given, "programme"))
    return {}


def go_on(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Next, from the step and phase that the desk shows; `done` is False where another did it."""
    skip, phase = given.get("skip") is True, given.get("phase")
    number = phase if type(phase) is int else -1
    return {"done": host.room.leading.next(by, text_of(given, "step"), number, skip=skip)}


def go_back(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Back, from the step and phase that the desk shows: wall and timer, never an answer."""
    phase = given.get("phase")
    number = phase if type(phase) is int else -1
    return {"done": host.room.leading.back(by, text_of(given, "step"), number)}


def cut(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Leave a step out, or take it back."""
    is_cut = given.get("cut") is True
    return {"done": host.room.leading.cut(by, text_of(given, "step"), is_cut)}


def add_step(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """A step made up on the way, after the one that runs."""
    return {"id": host.room.leading.add(by, given)}


def wall(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Put something on the wall; "" takes it off again."""
    kind, vote = text_of(given, "kind"), text_of(given, "vote")
    return {"done": host.room.wall.put(by, kind, vote or None)}


def teams(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Put everybody into teams: {count}."""
    size = given.get("size")
    number = size if type(size) is int else 0
    return {"count": host.room.seating.make(by, text_of(given, "way"), number)}


def fill_teams(host: CohortHost, by: Member, _: Given) -> JsonObject:
    """Put who came later into the smallest teams."""
    return {"done": host.room.seating.fill(by) > 0}


def decision(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Show one team's decision beside the others, or leave it out."""
    is_shown, vote = given.get("shown") is True, text_of(given, "vote")
    host.room.votes.show_decision(by, vote, text_of(given, "team"), is_shown)
    return {}


# -- gallery and agreed actions


def show(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Show what somebody offers on side 1 or 2; None takes it down."""
    side = given.get("side")
    host.room.gallery.show(by, text_of(given, "offer"), side if type(side) is int else None)
    return {}


def agree(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Write down an agreed action."""
    what = [text_of(given, name) for name in ("what", "owner", "due")]
    return {"id": host.room.agreements.agree(by, *what)}


def review(host: CohortHost, by: Member, given: Given) -> JsonObject:
    """Say what became of an agreed action."""
    host.room.agreements.review(by, text_of(given, "agreed"), text_of(given, "outcome"))
    return {}


_EVERY: tuple[Action, ...] = (
    *(code, door, reissue, role, aside, invite, team, seat, erase, end, dates),
    *(sheet, timer, more_time, stop_timer),
    *(ask, ask_own, ask_prepared, ask_again, close, reopen, reveal, hide, hands, drop),
    *(let_out, group),
    *(plan, go_on, go_back, cut, add_step, wall, teams, fill_teams, decision),
    *(show, agree, review),
)
ACTIONS: dict[str, Action] = {action.__name__: action for action in _EVERY}
