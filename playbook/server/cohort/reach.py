"""How people reach a cohort host: under which names, over TLS or not, from where."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from playbook.model import PlaybookError
from playbook.server.http.security import LOOPBACK

HERE, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # behind TLS, or by explicit choice
LAN_HOURS = 8


@dataclass(frozen=True)
class NetworkExposure:
    """Where a cohort host listens and what it answers to.

    `address` is what people open; `names` the pattern of host names, in small letters; `secure`
    whether they come over TLS; `proxied` whether a proxy in front says who they are; `hours` until
    it stops.
    """

    address: str
    names: str
    bind: str = HERE
    secure: bool = False
    proxied: bool = False
    tls: ssl.SSLContext | None = None
    hours: float | None = None

    @property
    def in_clear(self) -> bool:
        """Whether people come over a network without TLS."""
        return self.hours is not None


def exposure(
    port: int,
    name: str | None = None,
    behind_proxy: bool = False,
    certificate: Path | None = None,
    key: Path | None = None,
    lan: bool = False,
) -> NetworkExposure:
    """The way in that was asked for; PlaybookError for a mix that makes no sense.

    Without any choice only this machine gets in, to try things out. From anywhere else people come
    over TLS, by a proxy's or by our own certificate, or in a classroom by explicit choice without.
    """
    ways = [behind_proxy, certificate is not None or key is not None, lan]
    if sum(ways) > 1:
        raise PlaybookError("Choose one of --behind-proxy, --certificate with --key, and --lan.")
    if name is not None and not re.fullmatch(r"[A-Za-z0-9.-]+", name):
        raise PlaybookError(f"--name takes a name such as class.example.org alone; not {name!r}.")
    if lan:
        return _classroom(port, name)
    if not any(ways):
        if name is not None:
            raise PlaybookError(
                f"To be reached as {name} this needs TLS: add --behind-proxy when a proxy in front "
                "has the certificate, or name your own with --certificate and --key."
            )
        return NetworkExposure(f"http://{HERE}:{port}", LOOPBACK)
    if name is None:
        raise PlaybookError("Say with --name under which name people reach this host.")
    names = f"{re.escape(name.lower())}|{LOOPBACK}"
    if behind_proxy:
        return NetworkExposure(f"https://{name}", names, secure=True, proxied=True)
    shown = f"https://{name}" if port == _HTTPS else f"https://{name}:{port}"
    return NetworkExposure(shown, names, EVERYWHERE, secure=True, tls=_context(certificate, key))


_HTTPS = 443


def _context(certificate: Path | None, key: Path | None) -> ssl.SSLContext:
    if certificate is None or key is None:
        raise PlaybookError("--certificate and --key go together: name both files.")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise PlaybookError(
            f"The certificate {certificate} with the key {key} can't be used: {error}."
        ) from None
    return context


def _classroom(port: int, name: str | None) -> NetworkExposure:
    addresses = lan_addresses()
    if not addresses:
        raise PlaybookError(
            "This machine is in no network now: join the classroom's network, then start again."
        )
    own = socket.gethostname()
    known = [name or addresses[0], *addresses, own, f"{own}.local"]
    names = "|".join([*(re.escape(it.lower()) for it in known), LOOPBACK])
    return NetworkExposure(f"http://{known[0]}:{port}", names, EVERYWHERE, hours=LAN_HOURS)


def lan_addresses() -> list[str]:
    """This machine's addresses in networks that it is in now, the likeliest first."""
    unplugged = {name for name, state in psutil.net_if_stats().items() if not state.isup}
    found = [
        address.address
        for name, addresses in psutil.net_if_addrs().items()
        for address in addresses
        if name not in unplugged
        and address.family == socket.AF_INET
        and not address.address.startswith(("127.", "169.254."))
        and not name.startswith(("docker", "br-", "veth", "virbr"))
    ]
    return sorted(found, key=lambda address: not address.startswith(("192.168.", "10.")))
