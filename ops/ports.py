"""The two ports on the loopback address: whether each is free, and whether a server answers on it."""

from __future__ import annotations

import socket

LOCAL_HOST = "127.0.0.1"
PROBE_SECONDS = 1.0


def check_port(variable: str, port: int) -> None:
    """Raise ValueError, naming the port and the variable that chooses it, when it cannot be used."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # A port that was closed a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCAL_HOST, port))
        except (OSError, OverflowError) as error:
            reason = f"Port {port} cannot be used: {getattr(error, 'strerror', None) or error}."
            raise ValueError(
                f"{reason} Choose another with {variable}, for example {variable}=18{port % 1000:03}"
            ) from error


def answers(port: int) -> bool:
    """Whether a server listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(PROBE_SECONDS)
        return probe.connect_ex((LOCAL_HOST, port)) == 0
