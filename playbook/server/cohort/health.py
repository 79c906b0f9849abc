"""GET /health of a cohort host: whether it lives and saves, its last backup, what is due."""

from __future__ import annotations

from typing import Any

from playbook.server.cohort.host.identity import host_of
from playbook.server.http.handlers import HealthHandler


class HostHealth(HealthHandler):
    """Counts, no content, for anybody."""

    def more(self) -> dict[str, Any]:
        host = host_of(self)
        return host.status.counts(host.cohorts.now())
