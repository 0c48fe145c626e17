"""Make a vault, or adopt the notes that are there; nothing that exists is ever written over."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from prepvault.jobs.context import Context, open_root
from prepvault.model.finding import Finding
from prepvault.model.settings import SettingValue
from prepvault.outside import environment, seed
from prepvault.outside.obsidian import read_obsidian_folders
from prepvault.outside.resources import find_shipped
from prepvault.parse.emit import double_quoted
from prepvault.render.settings_file import render_settings_file
from prepvault.render.types_json import render_types

SETTINGS_FILE = "prepvault.toml"
TYPES_FILE = ".obsidian/types.json"
FOLDERS = ("interviews", "companies", "stories", "jobs", "people", "drafts", "templates")
WORKFLOWS = {
    "github": ("_ci/github.yml", ".github/workflows/prepvault.yml"),
    "gitlab": ("_ci/gitlab.yml", ".gitlab-ci.yml"),
}
_VAULT = "PREPVAULT_VAULT"
_AT_THE_TOP = b'PREPVAULT_VAULT: "."'
_EXPANDED = {"github": ("${{", "${{ '${{' }}"), "gitlab": ("$", "$$")}
"""What a host would take for a variable in a name, and how it is written to stay as it is."""
_MADE_OTHERWISE = (SETTINGS_FILE, TYPES_FILE)
_RENAMED = {"_gitignore": ".gitignore"}


@dataclass(frozen=True, slots=True)
class Made:
    """What `init` did: paths it created (folders end in `/`), files it left; `findings` on the settings.

    `workflow` is the one that was asked for, created or left. `zone_from` is the origin of the zone as
    settings have it, `is_in_repository` tells that git knows the folder.
    """

    root: Path
    was_vault: bool
    adopted: bool
    created: tuple[str, ...]
    kept: tuple[str, ...]
    zone: str
    zone_from: str = "vault"
    workflow: str = ""
    is_in_repository: bool = False
    findings: tuple[Finding, ...] = ()


def init(folder: str, *, ci: str | None = None, vault_id: str = "", without: Collection[str] = ()) -> Made:
    """Make a vault in a folder; one with notes already is adopted and gets only what it lacks.

    `without` are paths that the caller fills itself.
    """
    root = seed.make_root(folder)
    adopted = seed.has_notes(root)
    is_new = seed.create_file(root, SETTINGS_FILE, _settings(root, vault_id, adopted=adopted))
    context = open_root(root)
    folders = [f"{path}/" for path in _folders(context) if seed.make_folder(root, path)]
    files = {SETTINGS_FILE: is_new}
    wanted = ((path, data) for path, data in _files(context, adopted=adopted) if path not in without)
    for path, data in wanted:
        files[path] = seed.create_file(root, path, data)
    workflow = _make_workflow(root, ci) if ci else {}
    files |= workflow
    created = [path for path, is_made in files.items() if is_made]
    kept = tuple(path for path, is_made in files.items() if not is_made)
    findings = (context.unreadable,) if context.unreadable else ()
    settings = context.settings
    return Made(
        root,
        was_vault=not is_new,
        adopted=adopted,
        created=(*created, *folders),
        kept=kept,
        zone=settings.zone,
        zone_from=settings.origin.get("vault.timezone", "default"),
        workflow=next(iter(workflow), ""),
        is_in_repository=environment.is_in_repository(root),
        findings=findings,
    )


def _settings(root: Path, vault_id: str, *, adopted: bool) -> bytes:
    """The settings of a new vault: an id, the machine's zone, and where Obsidian keeps templates already."""
    values: dict[str, SettingValue] = {
        "vault.id": vault_id or seed.new_token(),
        "vault.timezone": environment.machine_zone(),
    }
    templates = read_obsidian_folders(root).templates if adopted else ()
    if templates and (root / templates[0]).is_dir():
        values["vault.templates"] = templates[0]
    return render_settings_file(values).encode("utf-8")


def _folders(context: Context) -> Iterator[str]:
    for name in FOLDERS:
        path = context.settings.text(f"vault.{name}").strip("/")
        if path:
            yield path


def _files(context: Context, *, adopted: bool) -> Iterator[tuple[str, bytes]]:
    """What to create if absent: for a vault that is adopted only templates, and types for Obsidian."""
    shipped = seed.read_tree(find_shipped("vault_template"))
    folder = context.settings.text("vault.templates").strip("/")
    for path, data in shipped.items():
        top, _, rest = path.partition("/")
        if top == "Templates":
            yield f"{folder}/{rest}", data
        elif top != "_ci" and path not in _MADE_OTHERWISE and not adopted:
            yield _RENAMED.get(path, path), data
    yield from _types(context, adopted=adopted)


def _types(context: Context, *, adopted: bool) -> Iterator[tuple[str, bytes]]:
    if adopted and not (context.root / ".obsidian").is_dir():
        return
    text = render_types(None, context.settings.renamed)
    if text is not None:
        yield TYPES_FILE, f"{text}\n".encode()


def _make_workflow(root: Path, ci: str) -> Mapping[str, bool]:
    """Make the workflow where its host looks for it, at the top of the repository; its path from here."""
    source, target = WORKFLOWS[ci]
    top = environment.find_repository(root)
    path = _as_git_has_it(top, environment.path_in_repository(root))
    data = (find_shipped("vault_template") / source).read_bytes()
    sign, plain = _EXPANDED[ci]
    quoted = double_quoted(path.replace(sign, plain))
    data = data.replace(_AT_THE_TOP, f"{_VAULT}: {quoted}".encode()) if path else data
    way = "../" * len(root.relative_to(top).parts)
    return {f"{way}{target}": seed.create_file(top, target, data)}


def _as_git_has_it(top: Path, path: str) -> str:
    """Write `ü` as one letter where the disk takes either form: git on a Mac does, and jobs run elsewhere."""
    composed = normalize("NFC", path)
    return composed if (top / composed).is_dir() else path
