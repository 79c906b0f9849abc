"""The processes of a server, as the machine sees them."""

import psutil


def below(server) -> list[psutil.Process]:
    """Everything the server started, and what that started."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return [child for child in children if not gone(child.pid)]


def title(process: psutil.Process) -> str:
    """What a process calls itself."""
    return "".join(_words(process)[:1])


def command_line(process: psutil.Process) -> str:
    """How a process was started, or what it calls itself."""
    return " ".join(_words(process))


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # it ended just now
        return []


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has waited for yet counts."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
