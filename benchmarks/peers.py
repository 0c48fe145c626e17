"""Other programs that make pages of Markdown notes, each with one small layout, written here.

They are given the interviews alone; PrepVault looks at the whole vault, so the comparison favours them.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.children import Contender

_FIELDS = ("company", "role", "interview_type", "scheduled_at", "timezone", "status")
_HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'


@dataclass(frozen=True)
class Peer:
    """A program that was found; `prepare` writes what it needs into a folder of its own."""

    name: str
    program: str
    prepare: Callable[[Path, Path, Path], None]
    build: Sequence[str]

    def contender(self, folder: Path, notes: Path, out: Path, before: Callable[[], object]) -> Contender:
        """Set it up in a new folder for these notes; its pages go to `out`."""
        folder.mkdir(parents=True)
        self.prepare(folder, notes, out)
        argv = [self.program, *(word.format(folder=folder, notes=notes, out=out) for word in self.build)]
        return Contender(self.name, argv, folder=folder, before=before)


def find_peers(folders: str) -> list[Peer]:
    """Find programs in folders, separated as in `PATH`, and in `PATH`; what is not there is left out."""
    path = os.pathsep.join(filter(None, (folders, os.environ.get("PATH", ""))))
    found = []
    for name, prepare, build in (
        ("hugo", _hugo, ("--quiet", "--source", "{folder}")),
        ("mkdocs", _mkdocs, ("build", "-q", "-f", "{folder}/mkdocs.yml")),
        ("eleventy", _eleventy, ("--quiet",)),
        ("pelican", _pelican, ("-q", "-s", "{folder}/pelicanconf.py")),
    ):
        program = shutil.which(name, path=path)
        if program:
            found.append(Peer(name, _bare(name, program), prepare, build))
    return found


def _bare(name: str, program: str) -> str:
    """Hugo's package for Python starts the program through Python; the comparison is with the program."""
    if name != "hugo":
        return program
    home = Path(program).parent.parent
    return next((str(path) for path in home.glob("lib/python*/site-packages/hugo/binaries/hugo")), program)


def _rows(form: str) -> str:
    return "".join(f"<dt>{name}</dt><dd>{form.format(name)}</dd>" for name in _FIELDS)


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _hugo(folder: Path, notes: Path, out: Path) -> None:
    kinds = '"taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"'
    lines = (
        'baseURL = "http://localhost/"',
        f'contentDir = "{notes}"',
        f'publishDir = "{out}"',
        f"disableKinds = [{kinds}]",
        "[markup.highlight]",
        "codeFences = false",
    )
    _write(folder, "hugo.toml", "\n".join(lines) + "\n")
    head = _HEAD.format(title="{{ .Params.company }}")
    page = f"{head}<dl>{_rows('{{{{ .Params.{0} }}}}')}</dl><main>{{{{ .Content }}}}</main></body></html>\n"
    _write(folder, "layouts/_default/single.html", page)
    row = '<li><a href="{{ .RelPermalink }}">{{ .Params.company }}</a></li>'
    rows = f"{{{{ range .Site.RegularPages }}}}{row}{{{{ end }}}}"
    listing = f"{_HEAD.format(title='Interviews')}<ul>{rows}</ul></body></html>\n"
    for name in ("index.html", "_default/list.html"):
        _write(folder, f"layouts/{name}", listing)


def _mkdocs(folder: Path, notes: Path, out: Path) -> None:
    lines = (
        "site_name: Interviews",
        f"docs_dir: '{notes}'",
        f"site_dir: '{out}'",
        "theme: {name: null, custom_dir: theme}",
        "plugins: []",
        "markdown_extensions: [tables]",
    )
    _write(folder, "mkdocs.yml", "\n".join(lines) + "\n")
    head = _HEAD.format(title="{{ page.title }}")
    rows = _rows("{{{{ page.meta.{0} }}}}")
    _write(
        folder, "theme/main.html", f"{head}<dl>{rows}</dl><main>{{{{ page.content }}}}</main></body></html>\n"
    )


def _eleventy(folder: Path, notes: Path, out: Path) -> None:
    """It keeps to its own folder, so the notes lie in there by a link."""
    (folder / "notes").symlink_to(notes)
    script = f"""module.exports = function (config) {{
  config.addGlobalData("layout", "page.njk");
  return {{
    markdownTemplateEngine: false,
    dir: {{ input: "notes", includes: "../layouts", output: {str(out)!r} }},
  }};
}};
"""
    _write(folder, "eleventy.config.js", script)
    head = _HEAD.format(title="{{ company }}")
    rows = _rows("{{{{ {0} }}}}")
    _write(
        folder,
        "layouts/page.njk",
        f"{head}<dl>{rows}</dl><main>{{{{ content | safe }}}}</main></body></html>\n",
    )


def _pelican(folder: Path, notes: Path, out: Path) -> None:
    """It has another meaning for `status` and wants a title and a date, so a reader gives it those."""
    script = f"""import yaml
from pelican import signals
from pelican.readers import MarkdownReader
from pelican.utils import get_date

SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = "Interviews", "", "UTC", "en"
PATH, OUTPUT_PATH, THEME = {str(notes)!r}, {str(out)!r}, {str(folder / "theme")!r}
DIRECT_TEMPLATES, ARTICLE_SAVE_AS, ARTICLE_URL = ["index"], "{{slug}}.html", "{{slug}}.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None


class Notes(MarkdownReader):
    def read(self, source_path):
        from markdown import Markdown

        with open(source_path, encoding="utf-8") as file:
            _, head, body = file.read().split("---\\n", 2)
        fields = yaml.load(head, yaml.CSafeLoader)
        fields["standing"] = fields.pop("status")
        fields |= {{"title": fields["company"], "slug": fields["id"]}}
        fields["date"] = get_date(str(fields["scheduled_at"]))
        return Markdown(extensions=["tables", "fenced_code"]).convert(body), fields


def register(readers):
    readers.reader_classes["md"] = Notes


class Plugin:
    __name__ = "notes"

    @staticmethod
    def register():
        signals.readers_init.connect(register)


PLUGINS = [Plugin()]
"""
    _write(folder, "pelicanconf.py", script)
    head = _HEAD.format(title="{{ article.title }}")
    rows = _rows("{{{{ article.{0} }}}}").replace("article.status", "article.standing")
    page = f"{head}<dl>{rows}</dl><main>{{{{ article.content }}}}</main></body></html>\n"
    _write(folder, "theme/templates/article.html", page)
    row = '{% for each in articles %}<li><a href="{{ each.url }}">{{ each.title }}</a></li>{% endfor %}'
    _write(
        folder,
        "theme/templates/index.html",
        f"{_HEAD.format(title='Interviews')}<ul>{row}</ul></body></html>\n",
    )
    for name in ("page", "author", "category", "tag", "archives", "base", "period_archives"):
        _write(folder, f"theme/templates/{name}.html", "x")
