"""Files that come with the program, a vault's own cards, and what `coach` remembers."""

from pathlib import Path

import pytest

from prepvault.errors import OutsideError
from prepvault.outside import resources
from prepvault.outside.memory import read_memory, remember
from prepvault.outside.resources import (
    find_shipped,
    finding_codes,
    read_content,
    read_content_folder,
    read_finding_page,
    read_templates,
)


def test_content_is_cards_and_nothing_else() -> None:
    paths = set(read_content())
    assert {"checklist/spine.yaml", "types/panel.md", "titles.yaml", "texts/star.md"} <= paths
    assert not [path for path in paths if path.startswith(("findings/", "demo/"))]


def test_a_card_file_is_read_when_it_is_looked_up_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    read_text = Path.read_text

    def counting(file: Path, encoding: str | None = None) -> str:
        opened.append(file.name)
        return read_text(file, encoding=encoding)

    monkeypatch.setattr(Path, "read_text", counting)
    texts = read_content.__wrapped__()
    assert len(texts) > 50
    assert opened == []
    assert texts["types/panel.md"] is texts["types/panel.md"]
    assert opened == ["panel.md"]


def test_a_vaults_folder_gives_its_cards(tmp_path: Path) -> None:
    cards = tmp_path / "Cards" / "texts"
    cards.mkdir(parents=True)
    (cards / "star.md").write_bytes("---\nid: stär\n---\n".encode())
    (cards / "latin.md").write_bytes(b"caf\xe9")
    (cards / "picture.png").write_bytes(b"\x00")
    (cards / ".hidden.md").write_text("no")
    (cards / "huge.md").write_text("x" * 300_000)
    (tmp_path / "secret.md").write_text("SECRET")
    (cards / "link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "Elsewhere").mkdir()
    (tmp_path / "Elsewhere" / "a.md").write_text("SECRET")
    (cards / "folder").symlink_to(tmp_path / "Elsewhere")
    read = read_content_folder(tmp_path, "Cards")
    assert read == {"texts/star.md": "---\nid: stär\n---\n", "texts/latin.md": "caf\ufffd"}
    assert read_content_folder(tmp_path, "Nowhere") == {}


@pytest.mark.parametrize("folder", ["..", "../Cards", "/etc"])
def test_a_folder_outside_the_vault_is_not_read(tmp_path: Path, folder: str) -> None:
    root = tmp_path / "vault"
    root.mkdir()
    with pytest.raises(OutsideError, match="out of the vault"):
        read_content_folder(root, folder)


def test_what_ships_is_found_in_the_package_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "src" / "prepvault"
    (package / "_shipped" / "site_templates").mkdir(parents=True)
    (tmp_path / "vault_template").mkdir()
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(resources, "PACKAGE", package)
    assert find_shipped("site_templates") == package / "_shipped" / "site_templates"
    assert find_shipped("vault_template") == tmp_path / "vault_template"
    with pytest.raises(OutsideError, match="missing"):
        find_shipped("nothing")


def test_templates_are_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.html").write_text("<p>ä</p>", encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\x00")
    assert read_templates(tmp_path) == {"parts/a.html": "<p>ä</p>"}


def test_every_page_of_a_finding_begins_with_its_code() -> None:
    assert len(finding_codes()) > 10
    for code in finding_codes():
        page = read_finding_page(code)
        assert page
        assert page.startswith(f"---\ncode: {code}\n")


@pytest.mark.parametrize(
    "code", ["", "coaching", "coaching/none", "../checklist/spine", "Coaching/Edited", "/etc/x"]
)
def test_an_unknown_code_has_no_page(code: str) -> None:
    assert read_finding_page(code) is None


def test_memory_grows_and_is_written_only_when_it_does(tmp_path: Path) -> None:
    assert read_memory(tmp_path) == {}
    remember(tmp_path, {"a": ("tips", "ask")})
    remember(tmp_path, {"a": ("star",), "b": ("tips",)})
    assert read_memory(tmp_path) == {"a": ("ask", "star", "tips"), "b": ("tips",)}
    file = tmp_path / "coached.json"
    file.chmod(0o400)
    before = file.stat().st_ino
    remember(tmp_path, {"a": ("tips",)})
    assert file.stat().st_ino == before
    assert [path.name for path in tmp_path.iterdir()] == ["coached.json"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"a": 1}', b"\xff", b'{"a": [1, null]}'])
def test_a_damaged_memory_is_read_as_little_or_nothing(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "coached.json").write_bytes(damage)
    assert not any(read_memory(tmp_path).values())
    remember(tmp_path, {"b": ("tips",)})
    assert read_memory(tmp_path)["b"] == ("tips",)


def test_a_memory_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match=r"coached\.json"):
        remember(tmp_path / "missing", {"a": ("tips",)})
