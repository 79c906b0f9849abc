"""As whom somebody stands in a class: a member as themselves, a trainer's account by its seat."""

from __future__ import annotations

from playbook.cohort.types import Member, Role, Visitor
from playbook.server.cohort.host.host import CohortHost


async def seat_in(host: CohortHost, visitor: Visitor | None, cohort: str) -> Member | None:
    """The member of this class that the visitor is; looked up each time, None for strangers and for
    who is set aside."""
    if visitor is None:
        return None
    if visitor.account is not None:
        seats = await host.work(host.cohorts.of_account, visitor.account)
        return next((seat for made, seat in seats if made.id == cohort), None)
    who = visitor.member
    is_in = who is not None and who.cohort == cohort and who.role is not Role.ASIDE
    return who if is_in else None


async def leader_in(host: CohortHost, visitor: Visitor | None, cohort: str) -> Member | None:
    """The same for who leads the class."""
    seat = await seat_in(host, visitor, cohort)
    return seat if seat and seat.role.leads else None


async def onlooker_in(host: CohortHost, visitor: Visitor | None, cohort: str) -> Member | None:
    """The same for who leads the class or looks at its screen."""
    seat = await seat_in(host, visitor, cohort)
    return seat if seat and seat.role.looks else None
