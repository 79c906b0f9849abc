"""What the services about classes share: the file, the key, the clock and the words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from playbook.cohort.secrets import HostKey
from playbook.model import InputError
from playbook.model.wording import Words
from playbook.store.database import SqlDatabase
from playbook.store.errors import GoneError
from playbook.worksheet.kinds import clean_text

NAME_LENGTH = 80


def folded(name: str) -> str:
    """A trainer's name as names are compared: in any case, however its accents were typed."""
    return unicodedata.normalize("NFC", clean_text(name, lines=False).casefold())


def _is_seen(name: str) -> bool:
    """Whether there is anything to see of it: a character that is no mark, space or control."""
    return any(unicodedata.category(char)[0] not in "CMZ" for char in name)


@dataclass(frozen=True, slots=True)
class ClassService:
    """One host's file and what is needed to speak about it.

    Every method of a service is one transaction. What is unknown and what is forbidden are the same
    GoneError, so that nobody learns which ids there are.
    """

    database: SqlDatabase
    key: HostKey
    words: Words
    now: Callable[[], datetime]

    def name(self, given: object, field: str) -> str:
        """A name of a person or a thing, unchanged but for what breaks a page."""
        name = clean_text(given, lines=False) if isinstance(given, str) else ""
        if len(name) > NAME_LENGTH or not _is_seen(name):
            raise InputError(self.words.text("cohort.name", limit=NAME_LENGTH), field)
        return name

    def name_hash(self, name: str) -> str:
        """How a name that somebody had before is kept: to know it again, not to read it."""
        return self.key.code_hash("name", " ".join(folded(name).split()))

    def today(self) -> date:
        """The day it is where this host stands."""
        return self.now().astimezone().date()

    def refuse(self, sentence: str, field: str, **values: object) -> NoReturn:
        """Say what is wrong with what was given for `field`."""
        raise InputError(self.words.text(f"cohort.{sentence}", **values), field)

    def gone(self) -> GoneError:
        """What is said of everything that is not there, or not yours."""
        return GoneError(self.words.text("cohort.gone"))
