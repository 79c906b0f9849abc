"""Office files are ZIP archives that name the time at which they were made; these don't."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first time that an archive can name."""


def without_times(archive: bytes) -> bytes:
    """The same archive, its parts dated alike: the same content gives the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(out, "w", ZIP_DEFLATED) as kept:
        for name in given.namelist():
            part = ZipInfo(name, BEGINNING)
            part.compress_type = ZIP_DEFLATED
            kept.writestr(part, given.read(name))
    return out.getvalue()
