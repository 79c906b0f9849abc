"""What stands at the door of a class: code, link and QR, for the desk and the screen."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import segno

from playbook.cohort.secrets import shown_code
from playbook.cohort.types import Cohort, Member
from playbook.server.cohort.host.host import CohortHost


def new_code(host: CohortHost, by: Member) -> None:
    """A new code; kept in this process alone, because the file has only its hash."""
    host.codes[by.cohort] = shown_code(host.cohorts.new_code(by))


def door_sign(host: CohortHost, cohort: Cohort) -> dict[str, Any]:
    """{open, at, code, link, qr, expires, left}.

    Without a code that works, or when this process did not make it, `code`, `link` and `qr` are
    None; `qr` is a picture as an address for an image.
    """
    code = host.codes.get(cohort.id) if _works(host, cohort) else None
    link = f"{host.address}/join?code={code}" if code else None
    return {
        "open": cohort.open and cohort.ends >= host.cohorts.today(),
        "at": f"{host.address}/join",
        "code": code,
        "link": link,
        "qr": qr(link) if link else None,
        "expires": cohort.join_expires.astimezone(UTC).isoformat() if cohort.join_expires else None,
        "left": cohort.joins_left,
    }


def qr(link: str) -> str:
    """The link as a QR code, dark on white in every colour scheme."""
    return segno.make(link, micro=False).svg_data_uri(scale=8, light="white", border=3)


def _works(host: CohortHost, cohort: Cohort) -> bool:
    expires = cohort.join_expires
    return expires is not None and expires > host.cohorts.now() and bool(cohort.joins_left)
