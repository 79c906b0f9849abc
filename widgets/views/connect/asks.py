"""What the page of connections may ask the kernel to work out: the measures, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook.report.connect.network import in_words, network_in, numbers_in_words
from widgets.form.asks import Answer, Ask
from widgets.session import Session


def _network(session: Session, _: Mapping[str, Any]) -> Answer:
    framework, worksheet = session.framework, session.worksheet
    return {
        "says": in_words(session.sheet, worksheet, session.assessment, framework),
        "numbers": numbers_in_words(network_in(worksheet), framework.words),
    }


CONNECT_ASKS: Mapping[str, Ask] = {"network": _network}
