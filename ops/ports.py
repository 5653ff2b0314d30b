"""The two ports of this machine's own address: whether they are free, and whether someone answers there."""

from __future__ import annotations

import socket

LOCAL_HOST = "127.0.0.1"
PROBE_SECONDS = 1.0


def check_port(variable: str, port: int) -> None:
    """Raise ValueError, naming the port and the variable that chooses it, when it cannot be used."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # A port that its last owner has just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCAL_HOST, port))
        except (OSError, OverflowError) as error:
            reason = f"Port {port} cannot be used: {getattr(error, 'strerror', None) or error}."
            raise ValueError(
                f"{reason} Choose another with {variable}, for example {variable}=18{port % 1000:03}"
            ) from error


def answers(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(PROBE_SECONDS)
        return probe.connect_ex((LOCAL_HOST, port)) == 0
