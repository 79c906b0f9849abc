"""The tick behind a promised action, set from a page that is no worksheet's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from playbook.model.content import DONE
from playbook.model.wording import Words
from widgets.session import Host

DEVICE = "home"
"""Who chose what counts or ticked what is done, where the host does not say: undo leaves it alone,
whoever it was."""


def set_done(host: Host, message: Mapping[str, Any], words: Words) -> str:
    """Set the field that says that an action is done, and what was done in words.

    `message` has worksheet, field and done. StoreError or InputError say why not.
    """
    worksheet, field = str(message.get("worksheet")), str(message.get("field"))
    done = message.get("done") is True
    state = host.store.load(worksheet).fields.get(field)
    change = {"kind": "set", "op_id": str(uuid4()), "field": field}
    answer = {"value": [DONE] if done else None, "base_rev": state.rev if state else 0}
    host.apply(worksheet, host.device or DEVICE, change | answer)
    return words.text(f"home.{'now_done' if done else 'not_done'}")
