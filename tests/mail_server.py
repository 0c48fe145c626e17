"""A real mail server on loopback for tests, with the faults that real ones have."""

import asyncio
import socket
import ssl
import threading
import warnings
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER = "me@example.com"
PASSWORD = "correct horse 7"  # noqa: S105 - of the test's own server


@dataclass
class Box:
    """What a server took, and how it misbehaves.

    `fault` is `recipient`, `sender`, `busy`, `data`, `hang-up`, `hang-up-kept`, `silent`, `repeats` or empty.
    The kept one keeps the mail and then hangs up without an answer: nobody can tell that from the outside.
    One that `repeats` tells the password to whoever reads its refusal.
    """

    fault: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    logins: list[tuple[str, bool]] = field(default_factory=list)
    connections: int = 0
    password: str = PASSWORD

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.fault == "sender":
            return "553 sender not allowed"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.fault == "recipient":
            return "550 no such user\x1b[31m here"
        if self.fault == "repeats":
            sent = b64encode(f"\0{USER}\0{self.password}".encode()).decode()
            return f"550 AUTH PLAIN {sent} is {self.password}"
        if self.fault == "busy":
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.fault == "data":
            return "554 spam"
        if self.fault != "hang-up":
            message = message_from_bytes(envelope.content, policy=SMTP_POLICY)
            assert isinstance(message, EmailMessage)
            self.mails.append(message)
            self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        if self.fault.startswith("hang-up"):
            server.transport.abort()
        if self.fault == "silent":
            await asyncio.Event().wait()
        return "250 OK"

    def check(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        """Check a name and a password."""
        assert isinstance(data, LoginPassword)
        good = (data.login.decode(), data.password.decode()) == (USER, self.password)
        self.logins.append((mechanism, good))
        return AuthResult(success=good, handled=False)


@dataclass(frozen=True)
class Certificates:
    """A certificate for this machine, the authority that made it, and a certificate for another name."""

    authority: Path
    good: ssl.SSLContext
    other: ssl.SSLContext


def make_certificates(folder: Path) -> Certificates:
    """Make an authority and two certificates."""
    authority = trustme.CA()
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(path)
    contexts = []
    for name in ("127.0.0.1", "elsewhere.example.com"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        contexts.append(context)
    return Certificates(path, *contexts)


@contextmanager
def serving(
    box: Box, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, auth: bool = False
) -> Iterator[int]:
    """Serve on a free port of this machine until the block ends."""
    loop = asyncio.new_event_loop()

    def made() -> SMTP:
        box.connections += 1
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # it warns of signing in without STARTTLS, which is the point here
            return SMTP(
                box,
                hostname="test.example.com",
                tls_context=starttls,
                auth_required=auth,
                auth_require_tls=starttls is not None,
                authenticator=box.check,
                loop=loop,
            )

    server = loop.run_until_complete(loop.create_server(made, "127.0.0.1", 0, ssl=tls))
    port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield port
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    waiting = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


@contextmanager
def mute() -> Iterator[int]:
    """A port that is listened to and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
