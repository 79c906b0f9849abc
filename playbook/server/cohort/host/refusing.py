"""What people are told when a host can't do what they ask."""

from __future__ import annotations

from http import HTTPStatus

from playbook.model import InputError, PlaybookError
from playbook.model.wording import Words
from playbook.server.cohort.host.executors import BusyError
from playbook.store.errors import FileError


def told(error: PlaybookError, words: Words) -> str:
    """The sentence; of the host's own file without its path, which is nobody's business."""
    if isinstance(error, FileError):
        return words.text("host.full" if error.full else "host.trouble")
    return str(error)


def status_of(error: PlaybookError) -> HTTPStatus:
    """Which status says so: too much asked, not to be taken, no room on the disk, not now.

    Pages keep what they sent, and send it again, where it begins with a 5.
    """
    if isinstance(error, InputError):
        return HTTPStatus.CONFLICT
    if isinstance(error, BusyError):
        return HTTPStatus.TOO_MANY_REQUESTS
    if isinstance(error, FileError) and error.full:
        return HTTPStatus.INSUFFICIENT_STORAGE
    return HTTPStatus.SERVICE_UNAVAILABLE
