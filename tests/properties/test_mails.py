"""Any words in any field: a mail is written, says them, and can do nothing else than say them."""

import quopri
from email import message_from_bytes
from email.header import decode_header
from email.message import EmailMessage
from email.policy import SMTP, compat32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepvault.errors import RefusedError
from prepvault.model.mail import Mail
from prepvault.render.eml import plain_line, render_eml, render_letter
from prepvault.rules.mail_fields import MEANINGS
from prepvault.rules.mail_lint import lint_mail
from prepvault.rules.mails import KINDS, fields_in, fill_mail
from tests.coaching_maker import library
from tests.conftest import NOW

ANY = st.text(st.characters(), max_size=40)
FIELDS = st.dictionaries(
    st.sampled_from([*MEANINGS, *(f"{name}_{number}" for name in ("topic", "slot") for number in (1, 2, 3))]),
    ANY,
)


@given(st.sampled_from(KINDS), FIELDS)
def test_any_fields_make_a_mail_and_no_field_of_ours_is_left(kind: str, fields: dict[str, str]) -> None:
    template = library().mails[kind]
    mail = fill_mail(template, fields)
    lint_mail(mail, "a.md", company=fields.get("company", ""), companies=tuple(fields.values()))
    assert set(mail.missing) <= set(fields_in(template)) - {name for name, value in fields.items() if value}
    assert "\n" not in mail.subject
    if not any("{" in value or "}" in value for value in fields.values()):
        assert "{{" not in mail.subject + mail.body


@given(
    st.sampled_from(KINDS), st.text(st.characters(exclude_characters="{}", categories=["L", "N"]), min_size=1)
)
def test_an_unknown_field_is_named_or_its_sentence_goes(kind: str, company: str) -> None:
    mail = fill_mail(library().mails[kind], {"company": company})
    shown = mail.subject + mail.body
    assert all(f"[{name.replace('_', ' ')}]" in shown for name in mail.missing)


@given(ANY, ANY, ANY)
def test_a_letter_has_our_headers_and_the_whole_text(subject: str, body: str, name: str) -> None:
    mail = Mail("x", "X", "recruiter", subject, f"{body}\nend\n", to="dana@example.com")
    letter = render_letter(mail, sender="me@example.com", name=name, identity="<a@example.com>", date=NOW)
    read = message_from_bytes(letter, _class=EmailMessage, policy=SMTP)
    assert set(read.keys()) == {
        *("From", "To", "Date", "Message-ID", "Subject", "MIME-Version", "Content-Type"),
        "Content-Transfer-Encoding",
    }
    assert read["From"].addresses[0].addr_spec == "me@example.com"
    assert [each.addr_spec for each in read["To"].addresses] == ["dana@example.com"]
    assert all(byte < 128 for byte in letter + render_eml(mail))
    said = mail.body.encode("utf-8", "replace").decode("utf-8")
    assert "".join(read.get_content().split()) == "".join(said.split())
    assert all(len(line) <= 998 for line in letter.split(b"\r\n"))
    assert b"\n" not in letter.replace(b"\r\n", b"")


ODD = st.one_of(
    ANY,
    st.sampled_from(
        [
            "=?utf-8?q?Dev=0d=0aBcc:_evil=40evil.example=0d=0aX-A:?=",
            "=?utf-8?b?RGV2DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=",
            "a =?iso-8859-1?q?=0d=0a?= =?utf-8?q?=0aTo:_x=40y.z?=",
            "é" * 3000,
            "W" * 3000,
            "\ud800 half \udfff",
            "\r\nBcc: x@y.z\r\n\r\nbody",
            "a\x0bb\x85c\u2028d\x00",
        ]
    ),
    st.text('=?utf8bq_-/+ \r\n\t:;,<>@"\\()é\ud800\x00AZ09', max_size=120),
)


@given(
    ODD, ODD, ODD, st.sampled_from(["dana@example.com", "dana@example.com\nBcc: x@y.z", "a.@b.example", "?"])
)
def test_whatever_is_said_the_head_is_ours_and_says_it_literally(
    subject: str, body: str, name: str, to: str
) -> None:
    mail = Mail("x", "X", "recruiter", subject, f"{body}\n", to=to)
    letters = [render_eml(mail)]
    names = ["From", "To", "Date", "Message-ID", "Subject"]
    mime = ["MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
    meant = [["X-Unsent", *(["To"] if to == "dana@example.com" else []), "Subject", *mime]]
    if to == "dana@example.com":
        more = {"sender": "me@example.com", "name": name, "identity": "<a@example.com>", "date": NOW}
        letters.append(render_letter(mail, **more))  # type: ignore[arg-type]
        meant.append([*names, *mime])
    else:
        with pytest.raises(RefusedError):
            render_letter(mail, sender="me@example.com", name=name, identity="<a@example.com>", date=NOW)
    for letter, keys in zip(letters, meant, strict=True):
        head, _, rest = letter.partition(b"\r\n\r\n")
        assert b"\r" not in letter.replace(b"\r\n", b"")
        assert b"\n" not in letter.replace(b"\r\n", b"")
        assert max(map(len, letter.split(b"\r\n"))) <= 78
        read = message_from_bytes(letter, policy=compat32)
        assert read.keys() == keys
        said = "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii")
            for part, charset in decode_header(read["Subject"])
        )
        assert said == plain_line(subject)
        assert "".join(decoded(rest).split()) == "".join(body.encode("utf-8", "replace").decode().split())
        assert b"Bcc" not in head


def decoded(rest: bytes) -> str:
    return quopri.decodestring(rest).decode("utf-8")
