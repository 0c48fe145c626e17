"""Handing one letter to a mail server: over a protected line, once; how it ended is said in plain words."""

from __future__ import annotations

import re
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING

from prepvault.model.mail import Handover, MailServer, Posted
from prepvault.model.system_fault import why

if TYPE_CHECKING:
    import smtplib
    from ssl import SSLContext

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_OUR_NAME = "[127.0.0.1]"
"""What we greet a server with: the machine's own name is nobody's business."""

_LONGEST_REPLY = 160
_START_MAIL = 354
_FINAL = 500
_WAYS = ("PLAIN", "LOGIN", "CRAM-MD5")
_DOT = re.compile(rb"^\.", re.MULTILINE)
_CHECK_SERVER = "see that `[mail] host`, `port` and `security` are what your provider names"


class _StopError(Exception):
    """The letter was not sent, for certain; says why. `code` is the server's, 0 where it gave none."""

    def __init__(self, message: str, hint: str = "", *, code: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code


def post(server: MailServer, password: str, *, sender: str, to: str, letter: bytes) -> Handover:
    """Hand over one letter with CRLF line ends; never raises for what a server or the network does.

    From the first byte of the letter to the server's answer a fault means that nobody knows: `uncertain`.
    """
    try:
        connection = _connect(server)
    except _StopError as stop:
        return _refused(stop)
    try:
        _introduce(connection, server, password)
        _address(connection, sender, to)
        return _hand_over(connection, letter)
    except _StopError as stop:
        return _refused(stop)
    finally:
        _leave(connection)


def _connect(server: MailServer) -> smtplib.SMTP:
    """Open the line; TLS from the first byte where that is how the server is protected."""
    import smtplib

    if server.security == "none" and server.host.casefold() not in _LOOPBACK:
        hint = 'set security = "starttls" or "tls" under [mail]'
        raise _StopError(f"mail goes unprotected to this machine only, not to `{server.host}`", hint)
    place = (server.host, server.port, _OUR_NAME)
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(*place, timeout=server.timeout, context=_context())
        return smtplib.SMTP(*place, timeout=server.timeout)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise _unreached(server, error) from None


def _unreached(server: MailServer, error: Exception) -> _StopError:
    import smtplib
    import ssl

    named = f"`{server.host}`, port {server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return _wrong_certificate(server, error)
    if isinstance(error, ssl.SSLError):
        return _StopError(f"no TLS is spoken at {named}", 'if the port is 587, set security = "starttls"')
    if _is_late(error):
        return _StopError(f"no answer from {named} within {server.timeout} seconds", _CHECK_SERVER)
    if isinstance(error, smtplib.SMTPException):
        return _StopError(f"no mail server answers at {named}", 'if the port is 465, set security = "tls"')
    return _StopError(f"{named} cannot be reached: {_reason(error)}", _CHECK_SERVER)


def _context() -> SSLContext:
    """Certificates and host names are checked, TLS is 1.2 or newer; no way leads back to clear text."""
    import ssl

    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _introduce(connection: smtplib.SMTP, server: MailServer, password: str) -> None:
    """Protect the line, then sign in."""
    import smtplib
    import ssl

    try:
        connection.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            connection.starttls(context=_context())
            connection.ehlo()
    except ssl.SSLCertVerificationError as error:
        raise _wrong_certificate(server, error) from None
    except smtplib.SMTPNotSupportedError:
        message = f"`{server.host}` offers no STARTTLS, so nothing was sent unprotected"
        raise _StopError(message, 'try port = 465 with security = "tls"') from None
    except ssl.SSLError:
        raise _StopError(f"the protected line to `{server.host}` failed", _CHECK_SERVER) from None
    except (smtplib.SMTPException, OSError) as error:
        raise _lost(error, "before the mail was named") from None
    if server.user:
        _sign_in(connection, server, password)


def _sign_in(connection: smtplib.SMTP, server: MailServer, password: str) -> None:
    """Sign in; a server's words are kept to ourselves here, they may repeat what was sent."""
    import smtplib

    who = f"`{server.user}`"
    offered = connection.esmtp_features.get("auth", "").upper().split()
    way = next((way for way in _WAYS if way in offered), "")
    if not way:
        message = f"`{server.host}` takes no password here"
        raise _StopError(message, "leave `[mail] user` empty, or use another port")
    try:
        # One way only: smtplib's own `login` tries all, and servers hang up on who tries too often.
        connection.user, connection.password = server.user, password
        connection.auth(way, getattr(connection, f"auth_{way.lower().replace('-', '_')}"))
    except smtplib.SMTPAuthenticationError as error:
        message = f"`{server.host}` refused the name or the password of {who} (code {error.smtp_code})"
        hint = "many providers want an app password instead of your own; nothing was sent"
        raise _StopError(message, hint, code=error.smtp_code) from None
    except UnicodeError:
        hint = "use an app password of plain letters and digits"
        raise _StopError("the mail name or password has letters beyond ASCII", hint) from None
    except (smtplib.SMTPException, OSError) as error:
        raise _lost(error, "while signing in") from None


def _address(connection: smtplib.SMTP, sender: str, to: str) -> None:
    """Name sender and recipient."""
    import smtplib

    try:
        code, reply = connection.mail(sender)
        if not _is_yes(code):
            raise _no(f"the server does not take mail from `{sender}`", code, _said(connection, reply))
        code, reply = connection.rcpt(to)
        if not _is_yes(code):
            raise _no(f"the server refused the recipient `{to}`", code, _said(connection, reply))
        code, reply = connection.docmd("DATA")
        if code != _START_MAIL:
            raise _no("the server does not take the mail", code, _said(connection, reply))
    except (smtplib.SMTPException, OSError) as error:
        raise _lost(error, "before the mail was handed over") from None


def _hand_over(connection: smtplib.SMTP, letter: bytes) -> Handover:
    import smtplib

    text = _DOT.sub(b"..", letter)
    text = text if text.endswith(b"\r\n") else text + b"\r\n"
    try:
        connection.send(text + b".\r\n")
        code, reply = connection.getreply()
    except (smtplib.SMTPException, OSError) as error:
        message = f"the connection ended before the server said whether it took the mail ({_kind(error)})"
        hint = "look into your sent mail or ask the recipient; `--again` sends it once more"
        return Handover(Posted.UNCERTAIN, message, hint)
    if _is_yes(code):
        return Handover(Posted.ACCEPTED)
    return _refused(_no("the server refused the mail", code, _said(connection, reply)))


def _leave(connection: smtplib.SMTP) -> None:
    """Say goodbye; what happens now changes nothing."""
    import smtplib

    with suppress(smtplib.SMTPException, OSError):
        connection.quit()
    connection.close()


def _is_yes(code: int) -> bool:
    return code in {250, 251}


def _is_late(error: BaseException) -> bool:
    """Tell a server that is silent from one that hung up: smtplib calls both the same."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _wrong_certificate(server: MailServer, error: Exception) -> _StopError:
    reason = _plain(getattr(error, "verify_message", "") or "it is not trusted")
    message = f"the certificate at `{server.host}` cannot be trusted: {reason}"
    return _StopError(message, "name the host as your provider writes it; nothing was sent")


def _lost(error: Exception, when: str) -> _StopError:
    return _StopError(f"the connection was lost {when} ({_kind(error)})", "nothing was sent; try again later")


def _kind(error: Exception) -> str:
    """An error by its kind: its own words might repeat what was sent."""
    if _is_late(error):
        return "no answer in time"
    return "the server hung up" if type(error).__name__ == "SMTPServerDisconnected" else "the line broke"


def _reason(error: Exception) -> str:
    import socket

    if isinstance(error, socket.gaierror):
        return "no machine of that name is known"
    return _plain(why(error)) if isinstance(error, OSError) else "the name is not valid"


def _said(connection: smtplib.SMTP, reply: bytes) -> str:
    """A server's own words; none where they repeat what it was told for signing in."""
    text = reply.decode("utf-8", "replace")
    name, password = getattr(connection, "user", None) or "", getattr(connection, "password", None) or ""
    sent = (password, *(b64encode(each.encode()).decode() for each in (password, f"\0{name}\0{password}")))
    told = "".join(text.split())
    return "" if password and any("".join(each.split()) in told for each in sent) else _plain(text)


def _no(message: str, code: int, words: str) -> _StopError:
    """A server's no in its own words; a busy one may be asked again."""
    said = f": {code} {words}" if words else f" (code {code})"
    busy = 400 <= code < _FINAL
    hint = "nothing was sent; try again later" if busy else "nothing was sent; correct it, then send again"
    return _StopError(f"{message}{said}", hint, code=code)


def _refused(stop: _StopError) -> Handover:
    return Handover(Posted.REFUSED, stop.message, stop.hint, is_final=stop.code >= _FINAL)


def _plain(text: str) -> str:
    """A server's words on one line, short, without anything that a terminal would obey."""
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= _LONGEST_REPLY else f"{line[: _LONGEST_REPLY - 1]}…"
