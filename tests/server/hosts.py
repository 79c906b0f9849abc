"""`playbook serve` as benchmarks/client.py has it, forked, as its zygotes are: that is most of a
start."""

from __future__ import annotations

import subprocess
from typing import cast

from benchmarks import client
from tests.server.forked import started
from tests.server.zygotes import LOAD, with_forked_zygotes


class Server(client.Server):
    """The host of one person; plain Voila is a process of its own."""

    def _begun(self) -> subprocess.Popen[bytes]:
        if self.plain:
            return super()._begun()
        _, how, what, *given = self._command()
        code = what if how == "-c" else f"from {what} import main; main()"
        code = with_forked_zygotes(code)
        begun = started(code, given, self.environment, self.log, LOAD)
        return cast("subprocess.Popen[bytes]", begun)


class ClassServer(Server, client.ClassServer):
    """The host of one class."""
