"""An HTTP connection whose every byte the test chooses, and which reads answers one by one."""
import json
import socket

from kinora_process import Answer


class RawConnection:
    def __init__(self, port, timeout=60):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, *pieces):
        self.socket.sendall(b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces))

    def end_sending(self):
        self.socket.shutdown(socket.SHUT_WR)

    def _receive(self):
        piece = self.socket.recv(65536)
        if not piece:
            raise ConnectionError(f"the connection ended after {self.received[-400:]!r}")
        self.received += piece

    def read(self, to_head=False):
        """The next answer; `to_head`: of a HEAD, so without the body that its length speaks of."""
        while b"\r\n\r\n" not in self.received:
            self._receive()
        head, self.received = self.received.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        headers = [tuple(line.split(": ", 1)) for line in lines[1:]]
        lengths = {name.lower(): value for name, value in headers}
        size = 0 if to_head or status < 200 else int(lengths.get("content-length", 0))
        while len(self.received) < size:
            self._receive()
        body, self.received = self.received[:size], self.received[size:]
        return Answer(status, headers, body)

    def is_ended(self):
        """Waits for the other side to end the connection without another byte."""
        try:
            return not self.received and self.socket.recv(1) == b""
        except ConnectionResetError:
            return True


def request_bytes(method, target, headers=None, body=None):
    """A whole request; `body` may be an object, which goes out as JSON. Host and length are added."""
    if body is not None and not isinstance(body, bytes):
        body = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    sent = {"Host": "127.0.0.1", **(headers or {})}
    if body is not None and "Transfer-Encoding" not in sent:
        sent.setdefault("Content-Length", str(len(body)))
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    return head.encode() + b"\r\n" + (body or b"")
