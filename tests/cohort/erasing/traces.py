"""What somebody leaves in every table, and where to look for what is left of it."""

from __future__ import annotations

from sqlalchemy import select

from playbook.store import class_schema as schema
from tests.cohort.people import Class, Host

MARK = "Zebrafish merger 4711"


def leaves_traces(led: Class, name: str, mark: str = MARK):
    """Somebody who has left something in every table there is."""
    host = led.host
    who = led.join(name)
    led.writes(who, mark)
    host.devices.link(who)
    host.devices.begin(who)
    host.devices.pairing_code(who)
    host.room.gallery.offer(who, mark, f"<p>{mark}</p>", consent=True)
    return who


def vote(led: Class, *voters) -> str:
    """A revealed vote about a text, everybody's shared."""
    room = led.host.room
    poll = room.votes.ask(led.trainer, "catalyst", "candidates/what")
    for number, voter in enumerate(voters):
        room.votes.answer(voter, poll, f"Idea {number}", shared=True)
    room.votes.reveal(led.trainer, poll)
    return poll


def bytes_of(host: Host) -> bytes:
    """Every byte in the folder of the file, what SQLite keeps beside it included."""
    return b"".join(path.read_bytes() for path in host.path.parent.glob("cohorts.sqlite*"))


def stones(host: Host) -> set[str]:
    with host.database.read() as connection:
        return set(connection.scalars(select(schema.tombstone.c.id)))
