"""A lot among equals that anybody can draw again: by a word that is agreed on beforehand."""

from __future__ import annotations

from hashlib import sha256

from playbook.model import InputError

MOST_ENTRIES = 100_000


def drawn(count: int, word: str) -> list[int]:
    """The places 0 to `count` - 1 in the order in which they are drawn.

    The entry at place n comes by the SHA-256 of "word:n" with n from 1 on: no one can foresee the
    order before the word is known, and everybody gets the same order who knows it. InputError for
    fewer than one entry, or more than MOST_ENTRIES.
    """
    if not 1 <= count <= MOST_ENTRIES:
        raise InputError(f"A lot is drawn among 1 to {MOST_ENTRIES} entries; not {count}.")
    said = " ".join(word.split()).casefold()
    return sorted(range(count), key=lambda at: sha256(f"{said}:{at + 1}".encode()).hexdigest())
