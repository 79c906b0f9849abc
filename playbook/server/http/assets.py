"""Scripts and styles: found among several folders, compressed once, cached by browsers for good.

Voila and the widget extensions come in some ninety small scripts that ask for one another. A script
that begins with others takes along those that every page of ours needs (chunks.txt), so that a
phone asks once instead of eighty times. What isn't listed is asked for as ever: an outdated list
costs time and breaks nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tornado.web import HTTPError, RequestHandler

CHUNKS = Path(__file__).with_name("chunks.txt")
FOR_GOOD = "public, max-age=31536000, immutable"
COMPRESSED = {".js", ".css", ".json", ".svg", ".txt", ".html"}
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
"""Said, not guessed: on Windows a guess asks the registry, and nosniff takes it at its word."""
BEGINS = re.compile(r"voila\.js|remoteEntry\.\w+\.js")
"""The scripts that begin: what each takes along lies in its own folder."""
SMALL = 1024  # bytes; compressing less than this gains nothing


@dataclass(frozen=True)
class StaticFiles:
    """Folders whose files are served under one address; earlier ones win.

    The version is part of the address, so that a file may be cached for good although its name
    (Voila's chunks are called 7155.voila.js in every version) doesn't change with its content.
    """

    roots: tuple[Path, ...]
    version: str

    @classmethod
    def of(cls, roots: Iterable[str | Path]) -> StaticFiles:
        """Static files of those of these folders that exist."""
        found = tuple(Path(root) for root in roots if Path(root).is_dir())
        return cls(found, _version(found))

    def find(self, path: str) -> Path | None:
        """The file for a path below their address, or None; never one outside the folders."""
        for root in self.roots:
            file = Path(os.path.normpath(root / path))
            if file.is_relative_to(root) and file.is_file():
                return file
        return None


def _version(roots: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for root in roots:
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            facts = file.stat()
            digest.update(f"{file}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]


@cache
def chunks() -> frozenset[str]:
    """The names of the chunks that every page of ours needs."""
    return frozenset(CHUNKS.read_text(encoding="utf-8").split())


def together(file: Path, listed: Container[str]) -> bytes:
    """A file's bytes; before those of a script that begins, the chunks `listed` in its folder.

    Each chunk is a function of its own, because "use strict" counts only at a beginning.
    """
    own = file.read_bytes()
    if not BEGINS.fullmatch(file.name):
        return own
    along = [path.read_bytes() for path in sorted(file.parent.iterdir()) if path.name in listed]
    return b"".join([*(b"(()=>{" + chunk + b"\n})();\n" for chunk in along), own])


@lru_cache(maxsize=1024)
def _content(file: Path, _modified: int) -> tuple[bytes, bytes | None]:
    """What is sent for a file, and the same compressed where that helps."""
    raw = together(file, chunks())
    helps = file.suffix in COMPRESSED and len(raw) >= SMALL
    return raw, gzip.compress(raw, mtime=0) if helps else None


class AssetHandler(RequestHandler):
    """Serves static files to anybody: there is nothing of a person in it."""

    def initialize(self, files: StaticFiles) -> None:
        self.files = files

    def set_default_headers(self) -> None:
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)

    def get(self, path: str) -> None:
        file = self.files.find(path)
        if file is None:
            raise HTTPError(404)
        raw, compressed = _content(file, file.stat().st_mtime_ns)
        guess = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self.set_header("Content-Type", TYPES.get(file.suffix, guess))
        self.set_header("Cache-Control", FOR_GOOD)
        if compressed and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            raw = compressed
        self.finish(raw)

    def compute_etag(self) -> None:
        """None: what is cached for good is never asked for again."""
