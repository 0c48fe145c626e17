"""Read a company from its research note."""

from urllib.parse import urlsplit

from prepvault.model.company import Company
from prepvault.model.finding import Finding, Severity
from prepvault.model.note import Head, Note
from prepvault.model.settings import Settings
from prepvault.parse.fields import Fields, shown


def parse_company(note: Note, head: Head) -> tuple[Company, tuple[Finding, ...]]:
    """Read one note of the companies folder; without properties its file name is the company's name."""
    fields = Fields(note.path, head, Settings())
    name = fields.line("company") or fields.line("title") or note.stem
    aliases = fields.value("aliases")
    words = [aliases] if isinstance(aliases, str) else aliases if isinstance(aliases, list) else []
    company = Company(
        name=name,
        path=note.path,
        website=_website(fields),
        aliases=tuple(word.strip() for word in words if isinstance(word, str) and word.strip()),
    )
    return company, tuple(fields.findings)


def _website(fields: Fields) -> str:
    name = next((name for name in ("website", "url", "site") if fields.has(name)), "website")
    text = fields.line(name)
    address = text if "://" in text or not text else f"https://{text}"
    try:
        parts = urlsplit(address)
        good = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    except ValueError:
        good = False
    if text and (not good or any(char.isspace() for char in address)):
        message = f"{{}} should be a web address, found `{shown(text)}`"
        hint = "write it like https://www.example.com"
        fields.report("company/website", name, message, severity=Severity.WARNING, hint=hint, found=text)
        return ""
    return address
