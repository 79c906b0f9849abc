"""Scripts and styles: found in folders or put together, compressed once, cached by browsers for
good."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, RequestHandler

FOR_GOOD = "public, max-age=31536000, immutable"
COMPRESSED = {".js", ".css", ".json", ".svg", ".txt", ".html"}
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".woff2": "font/woff2",
}
"""Said, not guessed: on Windows a guess asks the registry, and nosniff takes it at its word."""
SMALL = 1024  # bytes; compressing less than this gains nothing


class AssetContent(NamedTuple):
    """What is sent for a file, and the same compressed where that helps."""

    raw: bytes
    compressed: bytes | None

    @classmethod
    def of(cls, raw: bytes, name: str) -> AssetContent:
        """The content of a file of this name."""
        helps = Path(name).suffix in COMPRESSED and len(raw) >= SMALL
        return cls(raw, gzip.compress(raw, mtime=0) if helps else None)


class ServedFiles(Protocol):
    """Files that are served under one address.

    The version is part of the address, so that a file may be cached for good although its name
    (Voila's chunks are called 7155.voila.js in every version) doesn't change with its content.
    """

    @property
    def version(self) -> str:
        """Another one when any file is."""

    def content(self, path: str) -> AssetContent | None:
        """What is sent for a path below the address; None for what isn't there."""


@dataclass(frozen=True)
class StaticFiles:
    """Served files of folders; earlier ones win."""

    roots: tuple[Path, ...]
    version: str

    @classmethod
    def of(cls, roots: Iterable[str | Path]) -> StaticFiles:
        """Static files of those of these folders that exist."""
        found = tuple(Path(root) for root in roots if Path(root).is_dir())
        return cls(found, _version(found))

    def content(self, path: str) -> AssetContent | None:
        file = self.find(path)
        return _content(file, file.stat().st_mtime_ns) if file else None

    def find(self, path: str) -> Path | None:
        """The file for a path below their address, or None; never one outside the folders."""
        for root in self.roots:
            file = Path(os.path.normpath(root / path))
            if file.is_relative_to(root) and file.is_file():
                return file
        return None


class BuiltFiles:
    """Served files that were put together when the server started: texts by their paths."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._contents = {
            path: AssetContent.of(text.encode(), path) for path, text in texts.items()
        }

    @cached_property
    def version(self) -> str:
        digest = hashlib.sha256()
        for path, content in sorted(self._contents.items()):
            digest.update(f"{path}|{len(content.raw)}|".encode() + content.raw)
        return digest.hexdigest()[:12]

    def content(self, path: str) -> AssetContent | None:
        return self._contents.get(path)


class AddedFiles:
    """Served files that are added while the server runs, each under a name that its content gives:
    the last ones of them."""

    version = "added"
    most = 64

    def __init__(self) -> None:
        self._contents: dict[str, AssetContent] = {}

    def add(self, text: str, suffix: str) -> str:
        """Serve a text; its path."""
        path = hashlib.sha256(text.encode()).hexdigest()[:32] + suffix
        self._contents.setdefault(path, AssetContent.of(text.encode(), path))
        while len(self._contents) > self.most:
            del self._contents[next(iter(self._contents))]
        return path

    def content(self, path: str) -> AssetContent | None:
        return self._contents.get(path)


def _version(roots: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for root in roots:
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            facts = file.stat()
            digest.update(f"{file}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1024)
def _content(file: Path, _modified: int) -> AssetContent:
    return AssetContent.of(file.read_bytes(), file.name)


def assets_at(base_url: str, name: str, files: ServedFiles) -> str:
    """The address below which served files are."""
    return url_path_join(base_url, "voila", name, files.version)


class AssetHandler(RequestHandler):
    """Serves static files to anybody: there is nothing of a person in it."""

    def initialize(self, files: ServedFiles) -> None:
        self.files = files

    def set_default_headers(self) -> None:
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)

    def get(self, path: str) -> None:
        content = self.files.content(path)
        if content is None:
            raise HTTPError(404)
        suffix = Path(path).suffix
        guess = mimetypes.guess_type(path)[0] or "application/octet-stream"
        self.set_header("Content-Type", TYPES.get(suffix, guess))
        self.set_header("Cache-Control", FOR_GOOD)
        if content.compressed and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(content.compressed)
        else:
            self.finish(content.raw)

    def compute_etag(self) -> None:
        """None: what is cached for good is never asked for again."""
