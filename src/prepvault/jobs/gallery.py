"""The pictures that notes on the dashboard embed: read once, and copied under names of ours when shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from prepvault.errors import PrepVaultError
from prepvault.jobs.context import Context
from prepvault.model.note import Note, digest_of
from prepvault.model.vault import Vault
from prepvault.outside.pictures import read_picture
from prepvault.parse.pictures import find_pictures, is_named_picture, picture_kind
from prepvault.rules.links import build_index, resolve_link
from prepvault.rules.slugs import slug_of

FOLDER = "files"
_MIB = 1024 * 1024
LARGEST = 10 * _MIB
MOST = 128 * _MIB
_TOO_LARGE = f"larger than {LARGEST // _MIB} MiB, so it was not copied"
_TOO_MANY = f"beyond the {MOST // _MIB} MiB of pictures that a dashboard holds, so it was not copied"
_UNREADABLE = "could not be read, so it was not copied"
_OTHER = "not a PNG, JPEG, GIF, WebP or AVIF picture by its content, so it was not copied"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its bytes, and its path in the site, which is made of its name and its content."""

    name: str
    data: bytes


@dataclass(slots=True)
class Gallery:
    """Pictures by their path in the vault, and why others are not among them; `shown` were asked for."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def show(self, path: str) -> str | None:
        """Give a picture's path in the site and have it copied there; None where there is none."""
        picture = self.pictures.get(path)
        if picture:
            self.shown.add(path)
        return picture.name if picture else None

    def name_of(self, path: str) -> str:
        """The path in the site that a picture has or would have; empty where there is none."""
        picture = self.pictures.get(path)
        return picture.name if picture else ""

    @property
    def files(self) -> Mapping[str, bytes]:
        """What must be copied for the pages drawn so far, by path in the site."""
        return {self.pictures[path].name: self.pictures[path].data for path in sorted(self.shown)}

    @property
    def digests(self) -> tuple[tuple[str, str], ...]:
        """All that it holds, in short."""
        held = {path: digest_of(picture.data) for path, picture in self.pictures.items()}
        return tuple(sorted((held | self.refused).items()))


def read_gallery(context: Context, public: Vault) -> Gallery:
    """Read the pictures that notes with a page embed; without such embeds no file is looked at.

    `public` is what may be shown of the vault. Which of them a page really shows is told by the drawing:
    a picture in a comment is read here and never copied.
    """
    gallery = Gallery()
    notes = [note for note in _notes_with_pages(public) if b"![" in note.data]
    if not notes:
        return gallery
    index = build_index([name for name in public.names if is_named_picture(name)])
    wanted: dict[str, None] = {}
    for note in notes:
        for target in find_pictures(note.data.decode("utf-8", "replace")):
            if path := resolve_link(target, note.path, index):
                wanted[path] = None
    room = MOST
    for path in sorted(wanted):
        room -= _read(context, path, gallery, room)
    return gallery


def _notes_with_pages(vault: Vault) -> list[Note]:
    paths = {each.path for each in vault.interviews}
    paths |= {each.path for each in vault.stories} | {each.path for each in vault.companies}
    return [note for path in sorted(paths) if (note := vault.notes.get(path))]


def _read(context: Context, path: str, gallery: Gallery, room: int) -> int:
    """Read one picture or note down why not; the bytes it takes."""
    try:
        data = read_picture(context.root, path, LARGEST)
    except PrepVaultError:
        gallery.refused[path] = _UNREADABLE
        return 0
    if data is None or len(data) > room:
        gallery.refused[path] = _TOO_LARGE if data is None else _TOO_MANY
        return 0
    kind = picture_kind(data)
    if not kind:
        gallery.refused[path] = _OTHER
        return 0
    stem = path.rpartition("/")[2].rpartition(".")[0]
    gallery.pictures[path] = Picture(f"{FOLDER}/{slug_of(stem)}-{digest_of(data)[:12]}.{kind}", data)
    return len(data)
