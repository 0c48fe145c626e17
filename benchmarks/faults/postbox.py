"""A mail server of the stage's own: it takes every mail and puts its subject into a file."""

import os
import signal
import socketserver
from pathlib import Path


class Postbox:
    """One that listens on this machine alone, in a process of its own, until it is closed."""

    def __init__(self, titles: Path) -> None:
        server = socketserver.TCPServer(("127.0.0.1", 0), type("Own", (_Handler,), {"titles": titles}))
        self.port = server.server_address[1]
        self._number = os.fork()
        if not self._number:
            try:
                server.serve_forever()
            finally:
                os._exit(0)
        server.socket.close()

    def close(self) -> None:
        """Listen no more."""
        os.kill(self._number, signal.SIGKILL)
        os.waitpid(self._number, 0)


class _Handler(socketserver.StreamRequestHandler):
    titles: Path

    def handle(self) -> None:
        """Speak as much SMTP as a client needs; one that leaves in the middle is no matter."""
        try:
            self._say("220 here")
            while (line := self.rfile.readline()) and not line.upper().startswith(b"QUIT"):
                if line.upper().startswith(b"DATA"):
                    self._say("354 go on")
                    self._take()
                self._say("250 fine")
            self._say("221 bye")
        except OSError:
            return

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:  # the client is gone, and half a mail is none
                return
            lines.append(line)
        with self.titles.open("ab") as stream:
            stream.writelines(each.rstrip() + b"\n" for each in lines if each.startswith(b"Subject:"))

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
