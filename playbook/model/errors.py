"""The errors, all with one plain sentence as their text.

PlaybookError
├── ContentError   a file of the framework is wrong; begins with the file's name
├── InputError     a person, a form or an answer file gave something that can't be taken
└── StoreError     worksheets can't be read or written here
"""


class PlaybookError(Exception):
    """Something a person can mend; `str(error)` is the sentence to show."""


class ContentError(PlaybookError):
    """A file of the framework's content breaks a rule of its format."""


class InputError(PlaybookError):
    """A value that can't be taken. `field` says where it was meant to go, when that is known."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


class StoreError(PlaybookError):
    """The worksheets on this machine can't be read or written."""
