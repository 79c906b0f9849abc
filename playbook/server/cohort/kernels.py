"""Kernels of a cohort host: each has a ticket, and belongs to the browser that has its page."""

from __future__ import annotations

from typing import Any

from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.open_pages import OpenPages
from playbook.server.kernels.manager import PlaybookKernelManager
from playbook.store.remote import API, TICKET

OWN_DATA = ("PLAYBOOK_HOME", "PLAYBOOK_SERVE")
"""What only one person's own kernels may know: here nothing is read from or written to a folder."""


class TicketKernelManager(PlaybookKernelManager):
    """Kernels that hold no right but their ticket."""

    host: CohortHost
    pages: OpenPages

    def serve(self, host: CohortHost) -> None:
        """Work for this host from now on."""
        self.host = host
        self.pages = OpenPages(host.capacity, self.is_connected)

    def environment(self, ticket: str) -> dict[str, str]:
        known = super().environment(ticket)
        ours = {API: self.host.api.address, TICKET: ticket}
        return {name: known[name] for name in known if name not in OWN_DATA} | ours

    def remove_kernel(self, kernel_id: str) -> Any:
        self.host.disown(kernel_id, self.tickets.get(kernel_id, ""))
        self.pages.end(kernel_id)
        return super().remove_kernel(kernel_id)
