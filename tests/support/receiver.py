"""A receiver of callbacks: a real HTTP server on loopback that answers, keeps silent or fails as the test says."""
import dataclasses
import http.server
import threading
import time

from kinora_process import wait_for

SILENT = "holds the connection and says nothing, until the receiver ends"
CLOSES = "closes the connection after the request, without a byte"
CLOSES_EARLY = "closes the connection before it has read the body"


@dataclasses.dataclass
class Reply:
    status: int = 200
    headers: dict = dataclasses.field(default_factory=dict)
    body: bytes = b""
    after_s: float = 0  # Before the first byte.


@dataclasses.dataclass
class Received:
    method: str
    path: str
    headers: dict  # Names in lower case.
    body: bytes
    time: float


class Receiver:
    """`replies` are a path's in turn, the last one for ever; what has none gets 200. Ends on leaving the `with`."""

    def __init__(self, port=0):
        self.port = port
        self.replies = {}
        self.received = []
        self.lock = threading.Lock()
        self.ending = threading.Event()

    def __enter__(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer._serve(self)
            do_POST = do_PUT = do_HEAD = do_GET

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass  # The server under test hangs up when it is killed.
        self.server = Server(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def on(self, path, *replies):
        """Statuses, Replies, SILENT, CLOSES or CLOSES_EARLY. Gives the URL."""
        with self.lock:
            self.replies[path] = list(replies)
        return self.url + path

    def at(self, path):
        """The requests so far."""
        with self.lock:
            return [request for request in self.received if request.path == path]

    def wait(self, path, count=1, seconds=60):
        """The first `count` requests."""
        wait_for(lambda: len(self.at(path)) >= count, f"{path} is called {count} times", seconds)
        return self.at(path)[:count]

    def _serve(self, handler):
        handler.close_connection = True
        with self.lock:
            replies = self.replies.get(handler.path, [200])
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
        size = int(handler.headers.get("Content-Length", 0))
        body = b"" if reply == CLOSES_EARLY else handler.rfile.read(size)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self.lock:
            self.received.append(Received(handler.command, handler.path, headers, body, time.time()))
        if reply in (CLOSES, CLOSES_EARLY):
            return
        if reply == SILENT:
            self.ending.wait()
            return
        reply = Reply(reply) if isinstance(reply, int) else reply
        if reply.after_s:
            self.ending.wait(reply.after_s)
        handler.send_response(reply.status)
        for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(reply.body)
