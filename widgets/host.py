"""Where a page's answers may be kept: decided once, when its first hello arrives.

JupyterLab is its user's own. A page of Voila reached by a loopback name belongs to whoever sits at
this computer; reached by any other name it may be anybody's, so nothing is kept.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from playbook.framework import Framework
from playbook.model import StoreError
from playbook.paths import database_path
from playbook.store import open_store
from widgets.session import Host


def host_for(page: Mapping[str, Any], framework: Framework) -> Host:
    """The host for a page that said {"host": name in the address bar, "app": "voila" or "lab"}.

    The page's word can only make it stricter: what the server knows of the request counts too.
    """
    words = framework.words
    names = [os.environ.get("SERVER_NAME", ""), str(page.get("host", ""))]
    in_voila = os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
    if (in_voila or page.get("app") == "voila") and not all(map(is_loopback, filter(None, names))):
        return Host(open_store(None), "memory", words.say("host.memory"), words.say("host.keep"))
    path = database_path()
    try:
        store = open_store(path)
        store.worksheets()
    except StoreError as error:
        return Host(open_store(None), "memory", words.say("host.memory"), str(error))
    return Host(store, "local", words.say("host.local", folder=path.parent))


def is_loopback(name: str) -> bool:
    """Whether a host name can only mean this computer."""
    name = name.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
