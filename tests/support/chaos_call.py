"""HTTP calls as clients of a troubled server make them: they may be cut off, and may walk away themselves."""
import http.client
import json
import select
import socket
import struct
import time

from kinora_process import TOKEN


class Lost(Exception):
    """The connection ended, or could not be made, before there was an answer."""


class Refused(Lost):
    """Nobody listened: the server cannot have heard of it."""


class Left(Lost):
    """The client went away itself."""


class Call:
    """A POST that has been sent; its answer is awaited with answer() or lines()."""

    def __init__(self, port, path, body, headers=None, patience=60):
        text = json.dumps(body).encode()
        sent = {"Host": f"127.0.0.1:{port}", "Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json",
                "Content-Length": len(text), "Connection": "close", **(headers or {})}
        head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in sent.items()) + "\r\n"
        try:
            self.socket = socket.create_connection(("127.0.0.1", port), patience)
        except OSError as error:
            raise Refused(str(error)) from error
        self.patience = patience
        try:
            self.socket.sendall(head.encode() + text)
        except OSError as error:
            self.socket.close()
            raise Lost(str(error)) from error

    def half_close(self):
        """Sends no more and listens on, as some clients do: it has not gone."""
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # The answer, or its absence, tells.

    def _has_come(self, until):
        poll = select.poll()
        poll.register(self.socket, select.POLLIN)
        return bool(poll.poll(max(0.0, until - time.monotonic()) * 1000))

    def _leave(self, hard):
        # With an answer in the socket it would not be unseen; it was looked for just before.
        if hard:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def _begin(self):
        response = http.client.HTTPResponse(self.socket, method="POST")
        response.begin()
        return response

    def answer(self, leave_at=None, hard=False):
        """Status, headers and body. At `leave_at` the client goes, unless an answer has come."""
        try:
            if leave_at is not None and not self._has_come(leave_at):
                self._leave(hard)
                raise Left("the client left")
            response = self._begin()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return response.status, headers, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise Lost(repr(error)) from error
        finally:
            self.socket.close()

    def lines(self, leave_at=None, hard=False):
        """Status, and the objects of a streamed answer, one by one as they come."""
        try:
            if leave_at is not None and not self._has_come(leave_at):
                self._leave(hard)
                raise Left("the client left")
            chunks = Chunks(self.socket)
            if chunks.kind != "application/x-ndjson":
                yield chunks.status, json.loads(chunks.rest())
                return
            while not chunks.ended:
                # A line comes at least every 250 ms, so this looks often enough.
                if leave_at is not None and time.monotonic() >= leave_at and not self._has_come(0):
                    self._leave(hard)
                    raise Left("the client left")
                for line in chunks.more():
                    yield chunks.status, json.loads(line)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Lost(repr(error)) from error
        finally:
            self.socket.close()


class Chunks:
    """A chunked answer of lines that holds back nothing of what has come, so that its reader knows all when it leaves."""

    def __init__(self, source):
        self.socket = source
        self.received = b""
        self.text = b""
        self.ended = False
        while b"\r\n\r\n" not in self.received:
            self._receive()
        head, self.received = self.received.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1])
        self.headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
        self.kind = self.headers.get("content-type", "")

    def _receive(self):
        piece = self.socket.recv(65536)
        if not piece:
            raise http.client.IncompleteRead(self.received)
        self.received += piece

    def rest(self):
        """Of an answer that is no stream."""
        while len(self.received) < int(self.headers["content-length"]):
            self._receive()
        return self.received

    def more(self):
        """Waits for bytes, where none are there, and gives the lines that are whole."""
        if not self._take_chunk():
            self._receive()
        while self._take_chunk():
            pass
        *lines, self.text = self.text.split(b"\n")
        return [line for line in lines if line]

    def _take_chunk(self):
        size, separator, rest = self.received.partition(b"\r\n")
        if not separator or len(rest) < int(size, 16) + 2:
            return False
        length = int(size, 16)
        self.text += rest[:length]
        self.received = rest[length + 2:]
        self.ended = self.ended or length == 0
        return True


def call(port, path, body, headers=None, patience=60):
    return Call(port, path, body, headers, patience).answer()


def get(port, path, method="GET", headers=None):
    """For what is fetched when all is quiet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()
