"""Who is asking: the address behind the web servers that the clinic trusts."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Optional, Sequence

from bot.settings import Network


def asking_address(peer: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """The address that the limits count.

    Args:
        peer: who connected.
        forwarded: the `X-Forwarded-For` header. Anybody can write one, so it counts only as far as
            trusted web servers wrote it: from its end backward.

    Returns:
        The last address that is no trusted web server; for IPv6 its /64 network, which is one household.
    """
    address = peer
    hops = [hop.strip() for hop in forwarded.split(",")]
    while hops and _is_trusted(address, trusted) and _read(hops[-1]):
        address = hops.pop()
    known = _read(address)
    if isinstance(known, IPv6Address):
        return str(IPv6Network((int(known) >> 64 << 64, 64)))
    return str(known or address)


def _is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    known = _read(address)
    return known is not None and any(known in network for network in trusted)


def _read(text: str) -> Optional[IPv4Address | IPv6Address]:
    """The address that a text is, an IPv4 one inside IPv6 by itself."""
    try:
        known = ip_address(text)
    except ValueError:
        return None
    return (known.ipv4_mapped if isinstance(known, IPv6Address) else None) or known
