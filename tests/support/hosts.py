"""A small network of machines: namespaces on one bridge, whose cables can be pulled.

What runs on a host runs in its namespace; what listens there hands everything on to a service on
the loopback interface of this machine. Needs root, Linux and iproute2.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

_NEW_NETWORK = 0x40000000
"""CLONE_NEWNET (setns(2))."""


def why_not() -> str | None:
    """Why there can be no such network here; None if there can."""
    if shutil.which("ip") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "namespaces are made by root, with iproute2"
    name = f"hdnd-{os.getpid()}-try"
    try:
        _ip("netns", "add", name)
        _ip("-n", name, "link", "add", "br0", "type", "bridge")
    except subprocess.CalledProcessError as error:
        return f"no namespace with a bridge can be made here: {error.stderr}"
    finally:
        with suppress(subprocess.CalledProcessError):
            _ip("netns", "delete", name)
    return None


class Host:
    """One machine. `address` is that of its only interface."""

    def __init__(self, network: str, number: int) -> None:
        self.address = f"10.77.0.{number}"
        self._namespace = f"{network}-{number}"
        self._switch, self._port = f"{network}-0", f"port{number}"
        _ip("netns", "add", self._namespace)
        cable = ["link", "add", self._port, "type", "veth", "peer", "name", "eth0"]
        _ip("-n", self._switch, *cable, "netns", self._namespace)
        _ip("-n", self._switch, "link", "set", self._port, "master", "br0", "up")
        _ip("-n", self._namespace, "address", "add", f"{self.address}/24", "dev", "eth0")
        for interface in ("lo", "eth0"):
            _ip("-n", self._namespace, "link", "set", interface, "up")

    @property
    def runs(self) -> tuple[str, ...]:
        """What a command line begins with that is to run on it."""
        return ("ip", "netns", "exec", self._namespace)

    def cut_off(self) -> None:
        """Pull its cable: nothing comes or goes any more, and nobody is told."""
        _ip("-n", self._switch, "link", "set", self._port, "down")

    def back(self) -> None:
        """Put its cable in again."""
        _ip("-n", self._switch, "link", "set", self._port, "up")

    def serves(self, target: str) -> str:
        """Have it serve what a service on loopback does; the address and port it is found at."""
        made: list[socket.socket] = []
        listens = Thread(target=lambda: made.append(self._listening()))
        listens.start()
        listens.join()
        listening = made[0]
        Thread(target=_hand_on, args=[listening, target], daemon=True).start()
        return f"{self.address}:{listening.getsockname()[1]}"

    def _listening(self) -> socket.socket:
        """A socket of the host. The thread that is here stays on the host."""
        own = os.open(Path("/run/netns", self._namespace), os.O_RDONLY)
        try:
            if ctypes.CDLL(None, use_errno=True).setns(own, _NEW_NETWORK):
                raise OSError(ctypes.get_errno(), "setns")
        finally:
            os.close(own)
        return socket.create_server((self.address, 0), backlog=64)


@contextmanager
def network(hosts: int) -> Iterator[list[Host]]:
    """So many machines that reach each other, and nothing else. Gone with the block."""
    name = f"hdnd-{os.getpid()}"
    try:
        _ip("netns", "add", f"{name}-0")
        _ip("-n", f"{name}-0", "link", "add", "br0", "type", "bridge")
        _ip("-n", f"{name}-0", "link", "set", "br0", "up")
        yield [Host(name, number) for number in range(1, hosts + 1)]
    finally:
        for number in range(hosts + 1):
            with suppress(subprocess.CalledProcessError):
                _ip("netns", "delete", f"{name}-{number}")


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)


def _hand_on(listening: socket.socket, target: str) -> None:
    host, _, port = target.rpartition(":")
    while True:
        near, _ = listening.accept()
        try:
            far = socket.create_connection((host, int(port)))
        except OSError:
            near.close()
            continue
        for pair in ((near, far), (far, near)):
            Thread(target=_pump, args=pair, daemon=True).start()


def _pump(of: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while piece := of.recv(65536):
            to.sendall(piece)
    for end, way in ((of, socket.SHUT_RD), (to, socket.SHUT_WR)):
        with suppress(OSError):
            end.shutdown(way)
