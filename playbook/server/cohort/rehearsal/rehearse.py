"""`playbook rehearse`: a class of made-up people on a host of its own, gone when it ends."""

from __future__ import annotations

import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from uuid import uuid4

from tornado.ioloop import PeriodicCallback

from playbook.cases.expected import TO, Expected, expected
from playbook.cohort.cohorts import CohortPlan
from playbook.cohort.map_links import LEAD_FORM
from playbook.cohort.polls import SECOND_PARTS
from playbook.cohort.types import Member
from playbook.editing.apply import apply_change
from playbook.model import Question, Rehearsal, Sheet
from playbook.model.vignettes import ROUNDS, SURE
from playbook.server.cohort.app import serve_cohort
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.reach import exposure
from playbook.server.cohort.rehearsal.players import SimulatedParticipant, players
from playbook.store.sql import SqliteStore
from playbook.worksheet.fields import row_order
from playbook.worksheet.kinds import choice_ids

TICK_MS = 1000
AT_ONCE = 6
"""Answers in one tick: between two of them whoever is real is served."""
DEVICE = "rehearsal"


class RehearsalRun:
    """The made-up class in one host: `tick` lets everybody do what it is time for."""

    def __init__(
        self, host: CohortHost, script: Rehearsal, count: int, seed: int, clock: Callable[[], float]
    ) -> None:
        self._host, self._script, self._clock = host, script, clock
        self._began = clock()
        self._waiting = players(script, count, seed)
        self._here: list[tuple[SimulatedParticipant, Member]] = []
        self._asked: dict[str, float] = {}
        self._answered: set[tuple[int, str]] = set()
        account = host.accounts.accept(host.accounts.invite("Trainer"), str(uuid4()))
        today = host.cohorts.today()
        plan = CohortPlan(script.title, script.host, today, today + timedelta(days=1))
        _, self.trainer = host.cohorts.create(account, plan)
        host.cohorts.new_code(self.trainer)
        self._expected: Expected = {}
        if script.programme:
            host.room.leading.take(self.trainer, script.programme)
            self._expected = self._of_the_cases(script.programme)

    @property
    def way_in(self) -> str:
        """The trainer's private link to this class."""
        return f"{self._host.address}/resume#{self._host.devices.link(self.trainer).token}"

    def tick(self) -> None:
        """One moment: some come, some answer, some have no network."""
        now = self._clock() - self._began
        self._let_in(now)
        state = self._host.room.state_for(self.trainer)
        for vote in _all(state):
            if vote["state"] == "open":
                self._asked.setdefault(vote["id"], now)
        asked = {vote["id"] for vote in _all(state) if vote["state"] == "open"}
        busy = 0
        for player, member in self._here:
            if player.is_there(now):
                self._host.here.note(member)
                if busy < AT_ONCE and self._is_time(player, asked, now):
                    busy += 1
                    self._vote(player, member, now)
                self._fill_in(player, member, state["sheet"], now)

    def _let_in(self, now: float) -> None:
        for player in [it for it in self._waiting if it.is_there(now)]:
            code = self._host.cohorts.code(self.trainer)
            cohort = self._host.cohorts.get(self.trainer)
            if code is None or not cohort.open:
                return  # the trainer closed the door: they wait outside
            self._waiting.remove(player)
            self._here.append((player, self._host.cohorts.join(code, player.name)))

    def _is_time(self, player: SimulatedParticipant, asked: set[str], now: float) -> bool:
        """Whether they have something to answer by now: only then it is looked up what they see."""
        left = (it for it in asked if (player.seed, it) not in self._answered)
        return any(now - self._asked.get(it, now) >= player.pace for it in left)

    def _vote(self, player: SimulatedParticipant, member: Member, now: float) -> None:
        state = self._host.room.state_for(member)
        for vote in _all(state):
            is_time = now - self._asked.get(vote["id"], now) >= player.pace
            is_mine = vote["state"] == "open" and not vote["late"]
            if vote["by_team"]:
                is_mine = is_mine and bool(state["teams"] and state["teams"]["mine"])
            says_nothing = vote["form"] in SECOND_PARTS and not player.stays(
                vote["subject"], self._script.besides
            )
            if vote["late"] or vote["mine"] is not None or says_nothing:
                self._answered.add((player.seed, vote["id"]))
            elif is_mine and is_time:
                self._cast(player, member, vote)
                self._answered.add((player.seed, vote["id"]))

    def _of_the_cases(self, programme: str) -> Expected:
        """What is expected in the cases that the programme plays, and who knows their stories."""
        plans, words = self._host.room.leading.plans, self._host.framework.words
        found: dict[str, Mapping[str, float]] = {}
        for case, route in plans.played(programme):
            found |= expected(case, route, self._host.framework)
            if case.disguise:
                knows, no = (words.text(f"cases.class.knows_{it}") for it in ("yes", "no"))
                share = self._script.knows
                found[case.disguise.knows] = {knows: share, no: 1 - share}
        return found

    def _as_expected(
        self, player: SimulatedParticipant, member: Member, vote: dict[str, Any]
    ) -> bool:
        """Answer as a case expects; whether it expects something there."""
        shares = self._expected.get(vote["text"])
        if not shares:
            return False
        answer, before = self._host.room.votes.answer, vote["first"]
        subject = vote["subject"]
        if before and player.stays(subject, self._script.stays):
            answer(member, vote["id"], before["value"], shared=True)
            return True
        said = player.one_of(subject, shares)
        ids = {choice["label"]: choice["id"] for choice in vote["choices"]}
        value: Any = ids.get(said, said)
        if vote["form"] == "range":
            value = said.split(TO)
        elif vote["kind"] == "many":
            value = [value]
        answer(member, vote["id"], value, shared=True)
        return True

    def _cast(self, player: SimulatedParticipant, member: Member, vote: dict[str, Any]) -> None:
        if vote["form"] in SECOND_PARTS:
            self._beside(player, member, vote)
            return
        if vote["form"] in ROUNDS:
            value = self._situations(player, vote)
            self._host.room.votes.answer(member, vote["id"], value)
            return
        if self._as_expected(player, member, vote):
            return
        choices = [choice["id"] for choice in vote["choices"]]
        answer, subject = self._host.room.votes.answer, vote["subject"]
        if vote["form"] == "range":
            low = player.number(subject, 60)
            answer(member, vote["id"], [low, low + player.number(f"{subject} width", 40)])
            return
        if vote["form"] == "order":
            first = player.chooses(subject, choices)
            answer(member, vote["id"], [first, *(it for it in choices if it != first)])
            return
        if not choices:
            text, shared = player.says(subject, self._script.sentences)
            answer(member, vote["id"], text, shared=shared)
            return
        chosen = player.chooses(subject, choices)
        guess = player.chooses(f"{subject} guess", choices) if vote["guess"] else None
        answer(member, vote["id"], [chosen] if vote["kind"] == "many" else chosen, guess)

    def _beside(self, player: SimulatedParticipant, member: Member, vote: dict[str, Any]) -> None:
        """How sure they are, or what would change their mind; or a map's links, as a leader."""
        if vote["form"] == LEAD_FORM:
            if player.one_of(f"{vote['subject']} leads", {"yes": 1, "no": 1}) == "yes":
                chosen = player.chooses(vote["subject"], [it["id"] for it in vote["choices"]])
                self._host.room.votes.answer(member, vote["id"], [chosen])
            return
        if vote["form"] == "certain":
            said, shared = player.one_of(vote["subject"], self._script.certain), False
        else:
            said, shared = player.says(vote["subject"], self._script.minds)
        self._host.room.votes.answer(member, vote["id"], said, shared=shared)

    def _situations(self, player: SimulatedParticipant, vote: dict[str, Any]) -> list[str]:
        """Answers to the situations they are asked, right as often as the script says."""
        right = {it.id: it.answer for it in self._host.framework.vignettes.vignettes}
        second = vote["form"] == ROUNDS[-1]
        share = self._script.right_after if second else self._script.right_before
        told = []
        for asked in (it["id"] for it in vote["situations"]):
            wrong = "optimise" if right[asked] == "redefine" else "redefine"
            said = player.one_of(asked, {right[asked]: share, wrong: 1 - share})
            sure = player.one_of(f"{asked} sure", {str(it): 1 for it in SURE})
            told.append(f"{asked} {said} {sure}")
        return told

    # -- worksheets, one answer at a time

    def _fill_in(
        self, player: SimulatedParticipant, member: Member, sheet_id: str | None, now: float
    ) -> None:
        sheet = self._host.framework.sheets.get(sheet_id or "")
        if sheet is None or int(now) % int(player.pace):
            return
        store = SqliteStore(self._host.database, workspace=self._host.cohorts.place_of(member))
        mine = store.worksheets(sheet.id) or [store.create(sheet.id, sheet.title)]
        change = self._next(player, sheet, store.load(mine[0].id).fields)
        if change:
            apply_change(store, self._host.framework, mine[0].id, DEVICE, change)

    def _next(
        self, player: SimulatedParticipant, sheet: Sheet, fields: Any
    ) -> dict[str, Any] | None:
        """Their next answer on the sheet's first screen, or a row for it; None when all is said."""
        for section in sheet.sections:
            if section.deeper:
                continue
            start = ""
            if section.table:
                rows = row_order(fields, section.table)
                if not rows:
                    return {"op_id": str(uuid4()), "kind": "add_row", "table": section.table}
                start = f"{section.table}/{rows[0]}/"
            for question in section.questions:
                field = f"{start}{question.id}"
                value = self._answer(player, question)
                if field not in fields and value is not None and not question.ask_if:
                    change = {"kind": "set", "field": field, "value": value, "base_rev": 0}
                    return change | {"op_id": str(uuid4())}
        return None

    def _answer(self, player: SimulatedParticipant, question: Question) -> str | list[str] | None:
        choices = list(choice_ids(question))
        if choices:
            chosen = player.chooses(question.id, choices)
            return [chosen] if question.kind in ("many", "rank") else chosen
        if question.kind in ("text", "long_text"):
            return player.says(question.id, self._script.sentences)[0]
        return None


def _all(state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The votes, each with what is asked beside it. By its `subject` somebody decides: an id is
    another one in each rehearsal, and the same seed would not play it again."""
    for vote in state["votes"]:
        subject = f"{vote['text']} {'again' if vote['first'] else ''}"
        yield vote | {"subject": subject}
        for part in vote["parts"]:
            yield part | {"subject": f"{subject} {part['form']}"}


def rehearse(
    port: int,
    count: int,
    seed: int = 1,
    *,
    programme: str = "",
    open_browser: bool = True,
    clock: Callable[[], float] = monotonic,
) -> None:
    """Serve the made-up class on this machine until Ctrl+C, then remove all of it. `programme`: its
    plan, or the route of a case ("alcoa_40"), instead of what the script begins with; `clock`: the
    seconds that people go by."""
    with TemporaryDirectory(prefix="playbook-rehearsal-") as folder:
        home, way = Path(folder), exposure(port)

        def begin(host: CohortHost) -> None:
            script = host.framework.rehearsal
            if programme:
                script = script.model_copy(update={"programme": programme})
            _begin(host, RehearsalRun(host, script, count, seed, clock), count, open_browser)

        serve_cohort(way, port, count, home, begin=begin)


def _begin(host: CohortHost, play: RehearsalRun, count: int, open_browser: bool) -> None:
    ticking = PeriodicCallback(lambda: host.work(play.tick), TICK_MS)
    ticking.start()
    say = host.framework.words.text
    link = play.way_in
    sys.stdout.write("\n" + say("rehearsal.told", count=count, link=link) + "\n")
    sys.stdout.flush()
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
