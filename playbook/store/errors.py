"""What can go wrong in the store, and every sentence it says about it.

StoreError     the file can't be read or written
├── GoneError  the worksheet is not here, or not any more
└── UndoError  the last step can't be taken back
InputError     what was given can't be taken (playbook.model)
"""

from __future__ import annotations

from playbook.model import StoreError
from playbook.words import Words

say = Words(
    {
        "gone": "This worksheet is not here any more; choose another one, or start a new one.",
        "undo.nothing": "There is nothing left to undo here.",
        "undo.moved": (
            "The last step can't be undone, because an answer of it has changed since; "
            "change that answer by hand."
        ),
        "redo.nothing": "There is nothing to do again here.",
        "redo.moved": (
            "That can't be done again, because an answer of it has changed since; "
            "change that answer by hand."
        ),
        "settled": "This choice has been made already, perhaps in another window.",
        "file.not_ours": (
            "{path} is no playbook file, or it is damaged; choose another one, or move it away and "
            "restore a backup."
        ),
        "file.newer": (
            "{path} was written by a newer playbook (format {found}, this one reads {known}); "
            "please update the playbook."
        ),
        "file.older": (
            "{path} was written by an older playbook (format {found}, this one has {known}); "
            "run `playbook migrate`, which backs it up first."
        ),
        "file.held": "{path} is in use by a server that is running; stop that one and try again.",
        "file.damaged": "{path} is damaged; use a backup that is whole.",
        "file.there": "{path} is there already; nothing is overwritten, so choose another name.",
        "file.replaced": (
            "{path} was taken away or replaced while the server had it open; stop the server, put "
            "the file back and start again."
        ),
        "file.full": "{path} was not saved, because the disk is full; make room and try again.",
        "file.busy": "{path} is busy with another program; please try again.",
        "file.closed": (
            "{path} can't be opened and written; check that the folder is there and is yours."
        ),
        "file.trouble": "{path} could not be read or written; check the disk that it is on.",
        "file.folder": "{path} can't be opened and written: {reason}.",
        "server.silent": (
            "The server does not answer; what you typed is kept in this page and sent again."
        ),
        "migrate.broken": "{path} can't be migrated, because {what}; nothing was changed.",
        "restore.unread": (
            "What was erased can't be read from the present file ({reason}); `--anyway` restores "
            "all the same and keeps that file aside."
        ),
        "input.id": "{what} has 1 to {limit} letters, digits, - and _; not {given}.",
        "input.own_kind": "Only the store itself makes operations of kind {given}.",
        "input.slug": "{what} is small letters, digits and _; not {given}.",
        "input.field": "A field is question, table/row or table/row/question; not {given}.",
        "input.field_twice": "An operation changes each field once; {given} is there twice.",
        "input.number": "{what} is a whole number from {least} up; not {given}.",
        "input.name": "A worksheet's name is 1 to {limit} characters of plain text; not {given}.",
        "input.text": "Text is plain Unicode without NUL or half characters.",
        "input.long": "An answer has at most {limit} characters; this one has {length}.",
        "input.items": "A list of choices has at most {limit}, all of them text.",
        "input.value": "An answer is text, a list of texts, a finite number or null; not {given}.",
        "input.time": "A time is ISO text with its offset to UTC, in the years 1970 to 2999.",
        "import.not_ours": "This file is not a playbook export; choose one that Export made.",
        "import.version": (
            "This export has format {found} and this playbook reads {known}; "
            "please update the playbook."
        ),
        "import.other_version": (
            "This export has format {found} and this playbook takes {known}: take it in with the "
            "playbook that made it, and move its backup here."
        ),
        "import.not_empty": (
            "{path} has worksheets or classes already, and an installation goes into an empty "
            "one; move that file away first."
        ),
        "import.columns": "its columns are not those of this playbook",
        "import.loose": "something in it is there twice, or belongs to what is not there",
        "import.trouble": "This file can't be taken in: {where}: {problem}.",
        "import.missing": "it is missing",
        "import.unknown": "this does not belong there",
        "import.kind": "this is not what belongs there",
        "import.choice": "{given} is none of {known}",
        "import.seq": "its seq is not above the one before",
        "import.last_seq": "its seq is below that of its last operation",
        "import.op_id": "its op_id was there before",
        "import.field_twice": "it changes a field twice",
        "import.rev": "a revision does not follow on the one before",
        "import.aside": "a change is kept aside, though it was based on the current revision",
        "import.erased_value": "an erased change has a value",
        "import.blank": "a change is erased, but no erasure says so",
        "import.erasure": "an erasure leaves something of its field",
        "import.undo": "it undoes what it can't undo",
        "import.resolve": "it decides about a change that does not wait",
        "import.fields": "its fields are not what its operations lead to",
    }
).say
"""The text under an id with its {names} filled in (ids as in content/wording.toml)."""


class GoneError(StoreError):
    """There is no such worksheet (any more), or whatever else `text` is about."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text or say("gone"))


class UndoError(StoreError):
    """The last step can't be taken back; `field` is the one that has moved on, if that is why."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field
