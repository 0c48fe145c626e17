"""Say what works here, what is merely unset, and what is broken."""

from collections.abc import Iterator

from prepvault import __version__
from prepvault.errors import PrepVaultError, UsageError
from prepvault.jobs.build import output_folder
from prepvault.jobs.context import Context, find_root, open_root
from prepvault.jobs.doctor_check import Check, Standing
from prepvault.jobs.doctor_reminders import check_reminders
from prepvault.jobs.load import load
from prepvault.jobs.send_mail import sender_of, server_of
from prepvault.jobs.service import describe_service, look_at
from prepvault.jobs.write import recover_writes
from prepvault.model.finding import Severity, has_errors
from prepvault.model.mail import MailServer
from prepvault.model.vault import Vault
from prepvault.model.zones import tzdata_version
from prepvault.outside import abilities, programs
from prepvault.outside.journal import Journal
from prepvault.outside.mail_ledger import MailLedger
from prepvault.outside.output import read_manifest
from prepvault.outside.passwords import VARIABLE, password_source
from prepvault.outside.state import state_folder, state_home

_NOT_ENDED = "see that each note is whole, then remove `.prepvault-*.tmp` beside it"
_NOT_WRITTEN = "make room on its disk, or check its permissions"


__all__ = ["Check", "Standing", "examine", "is_broken"]


def examine(vault: str | None, *, now: str | None = None) -> tuple[Check, ...]:
    """Look at everything; without a vault, at what there is without one."""
    return tuple(_all(vault, now))


def is_broken(checks: tuple[Check, ...]) -> bool:
    """Tell whether anything is broken."""
    return any(check.standing is Standing.BROKEN for check in checks)


def _all(vault: str | None, now: str | None) -> Iterator[Check]:
    yield Check("prepvault", Standing.OK, f"{__version__}, {abilities.system_words()}")
    yield _yaml()
    try:
        root = find_root(vault)
    except UsageError as error:
        yield Check("vault", Standing.BROKEN if vault else Standing.UNSET, error.message, error.hint)
        yield _state_home()
        return
    context = open_root(root, now=now)
    read = load(context)
    yield _vault(context, read)
    yield _notes(read)
    yield _settings(context)
    yield _zone(context)
    yield from _state(context)
    yield _mail(context)
    yield from check_reminders(context)
    yield _exchange(context)
    yield _output(context, read)
    yield from _templates(context)
    yield _opener(context)
    yield _service(context)


def _yaml() -> Check:
    if abilities.has_fast_yaml():
        return Check("yaml", Standing.OK, "libyaml is here, so reading is fast")
    return Check("yaml", Standing.UNSET, "libyaml is missing: everything works, reading is slower")


def _vault(context: Context, read: Vault) -> Check:
    obsidian = (
        "with Obsidian's settings" if (context.root / ".obsidian").is_dir() else "not yet opened in Obsidian"
    )
    counts = ((len(read.interviews), "interview"), (len(read.notes), "note"))
    told = " in ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts)
    text = f"{context.root} ({obsidian}), {told}"
    if read.interviews:
        return Check("vault", Standing.OK, text)
    return Check("vault", Standing.UNSET, text, "prepvault schedule")


def _notes(read: Vault) -> Check:
    errors = sum(finding.severity is Severity.ERROR for finding in read.findings)
    if errors:
        return Check("notes", Standing.UNSET, f"findings of severity error: {errors}", "prepvault check")
    return Check("notes", Standing.OK, "no errors")


def _settings(context: Context) -> Check:
    if has_errors(context.findings):
        first = next(each for each in context.findings if each.severity is Severity.ERROR)
        return Check("settings", Standing.BROKEN, f"{first.message} ({first.place})", first.hint)
    if not (context.root / "prepvault.toml").is_file():
        return Check("settings", Standing.UNSET, "no prepvault.toml, so defaults count", "prepvault init")
    changed = sum(origin != "default" for origin in context.settings.origin.values())
    return Check("settings", Standing.OK, f"prepvault.toml is sound, settings that differ: {changed}")


def _zone(context: Context) -> Check:
    release = f"tzdata {tzdata_version()}"
    if context.unreadable:
        return Check("zone", Standing.UNSET, f"not known before prepvault.toml can be read ({release})")
    if context.settings.text("vault.timezone"):
        return Check("zone", Standing.OK, f"{context.settings.zone} for notes that name none ({release})")
    return Check(
        "zone",
        Standing.UNSET,
        f"unset, so this machine's counts: {context.settings.zone} ({release})",
        f'set timezone = "{context.settings.zone}" under [vault], so that every machine agrees',
    )


def _state_home() -> Check:
    return Check("state", Standing.OK, f"the journal of a vault is kept below {state_home()}")


def _state(context: Context) -> Iterator[Check]:
    try:
        folder = state_folder(context.root, context.settings.text("vault.id"))
        works = abilities.can_write(folder)
        journal = Journal(folder)
        lines, entries = journal.read(), journal.entries()
    except (PrepVaultError, OSError) as error:
        yield Check("state", Standing.BROKEN, str(error), "name another folder with PREPVAULT_STATE_DIR")
        return
    if works:
        yield Check("state", Standing.OK, f"{folder}")
    else:
        yield Check("state", Standing.BROKEN, f"{folder} cannot be written", _NOT_WRITTEN)
    if lines.damaged:
        hint = "older writes may not be undone; new ones will be"
        yield Check("journal", Standing.BROKEN, f"damaged lines: {lines.damaged}", hint)
    elif lines.unknown:
        found, hint = len(lines.unknown), "a newer PrepVault wrote them; use that one for `undo`"
        yield Check("journal", Standing.BROKEN, f"lines that this version does not know: {found}", hint)
    elif journal.unfinished(context.root):
        yield _recovered(context, journal)
    else:
        yield Check("journal", Standing.OK, f"sound, writes on record: {len(entries)}")


def _recovered(context: Context, journal: Journal) -> Check:
    """Bring to an end what a killed run left, and tell where that cannot be done."""
    paths = ", ".join(recover_writes(context))
    left = ", ".join(str(record["path"]) for record in journal.unfinished(context.root))
    if left:
        text = f"a run was cut short; its writes cannot be brought to an end: {left}"
        return Check("journal", Standing.BROKEN, text, _NOT_ENDED)
    return Check("journal", Standing.OK, f"a run was cut short; its writes are brought to an end: {paths}")


def _mail(context: Context) -> Check:
    """Tell whether mail can be sent; no server is spoken to and no password is asked for."""
    settings = context.settings
    secret = next((each for each in context.findings if each.code == "settings/secret"), None)
    if secret:
        return Check("mail", Standing.BROKEN, secret.message, secret.hint)
    if not settings.text("mail.host").strip():
        hint = "set [mail] host in your own prepvault.toml, to send with `email --send`"
        return Check("mail", Standing.UNSET, "no server is named: mail is drafted and not sent", hint)
    try:
        server, sender = server_of(settings), sender_of(settings)
        past = MailLedger(state_folder(context.root, settings.text("vault.id"))).read()
    except PrepVaultError as error:
        return Check("mail", Standing.BROKEN, error.message, error.hint)
    text = f"{sender} through {server.host}:{server.port} ({server.security})"
    doubtful = [each for each in past if each.is_in_doubt]
    if doubtful:
        last = doubtful[-1]
        said = f"mails in doubt: {len(doubtful)}, the last to {last.to} on {last.at:%Y-%m-%d %H:%M} UTC"
        hint = "look into your sent mail first; `email --send --again` sends one once more"
        return Check("mail", Standing.UNSET, f"{text}; {said}", hint)
    return _signed_in(server, text, settings.text("mail.password_command"))


def _signed_in(server: MailServer, text: str, command: str) -> Check:
    """Say where the password comes from, without looking at it."""
    if not server.user:
        return Check("mail", Standing.OK, f"{text}, without signing in")
    source = password_source(command)
    if source:
        return Check("mail", Standing.OK, f"{text}, password from {source}")
    hint = f"set ${VARIABLE}, or `[mail] password_command`"
    return Check("mail", Standing.UNSET, f"{text}; no password is set for `{server.user}`", hint)


def _exchange(context: Context) -> Check:
    mode = context.settings.text("writing.mode")
    works = abilities.can_exchange(context.root)
    if works is None:
        return Check("writing", Standing.BROKEN, "nothing can be written into the vault", _NOT_WRITTEN)
    if works:
        return Check("writing", Standing.OK, f"this file system can exchange files (mode {mode})")
    return Check("writing", Standing.UNSET, "no exchange on this file system: a kept second name stands in")


def _output(context: Context, read: Vault) -> Check:
    folder = output_folder(context)
    try:
        built = read_manifest(folder)
    except PrepVaultError as error:
        return Check("output", Standing.BROKEN, error.message, error.hint)
    made = abilities.modified_at(folder / "index.html")
    if built is None or made is None:
        return Check("output", Standing.UNSET, f"nothing was built yet in {folder}", "prepvault build")
    newer = sum(note.modified.timestamp() > made for note in read.notes.values())
    if newer:
        return Check(
            "output", Standing.UNSET, f"notes changed since the last build: {newer}", "prepvault build"
        )
    return Check("output", Standing.OK, f"{folder} is up to date")


def _templates(context: Context) -> Iterator[Check]:
    """Say so where the vault draws its pages itself: its scripts run in the browser of whoever opens them."""
    own = context.settings.text("site.templates")
    if not own:
        return
    from prepvault.jobs.build_site import load_templates

    try:
        load_templates(context)
    except PrepVaultError as error:
        yield Check("templates", Standing.BROKEN, error.message, error.hint)
        return
    text = f"pages are drawn with this vault's own, in `{own}`; read them first if the vault is not yours"
    yield Check("templates", Standing.OK, text)


def _service(context: Context) -> Check:
    """Tell whether anything runs at login; the manager is asked only where there is a file for it."""
    try:
        found = look_at(describe_service(context))
    except PrepVaultError as error:
        return Check("service", Standing.UNSET, error.message, error.hint)
    if not found.is_installed:
        text = "nothing runs at login: pages and reminders wait for you"
        return Check("service", Standing.UNSET, text, "prepvault service install")
    text = f"`{' '.join(found.service.task)}` by {found.service.kind.label}"
    if found.warnings:
        return Check("service", Standing.UNSET, f"{text}: {found.warnings[0]}", found.again)
    if not found.is_at_work:
        words = found.state.words or "not running"
        return Check("service", Standing.UNSET, f"{text}: {words}", "prepvault service status")
    return Check("service", Standing.OK, text)


def _opener(context: Context) -> Check:
    editor = programs.find_editor()
    if editor:
        return Check("editor", Standing.OK, editor)
    return Check(
        "editor", Standing.UNSET, "neither $VISUAL nor $EDITOR is set; `open` uses Obsidian or prints a link"
    )
