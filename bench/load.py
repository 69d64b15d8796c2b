"""A small load client: a few threads with one kept-alive connection each, bounded in time and count."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field

_END_OF_HEAD = b"\r\n\r\n"


class BadAnswer(Exception):
    """An answer that is not 200, or none."""


@dataclass
class Measured:
    """Latencies in seconds, and the time that the answers took together."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    bytes: int = 0

    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def at(self, share: float) -> float:
        """Milliseconds under which this share of the answers came: `at(0.99)` is the p99."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000

    def add(self, other: Measured) -> None:
        """Take another round in."""
        self.latencies += other.latencies
        self.seconds += other.seconds
        self.bytes = other.bytes


class Connection:
    """One reader: asks for the same page again and again, and reads it to the end."""

    def __init__(self, port: int, address: str) -> None:
        self.port = port
        self.request = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Language: vi\r\n\r\n".encode()
        self.socket: socket.socket | None = None
        self.buffer = b""

    def ask(self) -> int:
        """Length of the body. Raises BadAnswer."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.buffer = b""
        self.socket.sendall(self.request)
        while _END_OF_HEAD not in self.buffer:
            self._read()
        head, _separator, self.buffer = self.buffer.partition(_END_OF_HEAD)
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
        if status.split()[1] != "200" or "content-length" not in headers:
            raise BadAnswer(status)
        length = int(headers["content-length"])
        while len(self.buffer) < length:
            self._read()
        self.buffer = self.buffer[length:]
        if headers.get("connection", "").lower() == "close":
            self.close()
        return length

    def _read(self) -> None:
        assert self.socket is not None
        part = self.socket.recv(262_144)
        if not part:
            raise BadAnswer("connection closed")
        self.buffer += part

    def close(self) -> None:
        """End the connection."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def measure(port: int, address: str, *, clients: int, seconds: float, most: int) -> Measured:
    """Ask with `clients` threads until the time or the count is over, whichever comes first. Raises BadAnswer."""
    until = time.perf_counter() + seconds
    left = [most]
    lock = threading.Lock()
    measured = Measured()
    failures: list[Exception] = []

    def reader() -> None:
        connection = Connection(port, address)
        mine: list[float] = []
        try:
            while not failures and time.perf_counter() < until:
                with lock:
                    if left[0] <= 0:
                        break
                    left[0] -= 1
                started = time.perf_counter()
                measured.bytes = connection.ask()
                mine.append(time.perf_counter() - started)
        except (OSError, BadAnswer) as error:
            failures.append(error)
        finally:
            connection.close()
            with lock:
                measured.latencies += mine

    threads = [threading.Thread(target=reader, daemon=True) for _client in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 60)
    measured.seconds = time.perf_counter() - started
    if failures:
        raise BadAnswer(f"{address}: {failures[0]}")
    return measured
