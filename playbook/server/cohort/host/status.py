"""How a host is: its last backup, what is due to be erased, whether it saves."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from playbook.cohort.erasure_notices import NOTICE
from playbook.maintain.rotation import OLD
from playbook.model.wording import Words

_HOUR = 3600


@dataclass
class HostStatus:
    """What is known of it.

    `ran` is, for each announced class, for how many seconds the host ran since; `backup` when the
    last one was made by itself; `saves` whether the file is the one that the host began with.
    """

    ran: dict[str, float] = field(default_factory=dict)
    backup: datetime | None = None
    saves: bool = True

    def counts(self, now: datetime) -> dict[str, Any]:
        """For whoever watches the machine: nothing of anybody in it."""
        hours = round((now - self.backup) / timedelta(hours=1), 1) if self.backup else None
        return {"saves": self.saves, "backup_hours": hours, "due": len(self.ran)}

    def hours_left(self, cohort: str) -> int | None:
        """For how many hours, begun ones counted, an announced class stays; None for another."""
        ran = self.ran.get(cohort)
        return None if ran is None else max(1, math.ceil((NOTICE - ran) / _HOUR))

    def about_backup(self, now: datetime, words: Words) -> tuple[str, bool]:
        """When the last backup was made, as a sentence, and whether that is too long ago."""
        if self.backup is None:
            return words.text("maintenance.no_backup"), True
        made, today = self.backup.astimezone(), now.astimezone().date()
        same = {today: "today", today - timedelta(days=1): "yesterday"}.get(made.date(), "day")
        old = now - self.backup > OLD
        said = words.text(f"maintenance.backup_{same}", time=f"{made:%H:%M}", day=made.date())
        return f"{said} {words.text('maintenance.old')}" if old else said, old
