"""The answers API: what a kernel asks of the front process, for whomever its page was served to.

A kernel shows its ticket. The ticket stands for a signed-in browser, the browser for a member, the
member for a workspace, and all of it is looked up on every call: whoever is signed out or moved to
another team in between reads and saves nothing more with the page they left open.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from playbook.cohort.cohorts import Cohorts
from playbook.cohort.devices import Devices
from playbook.cohort.quotas import BROUGHT, BROUGHT_BYTES, too_many, worksheets_in
from playbook.cohort.types import Cohort, Member
from playbook.editing.apply import apply_change
from playbook.editing.no_names import refuse_names
from playbook.framework import Framework
from playbook.maintain.rotation import KEPT_DAYS
from playbook.model import InputError, StoreError
from playbook.model.storage import Outcome, Store, WorksheetInfo
from playbook.server.http.plain_page import Workspace
from playbook.store import wire
from playbook.worksheet.kinds.date import written_date

R = TypeVar("R")

PRESENT_SECONDS = 15
DEVICE_LENGTH = 32
SHARED = {"erase_everything"}
"""Nobody may do this to the worksheets that a team shares."""


class PresenceTracker:
    """Who has which worksheet open: heard of within the last seconds, forgotten after."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[tuple[str, str], tuple[float, str]] = {}

    def meet(self, worksheet: str, who: Member) -> list[str]:
        """Note that `who` looks at the worksheet; the names of everybody else who does."""
        now = self._clock()
        self._seen[worksheet, who.id] = (now, who.name)
        self._seen = {
            key: seen for key, seen in self._seen.items() if seen[0] > now - PRESENT_SECONDS
        }
        return sorted(
            name
            for (where, member), (_, name) in self._seen.items()
            if where == worksheet and member != who.id
        )


@dataclass(frozen=True)
class KernelCalls:
    """Answers kernels. Plain and synchronous: the server calls it in its one worker thread.

    `in_clear`: people come over a network without TLS, and have to know.
    """

    cohorts: Cohorts
    devices: Devices
    framework: Framework
    in_clear: bool = False
    presence: PresenceTracker = field(default_factory=PresenceTracker)

    def call(self, device: str | None, name: str, body: bytes) -> bytes:
        """The result of wire.CALLS[name] as JSON; PlaybookError with the sentence to show."""
        if name not in wire.CALLS:
            raise InputError(f"There is no call {name!r}.")
        if name == "import_":
            self._weigh(body)
        try:
            given = wire.arguments(name).model_validate_json(body)
        except ValidationError:
            raise InputError(f"The call {name!r} was not given what it takes.") from None
        values = {key: getattr(given, key) for key in type(given).model_fields}
        who, browser = self._member(device), (device or "")[:DEVICE_LENGTH]
        if "device" in values:
            values["device"] = browser  # whatever the page called itself
        result = self._doing(name, who, browser)(**values)
        return wire.result(name).dump_json(result)

    def in_workspace(self, device: str, work: Callable[[Workspace], R]) -> R:
        """What `work` makes of the worksheets of whoever is signed in there, for a page without a
        kernel; StoreError when nobody is (any more)."""
        who, browser = self._member(device), device[:DEVICE_LENGTH]
        place = self.cohorts.place_of(who)
        store = worksheets_in(self.cohorts.database, place, self.cohorts.now)
        return work(Workspace(store, browser, self.privacy(self.cohorts.get(who), who)))

    def _weigh(self, body: bytes) -> None:
        """InputError for an import that is more than is brought at once, before it is read."""
        if len(body) > BROUGHT_BYTES:
            raise InputError(self.too_much())

    def too_much(self) -> str:
        """What is said of an import that is more than is brought at once."""
        limits = {"count": BROUGHT, "kilobytes": BROUGHT_BYTES // 1000}
        return self.framework.words.text("host.brought", **limits)

    def _member(self, device: str | None) -> Member:
        visitor = self.devices.known(device) if device else None
        if visitor is None or visitor.member is None:
            raise StoreError(self.framework.words.text("cohort.signed_out"))
        return visitor.member

    def _doing(self, name: str, who: Member, browser: str) -> Callable[..., Any]:
        """What carries out the call for this member."""
        if name in SHARED and self._shares(who):
            raise InputError(self.framework.words.text("cohort.shared"))
        place = self.cohorts.place_of(who)
        store = worksheets_in(self.cohorts.database, place, self.cohorts.now)
        ours: dict[str, Callable[..., Any]] = {
            "apply": partial(self._apply, store, browser),
            "about": partial(self._about, who, browser),
            "others": partial(self._others, store, who),
            "import_": partial(self._import, store),
        }
        if name in ours:
            return ours[name]
        if name == "create" and self.in_clear:
            return partial(self._create_in_clear, store)
        theirs: Callable[..., Any] = getattr(store, name)
        return theirs

    def _apply(self, store: Store, browser: str, worksheet: str, change: dict[str, Any]) -> Outcome:
        return apply_change(store, self.framework, worksheet, browser, change)

    def _import(self, store: Store, data: Any) -> list[WorksheetInfo]:
        if too_many(data):
            raise InputError(self.too_much())
        refuse_names(data, self.framework)  # the page does too; this is who wrote its own call
        return store.import_(data)

    def _create_in_clear(self, store: Store, sheet: str, name: str) -> WorksheetInfo:
        """A new worksheet, but not about people: whoever is in the network could read along."""
        known = self.framework.sheets.get(sheet)
        if known and known.about_people:
            raise InputError(self.framework.words.text("in_clear.text"))
        return store.create(sheet, name)

    def _others(self, store: Store, who: Member, worksheet: str) -> list[str]:
        store.seq(worksheet)  # GoneError for one that is not theirs
        return self.presence.meet(worksheet, who)

    def _about(self, who: Member, browser: str) -> wire.HostInfo:
        cohort = self.cohorts.get(who)
        return wire.HostInfo(device=browser, privacy=self.privacy(cohort, who))

    def privacy(self, cohort: Cohort, who: Member) -> str:
        """Who sees this, for how long and how to erase it, in one paragraph."""
        team = "privacy.team" if self._shares(who) else "privacy.alone"
        risk = ["privacy.in_clear"] if self.in_clear else []
        return " ".join([*self.told(cohort), *map(self.framework.words.text, [*risk, team])])

    def _shares(self, who: Member) -> bool:
        """Whether what they write is their team's."""
        return self.cohorts.place_of(who) != who.workspace

    def told(self, cohort: Cohort) -> list[str]:
        """The same before anybody joins, in sentences; the risk of no TLS is told beside it."""
        say = self.framework.words.text
        return [
            say(
                "privacy.kept",
                host=cohort.host,
                cohort=cohort.title,
                date=written_date(cohort.erase_on, self.framework.words),
                days=KEPT_DAYS,
            ),
            say("privacy.sees" if cohort.sees_answers else "privacy.sees_not"),
            say("privacy.erase"),
        ]
