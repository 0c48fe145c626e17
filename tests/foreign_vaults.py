"""Vaults as other programs leave them: ten families, each with an interview in that program's own way."""

import os
from collections.abc import Mapping
from pathlib import Path

INVITE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:foreign-1\r\n"
    "SUMMARY:Interview with Acme\r\nDTSTAMP:20260201T000000Z\r\nDTSTART:20260220T140000Z\r\n"
    "DTEND:20260220T150000Z\r\nORGANIZER;CN=Dana Roe:mailto:dana@acme.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
"""An invite that every vault is asked to import."""

CANARY = "zq-canary-that-nothing-may-tell"
"""The text of the file outside the vault, where links lead."""

LONG_AGO = 1_769_904_000

HEAD = "company: Acme\nrole: Platform Engineer\ninterview_type: on_site\nscheduled_at: 2026-02-11T10:00:00\n"

OBSIDIAN = {
    ".obsidian/app.json": '{\n  "alwaysUpdateLinks": true,\n  "newFileLocation": "folder"\n}',
    ".obsidian/types.json": '{"types":{"company":"text","scheduled_at":"datetime","rating":"number"}}',
    ".obsidian/community-plugins.json": '["dataview","templater-obsidian","obsidian-kanban"]',
    ".obsidian/plugins/dataview/data.json": '{"enableDataviewJs": true}',
    ".obsidian/workspace.json": '{"main":{"id":"a"},"lastOpenFiles":["Interviews/Acme.md"]}',
    ".obsidian/templates.json": '{"folder":"Meta/Forms"}',
    ".trash/Old interview.md": f"---\n{HEAD}---\nthrown away",
    "Meta/Forms/Interview.md": "---\ncompany: <% tp.system.prompt('Who') %>\ninterview_type: panel\n"
    "scheduled_at: <% tp.date.now() %>T10:00\nrole: {{title}}\n---\n<%* tR += 'x' %>\n",
    "Interviews/Acme.md": f'---\n# mine, do not touch\n{HEAD}interviewer: "[[Dana Roe]]"\nrating:   5\ntags:\n  - job\n'
    "cssclasses: [wide]\n---\n%% private %%\nKey:: value ^block-1\n\n- [ ] ring Dana 📅 2026-02-10 🔁 every day\n"
    "- [/] half\n- [-] dropped\n\n```dataview\nTABLE status FROM #job\n```\n\n`$= dv.current().file.name`\n"
    "<%+ tp.file.last_modified_date() %>\n\n> [!question]- Why\n> ![[Drawing.excalidraw]]\n\n%%\nkanban: x\n%%",
    "Interviews/Board.md": "---\n\nkanban-plugin: board\n\n---\n\n## Applied\n\n- [ ] [[Acme]] @{2026-02-11}\n\n\n"
    '%% kanban:settings\n```\n{"kanban-plugin":"board"}\n```\n%%',
    "Drawing.excalidraw.md": "---\n\nexcalidraw-plugin: parsed\ntags: [excalidraw]\n\n---\n==⚠  Switch to VIEW ⚠==\n\n"
    "# Text Elements\nAcme ^a1\n%%\n# Drawing\n```compressed-json\nN4KAkARALgngDgUwgLgAQQQDwMYEMA2AlgCYBOuA\n```\n%%",
    "Map.canvas": '{"nodes":[{"id":"1","type":"file","file":"Interviews/Acme.md","x":0,"y":0}],"edges":[]}',
    "Daily/2026-02-09.md": "---\nmood: 012\nslept: 23:30\nflag: no\n---\n- 09:00 [[Acme]] #job/onsite\n",
}
LOGSEQ = {
    "logseq/config.edn": '{:meta/version 1\n :journal/page-title-format "yyyy_MM_dd"}',
    "logseq/bak/pages/Acme/2026-02-01T00_00_00.000Z.Desktop.md": "- old",
    "journals/2026_02_09.md": "- TODO prepare [[Acme/Onsite]]\n  SCHEDULED: <2026-02-11 Wed 10:00>\n\t- id:: 65c6-77\n",
    "pages/Acme___Onsite.md": f"---\n{HEAD}---\ntype:: interview\ntags:: #job, [[career]]\n\n- Notes\n\tcollapsed:: true\n"
    "\t- {{query (and [[Acme]] (task TODO))}}\n\t- ((65c6-77))\n",
    "pages/contents.md": "- [[Acme/Onsite]]\n-",
}
DENDRON = {
    "dendron.yml": "version: 5\nworkspace:\n  vaults:\n    - fsPath: vault\n",
    ".vscode/settings.json": '{"foam.edit.linkReferenceDefinitions": "withExtensions"}',
    "root.md": "---\nid: root\ntitle: Root\ndesc: ''\nupdated: 1598673187223\ncreated: 1598673187223\n---\n",
    "root.schema.yml": "version: 1\nimports: []\nschemas:\n  - id: root\n    children: []\n",
    "job.acme.onsite.md": "---\nid: 7hV0aD3kQmWz\ntitle: Onsite\ndesc: 'at Acme'\nupdated: 1707300000000\n"
    f"created: 1707300000000\n{HEAD}stub: false\n---\n![[job.acme#^top:#*,1]]\n\n[//begin]: # \"x\"\n"
    '[job]: job.acme "Acme"\n[//end]: # "x"\n',
    "job.acme.md": "---\nid: 9hV0\ntitle: Acme\nnav_order: 007\n---\n# Acme\n",
}
STATIC = {
    "_config.yml": "title: mine\n",
    "_posts/2026-02-11-acme.markdown": f"---\nlayout: post\n{HEAD}---\n",
    "_posts/2026-02-11-acme.md": f"---\nlayout: post\ntitle: 'It''s Acme'\ndate: 2026-02-09 08:00:00 +0100\n{HEAD}"
    "categories: [a, b]\n...\n{% raw %}{{ page.title }}{% endraw %}\n<!--more-->\n",
    "content/toml.md": '+++\ntitle = "Acme"\ninterview_type = "panel"\ndate = 2026-02-11T10:00:00Z\n+++\n{{< x >}}\n',
    "content/json.md": '{\n  "title": "Acme",\n  "interview_type": "panel"\n}\n\nText.\n',
    "content/flow.md": "---\n{company: Acme, role: SRE, interview_type: panel, scheduled_at: 2026-02-12 09:00}\n---\nx\n",
    "content/semicolons.md": ";;;\ninterview_type: panel\n;;;\nx\n",
    "zk/202602091200 Acme.md": "# 202602091200 Acme\n#job\n\n---\nnot: front matter\ninterview_type: panel\n---\n",
    "zk/second.md": f"\n---\n{HEAD}---\nA head that begins too late.\n",
}
ORG = {
    "agenda.org": "* TODO Acme\n  SCHEDULED: <2026-02-11 Wed 10:00>\n",
    "acme.md": f"---\n{HEAD}---\n:PROPERTIES:\n:ID: 1\n:END:\n* TODO Onsite\n  DEADLINE: <2026-02-11>\n#+BEGIN_SRC\nx\n#+END_SRC\n",
    "setext.md": "Title\n=====\n\n***\n\nTerm\n: definition\n\n\\---\n",
}
NOTION = {
    "Interviews 3f2a9c0d1e4b4c55a7d0b8f1c2d3e4f5.md": "# Interviews\n\n[Acme](Interviews%203f2a/Acme%20aa.md)\n",
    "Interviews 3f2a9c0d1e4b4c55a7d0b8f1c2d3e4f5_all.csv": "\ufeffName,Date,Tags\nAcme,February 11 2026 10:00 AM,a\n",
    "Interviews 3f2a9c0d1e4b4c55a7d0b8f1c2d3e4f5/Acme aa11bb22cc33dd44ee55ff6600112233.md": "# Acme\n\nCompany: Acme\n"
    "Date: February 11, 2026 10:00 AM\nStatus: Not started\n\n<aside>\n💡 Bring ID.\n\n</aside>\n",
    "Interviews/Lumen aa11bb22cc33dd44ee55ff6600112234.md": f"---\n{HEAD}---\n# Lumen\n\nCompany: Lumen\n",
}
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
SYNC = {
    "Interviews/Acme.md": f"---\n{HEAD}---\ngood\n",
    "Interviews/Conflict.md": f"---\n<<<<<<< HEAD\n{HEAD}=======\ncompany: Other\n>>>>>>> theirs\n---\nx\n",
    "Interviews/Body conflict.md": f"---\n{HEAD}---\n<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> theirs\n",
    "Interviews/Acme.sync-conflict-20260209-101010-ABCDEFG.md": f"---\n{HEAD}---\nsyncthing\n",
    "Interviews/Acme (Dana's conflicted copy 2026-02-09).md": f"---\n{HEAD}---\ndropbox\n",
    "Interviews/Acme-LAPTOP.md": f"---\n{HEAD}---\nonedrive\n",
    "Interviews/Acme-LAPTOP-safeBackup-0001.md": f"---\n{HEAD}---\nonedrive\n",
    "Interviews/Acme 2.md": f"---\n{HEAD}---\nicloud\n",
    "Interviews/Acme (1).md": f"---\n{HEAD}---\ndrive\n",
    "Interviews/Acme.md.conflict1": "rclone",
    "Interviews/.Later.md.icloud": "bplist00",
    "Interviews/.syncthing.Acme.md.tmp": "half",
    "Interviews/.Acme.md.swp": "swap",
    "Interviews/Acme.md~": "backup",
    "Interviews/#Acme.md#": "emacs",
    "Interviews/~$Acme.md": "office",
    ".stfolder/marker": "",
    ".stversions/Interviews/Acme~20260201-101010.md": f"---\n{HEAD}---\nversion\n",
    ".git/HEAD": "ref: refs/heads/main\n",
    "desktop.ini": "[.ShellClassInfo]\n",
}
YAML = {
    "Interviews/good.md": f"---\n{HEAD}---\ngood\n",
    "Interviews/comments.md": f"---\n# first\n\n{HEAD}status:   scheduled   # so far\n'quoted key': 'it''s'\n"
    "block: |\n  status: completed\n  ---\nfolded: >-\n  a\n  b\n\n# last\n---\nx\n",
    "Interviews/twice.md": f"---\n{HEAD}status: scheduled\nstatus: confirmed\n---\nx\n",
    "Interviews/anchor.md": f"---\n{HEAD}status: &s scheduled\nother: *s\n---\nx\n",
    "Interviews/nested.md": f"---\n{HEAD}status:\n  - scheduled\nmeta:\n  status: mine\n---\nx\n",
    "Interviews/tab.md": f"---\n{HEAD}\tstatus: scheduled\n---\nx\n",
    "Interviews/colon.md": f"---\n{HEAD}notes: a: b\n---\nx\n",
    "Interviews/bomb.md": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"{HEAD}---\nx\n",
    "Interviews/deep.md": f"---\n{HEAD}x: {'[' * 3000}{']' * 3000}\n---\nx\n",
    "Interviews/tagged.md": f"---\n{HEAD}x: !!python/object/apply:os.system ['echo']\n---\nx\n",
    "Interviews/unclosed.md": f"---\n{HEAD}\nNo fence closes it.\n",
    "Interviews/list.md": "---\n- interview_type: panel\n---\nx\n",
    "Interviews/odd values.md": "---\ncompany: 0123\nrole: no\ninterview_type: On-Site\nscheduled_at: 2026-02-30T25:61\n"
    "status: null\nround: 1e99\nduration_minutes: -5\nreminders: {a: b}\ntimezone: Mars/Olympus\n---\nx\n",
    "Interviews/markers.md": f"---\n{HEAD}---\n<!-- prepvault:begin id=coach v=1 sum=0000000000 -->\nmine\n"
    "<!-- prepvault:begin id=coach v=1 sum=0000000000 -->\n<!-- prepvault:end id=coach -->\n",
}

FAMILIES: Mapping[str, Mapping[str | bytes, str | bytes]] = {
    "obsidian": OBSIDIAN,  # type: ignore[dict-item]
    "logseq": LOGSEQ,  # type: ignore[dict-item]
    "dendron": DENDRON,  # type: ignore[dict-item]
    "static": STATIC,  # type: ignore[dict-item]
    "org": ORG,  # type: ignore[dict-item]
    "notion": NOTION,  # type: ignore[dict-item]
    "bytes": BYTES,
    "sync": SYNC,  # type: ignore[dict-item]
    "yaml": YAML,  # type: ignore[dict-item]
    "links": SYNC,  # type: ignore[dict-item]
}


def make_foreign(family: str, root: Path) -> Path:
    """Write a family's vault into `root`, with what lies outside of it beside it."""
    outside = root.parent / f"{root.name}-outside"
    outside.mkdir(parents=True)
    (outside / "secret.md").write_text(f"---\n{HEAD}notes: {CANARY}\n---\n{CANARY}\n", encoding="utf-8")
    (outside / "invite.ics").write_text(INVITE, encoding="utf-8", newline="")
    for name, text in FAMILIES[family].items():
        path = os.path.join(os.fsencode(root), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
    if family == "links":
        _link(root, outside)
    _age(root)
    return root


def _age(root: Path) -> None:
    """Let all files have been quiet for days, so that nothing waits for an editor."""
    for folder, _, names in os.walk(os.fsencode(root)):
        for name in names:
            os.utime(os.path.join(folder, name), (LONG_AGO, LONG_AGO), follow_symlinks=False)


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
