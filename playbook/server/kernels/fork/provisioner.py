"""How jupyter_client gets a forked kernel, where it would start a process."""

from __future__ import annotations

from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Instance

from playbook.server.kernels.fork.processes import ForkedProcess, ForkError, ForkingProcess


class ForkProvisioner(LocalProvisioner):
    """Ports, connection file and signals as for any local kernel; its process is a fork.

    When none can be forked, an ordinary kernel is started with the same connection file.
    """

    source: ForkingProcess = Instance(ForkingProcess)  # type: ignore[assignment]  # traitlets

    @property
    def is_forked(self) -> bool:
        """Whether its kernel is a fork and holds what its fork server held."""
        return isinstance(self.process, ForkedProcess)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        assert self.parent
        file, cwd = str(self.parent.connection_file), str(kwargs["cwd"])
        try:
            kernel = await self.source.kernel(kwargs["env"], cwd, file)
        except ForkError as error:
            self.log.error("An ordinary kernel is started instead. %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid = kernel, kernel.pid  # type: ignore[assignment]  # as if a Popen
        return self.connection_info
