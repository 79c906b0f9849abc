"""The processes of a server, as the machine sees them."""

import psutil


def below(server) -> list[psutil.Process]:
    """Everything the server started, and what that started."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return [child for child in children if not gone(child.pid)]


def title(process: psutil.Process) -> str:
    """What a process calls itself."""
    try:
        return "".join(process.cmdline()[:1])
    except psutil.NoSuchProcess:  # it ended just now
        return ""


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has waited for yet counts."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
