"""Who may open one more page, and which page makes room for it.

A page is a process, so a host holds only so many. They are counted by person, whatever browsers
these have, and by class, because whoever has a class's code can come as several people.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playbook.cohort.types import Member

PAGES_EACH = 6
"""Open pages of one person; the oldest would be forgotten tabs."""
AT_ONCE, EVERY_SECONDS = 20, 2.0
"""So many pages a person may open in a row, and then one more every so many seconds."""


@dataclass(frozen=True)
class OpenPage:
    """A page: the kernel it has (None while it is being made), whose it is, of which class, and
    whether it is connected now."""

    kernel: str | None
    person: str
    cohort: str
    connected: bool = False


def making_room(
    pages: Sequence[OpenPage], person: str, cohort: str, capacity: int
) -> list[str] | None:
    """The kernels to end so that this person can open a page; None when they have to wait.

    `pages` is in the order in which they were opened. One's own oldest page goes first, one that is
    not connected before one that is. Who has none takes the place of a page of whoever has most;
    where everybody has but one, of an unconnected page in a class that has more than its share.
    """
    own = [page for page in pages if page.person == person]
    full = len(pages) >= capacity
    if len(own) < PAGES_EACH and not full:
        return []
    if own:
        return _oldest(own)
    most, count = Counter(page.person for page in pages).most_common(1)[0]
    if count > 1:
        return _oldest([page for page in pages if page.person == most])
    classes = Counter(page.cohort for page in pages)
    share = capacity / len({*classes, cohort})
    large = [page for page in pages if classes[page.cohort] > share and not page.connected]
    return _oldest(large) if classes[cohort] < share else None


def _oldest(pages: Sequence[OpenPage]) -> list[str] | None:
    ended = sorted((page for page in pages if page.kernel), key=lambda page: page.connected)
    return [page.kernel for page in ended[:1] if page.kernel] or None


@dataclass
class OpenPages:
    """The pages of a host, open and being made; `connected` tells whether a kernel's page is."""

    capacity: int
    connected: Callable[[str], bool]
    clock: Callable[[], float] = time.monotonic
    _of: dict[object, Member] = field(default_factory=dict)
    """Whose each page is, by its kernel, or by its request while it is being made."""
    _opened: dict[str, float] = field(default_factory=dict)
    """When each person will have opened no page of late: each page they open puts it off."""

    def begin(self, request: object, who: Member) -> list[str] | None:
        """Somebody asks for a page: the kernels to end for it, or None when they have to wait."""
        now = self.clock()
        self._opened = {person: at for person, at in self._opened.items() if at > now}
        free_at = self._opened.get(who.id, now) + EVERY_SECONDS
        room = making_room(self._pages(), who.id, who.cohort, self.capacity)
        if room is None or free_at - now > AT_ONCE * EVERY_SECONDS:
            return None
        self._opened[who.id] = free_at
        self._of[request] = who
        for kernel in room:
            self.end(kernel)
        return room

    def given(self, request: object, kernel: str) -> None:
        """The request's page has this kernel."""
        self._of[kernel] = self._of.pop(request)

    def end(self, page: object) -> None:
        """A kernel, or a request, has no page any more."""
        self._of.pop(page, None)

    def _pages(self) -> list[OpenPage]:
        return [
            OpenPage(page, who.id, who.cohort, self.connected(page))
            if isinstance(page, str)
            else OpenPage(None, who.id, who.cohort)
            for page, who in self._of.items()
        ]
