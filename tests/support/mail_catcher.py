"""A mail server on loopback that keeps what it is given. No TLS and no names: the server under test trusts loopback."""
import dataclasses
import email
import email.policy
import socketserver
import threading


@dataclasses.dataclass
class Mail:
    sender: str
    receivers: list
    message: email.message.EmailMessage

    @property
    def text(self):
        return self.message.get_content()


class MailCatcher:
    """Ends on leaving the `with`. `refuse` makes it answer every receiver with that line."""

    def __init__(self, refuse=None):
        self.refuse = refuse
        self.mails = []
        self.attempts = 0

    def __enter__(self):
        outer = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                outer.converse(self.rfile, self.wfile)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"smtp://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def converse(self, lines, out):
        def say(line):
            out.write(line.encode() + b"\r\n")
        say("220 catcher ready")
        sender, receivers = "", []
        for line in lines:
            command = line.decode("ascii").strip()
            word = command.upper()
            if word.startswith("MAIL FROM:"):
                sender, receivers = command[10:].split()[0].strip("<>"), []
                say("250 ok")
            elif word.startswith("RCPT TO:"):
                self.attempts += 1
                receivers.append(command[8:].split()[0].strip("<>"))
                say(self.refuse or "250 ok")
            elif word == "DATA":
                say("354 go on")
                body = b""
                for line in lines:
                    if line == b".\r\n":
                        break
                    body += line[1:] if line.startswith(b".") else line
                self.mails.append(Mail(sender, receivers,
                                       email.message_from_bytes(body, policy=email.policy.default)))
                say("250 kept")
            elif word == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def to(self, address):
        return [mail for mail in list(self.mails) if address in mail.receivers]
