"""Receivers of callbacks that behave badly for a while, and keep what they were sent."""
import base64
import hashlib
import hmac
import http.server
import threading
import time

MANNERS = ("quick", "failing", "hanging", "early")


class Receipt:
    def __init__(self, marker, headers, body):
        self.at = time.monotonic()
        self.marker = marker
        self.headers = headers
        self.body = body
        self.id = headers.get("webhook-id", "")
        self.status = None  # What was answered; None: nothing.

    def is_signed(self, secret):
        key = base64.b64decode(secret[len("whsec_"):])
        signed = f"{self.id}.{self.headers.get('webhook-timestamp', '')}.".encode() + self.body
        wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return wanted in self.headers.get("webhook-signature", "").split()


class Receivers:
    """A server for each manner, on loopback; `recover()` makes all of them answer 200 at once."""

    def __init__(self):
        self.lock = threading.Lock()
        self.receipts = []
        self.calm = threading.Event()
        self.servers = {}

    def __enter__(self):
        for manner in MANNERS:
            server = _Server(("127.0.0.1", 0), self._handler(manner))
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            self.servers[manner] = (server, thread)
        return self

    def __exit__(self, *_):
        self.calm.set()
        for server, thread in self.servers.values():
            server.shutdown()
            thread.join()
            server.server_close()

    def url(self, manner, marker):
        return f"http://127.0.0.1:{self.servers[manner][0].server_port}/{marker}"

    def recover(self):
        self.calm.set()

    def receipts_of(self, marker):
        with self.lock:
            return [receipt for receipt in self.receipts if receipt.marker == marker]

    def _handler(self, manner):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                if manner == "early" and not outer.calm.is_set():
                    self.close_connection = True  # The body is never read, and nothing answered.
                    return
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receipt = Receipt(self.path[1:], {name.lower(): value for name, value in self.headers.items()}, body)
                with outer.lock:
                    outer.receipts.append(receipt)
                    troubled = not outer.calm.is_set()
                    nth = sum(other.marker == receipt.marker for other in outer.receipts)
                if manner == "hanging" and troubled:
                    outer.calm.wait(12)
                    self.close_connection = True
                    return
                status = 200
                if manner == "failing" and troubled:
                    # A redirect is not to be followed: it would be a receipt of another marker.
                    status = 500 if nth % 2 else 301
                receipt.status = status
                self.send_response(status)
                if status == 301:
                    self.send_header("Location", outer.url("quick", "redirected"))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass
        return Handler


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_):
        pass  # A sender that is killed resets its connections.
