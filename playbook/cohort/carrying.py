"""The end of a case in class: one sentence to a sheet of one's own, marked where it came from.

It is kept where a case that somebody plays alone keeps it (playbook.cases.play), so that the sheet
shows it, and export and erasing take it along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from playbook.cases.plans import ClassPlans
from playbook.cases.play import beginning, noting, plays
from playbook.cohort import plan_rows
from playbook.cohort.quotas import worksheets_in
from playbook.cohort.transactions import Transactions
from playbook.cohort.types import Member
from playbook.editing.apply import apply_change
from playbook.framework import Framework
from playbook.model.programme import CarryTo
from playbook.store.database import SqlDatabase
from playbook.store.sql import SqliteStore

DEVICE = "room"


@dataclass(frozen=True, slots=True)
class Carrying:
    """Carries sentences in the classes on one host."""

    floor: Transactions
    framework: Framework
    plans: ClassPlans
    now: Callable[[], datetime]

    def put(self, who: Member, workspace: str, text: str) -> str:
        """Keep this sentence for the sheet that the running step names, instead of the one before;
        an empty one takes it away. `workspace` is where this member's answers go. What the sheet
        is called.

        InputError where no step asks for one.
        """
        to, store = self._to(who), self._store(workspace)
        worksheet = self._play(store, to) or self._begun(store, to)
        fields = store.load(worksheet).fields
        change = noting(text.strip(), to.sheet, fields, self.now().astimezone().date())
        apply_change(store, self.framework, worksheet, DEVICE, change | {"op_id": str(uuid4())})
        return self.framework.titles[to.sheet]

    def text(self, who: Member, workspace: str) -> str:
        """The sentence that this member carried from the case that is played; empty for none."""
        to, store = self._to(who), self._store(workspace)
        worksheet = self._play(store, to)
        note = store.load(worksheet).fields.get("note") if worksheet else None
        return str(note.value) if note and note.value else ""

    def _to(self, who: Member) -> CarryTo:
        with self.floor.as_member(who) as turn:
            running = plan_rows.running(turn)
            if running is None or running.step.given.carry is None or not turn.who.role.answers:
                self.floor.refuse("carry_over", "text")
            return running.step.given.carry

    def _play(self, store: SqliteStore, to: CarryTo) -> str | None:
        """The newest play of the case and the route that this workspace has."""
        found, names = plays(store, self.framework), {to.case, self.plans.case(to.case).alias}
        same = (it for it in found if it.case in names and it.minutes == to.minutes)
        return next((it.worksheet for it in same), None)

    def _begun(self, store: SqliteStore, to: CarryTo) -> str:
        case = self.plans.case(to.case)
        made = store.create(self.framework.case_play.id, to.title).id
        change = beginning(case, case.route(to.minutes)) | {"op_id": str(uuid4())}
        apply_change(store, self.framework, made, DEVICE, change)
        return made

    def _store(self, workspace: str) -> SqliteStore:
        database: SqlDatabase = self.floor.database
        return worksheets_in(database, workspace, self.now)
