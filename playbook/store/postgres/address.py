"""Where a PostgreSQL database is, as somebody wrote it, and how sentences name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playbook.model import InputError
from playbook.store.errors import store_text

SCHEMES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """An address such as postgresql://host/name. Shown without its password."""

    url: str = field(repr=False)

    @classmethod
    def of(cls, text: str) -> PostgresAddress:
        """The address that `text` is; InputError if it is none."""
        scheme, separator, rest = text.strip().partition("://")
        if scheme not in SCHEMES or not separator:
            raise InputError(store_text("database.address"))
        return cls(f"postgresql://{rest}")

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        return f"postgresql://{parts.hostname or ''}{parts.path}"


def is_address(text: str) -> bool:
    """Whether somebody means a database and not a file."""
    return text.strip().partition("://")[0] in SCHEMES
