"""Vaults as other programs leave them: ten families, each with an interview in that program's own way."""

import os
from collections.abc import Mapping
from pathlib import Path

INVITE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:foreign-1\r\n"
    "SUMMARY:Interview with Acme\r\nDTSTAMP:20260201T000000Z\r\nDTSTART:20260220T140000Z\r\n"
    "DTEND:20260220T150000Z\r\n"
    "ORGANIZER;CN=Dana Roe:mailto:dana@acme.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
"""An invite that every vault is asked to import."""

CANARY = "zq-canary-that-nothing-may-tell"
"""The text of the file outside the vault, where links lead."""

LONG_AGO = 1_769_904_000

HEAD = "company: Acme\nrole: Platform Engineer\ninterview_type: on_site\nscheduled_at: 2026-02-11T10:00:00\n"

BYTES: dict[str | bytes, str | bytes] = {
    "Interviews/crlf.md": f"---\n{HEAD}# x\n---\none\n\ntwo".replace("\n", "\r\n"),
    "Interviews/bom.md": b"\xef\xbb\xbf---\n" + HEAD.encode() + b"---\nno last line end",
    "Interviews/mixed.md": b"---\r\n" + HEAD.encode() + b"---\r\none\ntwo\rthree\r\n",
    "Interviews/cr.md": f"---\n{HEAD}---\nold Mac\n".replace("\n", "\r"),
    "Interviews/latin.md": b"---\n" + HEAD.encode() + b"---\nCaf\xe9 and \x80\n",
    "Interviews/latin-head.md": b"---\ncompany: Caf\xe9\n" + HEAD.encode() + b"---\nx\n",
    "Interviews/utf16.md": f"---\n{HEAD}---\nx\n".encode("utf-16"),
    "Interviews/nul.md": b"---\n" + HEAD.encode() + b"---\nx\x00y\n",
    "Interviews/empty.md": b"",
    "Interviews/blank.md": b" \n\t\n",
    "Interviews/fence.md": b"---",
    "Interviews/Cafe\u0301 NFD.md": f"---\n{HEAD}---\nnfd\n",
    "Interviews/🎯 emoji 👩‍💻.md": f"---\n{HEAD}---\nemoji\n",
    "Interviews/" + "n" * 247 + ".md": f"---\n{HEAD}---\nlong name\n",
    "Interviews/line\nbreak.md": f"---\n{HEAD}---\nnewline in the name\n",
    "Interviews/esc\x1b[31m\x07.md": f"---\n{HEAD}---\ncontrols in the name\n",
    "Interviews/bidi\u202egnp.md": f"---\n{HEAD}---\nbidi\n",
    b"Interviews/caf\xe9.md": f"---\n{HEAD}---\nname is Latin-1\n",
    "Interviews/CON.md": f"---\n{HEAD}---\ndevice\n",
    "Interviews/a:b?*|.md": f"---\n{HEAD}---\nnot for Windows\n",
    "Interviews/ACME.md": f"---\n{HEAD}---\nupper\n",
    "Interviews/acme.md": f"---\n{HEAD}---\nlower\n",
    "Interviews/-rf.md": f"---\n{HEAD}---\na dash\n",
    "Interviews/%2e%2e%2f.md": f"---\n{HEAD}---\npercent\n",
    "Interviews/..md.md": f"---\n{HEAD}---\ndots\n",
    "Interviews/wide.md": f"---\n{HEAD}---\n{'x' * 120_000}\n",
}
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
DEEP: dict[str | bytes, str | bytes] = {
    "Interviews/bomb.md": f"---\n{BOMB}{HEAD}---\nx\n",
    "Interviews/deep.md": f"---\n{HEAD}x: {'[' * 3000}{']' * 3000}\n---\nx\n",
}
DATA = Path(__file__).parent / "data" / "foreign"

FAMILIES: Mapping[str, tuple[str, Mapping[str | bytes, str | bytes]]] = {
    **{name: (name, {}) for name in ("obsidian", "logseq", "dendron", "static", "org", "notion", "sync")},
    "bytes": ("", BYTES),
    "yaml": ("yaml", DEEP),
    "links": ("sync", {}),
}
"""Each family by the file that holds its notes, and the files that no text file could hold."""


def files_of(family: str) -> dict[str | bytes, str | bytes]:
    """Read what a family's files are called and what stands in them."""
    name, more = FAMILIES[family]
    text = (DATA / f"{name}.txt").read_bytes().decode() if name else ""
    parts = (part.split("\n", 1) for part in f"\n{text}".split("\n=== ")[1:])
    return {**{path: content.replace("@HEAD@\n", HEAD) for path, content in parts}, **more}


def make_foreign(family: str, root: Path) -> Path:
    """Write a family's vault into `root`, with what lies outside of it beside it."""
    outside = root.parent / f"{root.name}-outside"
    outside.mkdir(parents=True)
    (outside / "secret.md").write_text(f"---\n{HEAD}notes: {CANARY}\n---\n{CANARY}\n", encoding="utf-8")
    (outside / "invite.ics").write_text(INVITE, encoding="utf-8", newline="")
    for name, text in files_of(family).items():
        path = root / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    if family == "links":
        _link(root, outside)
    _age(root)
    return root


def _age(root: Path) -> None:
    """Let all files have been quiet for days, so that nothing waits for an editor."""
    for path in root.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO), follow_symlinks=False)


def _link(root: Path, outside: Path) -> None:
    """Add links in and out, loops, locked notes, and things that are no files."""
    notes = root / "Interviews"
    acme = notes / "Acme.md"
    acme.write_text(
        f"---\n{HEAD}job_description: secret link.md\n---\n![[secret link]] ![[../{outside.name}/secret]] "
        f"![x](../../{outside.name}/secret.md) ![[Out/secret]] [[/etc/passwd]] ![](file:///etc/passwd)\n"
    )
    for name in ("locked", "hard"):
        (notes / f"{name}.md").write_text(f"---\n{HEAD}---\n{name}\n")
    (notes / "locked.md").chmod(0o444)
    (notes / "private.md").write_text(f"---\n{HEAD}---\nprivate\n")
    (notes / "private.md").chmod(0o600)
    os.link(notes / "hard.md", root / "hard twin.md")
    for name, target in {
        "Interviews/inside link.md": "../Interviews/Acme.md",
        "Interviews/secret link.md": str(outside / "secret.md"),
        "Interviews/relative secret.md": f"../../{outside.name}/secret.md",
        "Interviews/nowhere.md": "no such file",
        "Interviews/itself.md": "itself.md",
        "Interviews/.#Acme.md": "robin@host.1234:1",
        "Interviews/loop": "..",
        "Out": str(outside),
        "Templates": str(outside),
    }.items():
        (root / name).symlink_to(target)
    os.mkfifo(notes / "pipe.md")
    (notes / "folder.md").mkdir()
