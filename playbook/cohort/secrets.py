"""Tokens, codes and passwords: how they are made, told apart and kept.

Long random tokens (cookies, private links, one-time links) are kept as SHA-256: nobody guesses
256 bits. Codes that a person types are short, so they are kept as HMAC under the host's key, which
lies beside the database and not in it. Passwords are kept as argon2id.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

TOKEN_BYTES = 32
CODE_LENGTH = 8
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U, so that nothing is misread."""

KEY_FILE = "cohorts.key"

_MISREAD = str.maketrans("ILO", "110")
_NO_CODE = re.compile(r"[\s-]+")


def new_token() -> str:
    """256 random bits, as they go into a cookie or a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """How a token is kept and looked up."""
    return hashlib.sha256(_bytes(token)).hexdigest()


def new_code() -> str:
    """Eight characters that a person can read aloud and type."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """A code as it is shown: in two halves."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"


def read_code(typed: str) -> str | None:
    """The code that somebody meant: any case, with or without the dash, O for 0; else None."""
    code = _NO_CODE.sub("", typed).upper().translate(_MISREAD)
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


class HostKey:
    """The host's key, for codes short enough to be guessed."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def in_file(cls, path: Path) -> HostKey:
        """The key in `path`, made there, private, when it is missing.

        For whoever holds the database, so that no two are made at once. An empty file is left by
        somebody who was killed before the first code, so it is no key yet.
        """
        if not path.exists() or not path.stat().st_size:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as new:
                new.write(secrets.token_bytes(TOKEN_BYTES))
        return cls(path.read_bytes())

    def code_hash(self, purpose: str, code: str) -> str:
        """How a code is kept and looked up; the same letters for another purpose differ."""
        return self._hash(purpose, code).hex()

    def code_of(self, seed: str) -> str:
        """The code that this host makes of a seed: the same each time, nothing without the key."""
        number = int.from_bytes(self._hash("code", seed))
        return "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))

    def _hash(self, purpose: str, text: str) -> bytes:
        return hmac.new(self._key, f"{purpose}:{text}".encode(), hashlib.sha256).digest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def password_hash(password: str) -> str:
    """A password as it is kept."""
    return _hasher().hash(_typed(password))


def password_fits(kept: str | None, given: str) -> bool:
    """Whether `given` is the password; takes as long when there is none, so nobody can tell."""
    try:
        return _hasher().verify(kept or _nobodys(), _typed(given)) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


def _typed(password: str) -> bytes:
    """A password in the one form that every keyboard's way to type its accents comes to."""
    return _bytes(unicodedata.normalize("NFC", password))


def _bytes(text: str) -> bytes:
    """Any text at all: a forged one may have half characters."""
    return text.encode(errors="surrogatepass")


@cache
def _nobodys() -> str:
    return password_hash(new_token())
