"""A server on loopback from which a test has its inputs fetched, well or badly."""
import http.server
import threading


class InputServer:
    """Answers GET of each path in `files`: path to (status, headers, body). Ends on leaving the `with`."""

    def __init__(self, files=None):
        self.files = dict(files or {})
        self.asked = []

    def __enter__(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(self.path)
                status, headers, body = outer.files.get(self.path, (404, {}, b"not here"))
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def add(self, path, body, kind="application/octet-stream", status=200):
        self.files[path] = (status, {"Content-Type": kind}, body)
        return self.url + path
