"""Adding text to the user's own part of a note."""

import pytest

from prepvault.errors import RefusedError
from prepvault.parse.body import append_to_body

MANAGED = (
    b"<!-- prepvault:begin id=tips v=1 sum=ab12cd34ef -->\n## Notes\nours\n<!-- prepvault:end id=tips -->\n"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"", b"## Notes\n\none\ntwo\n", id="empty"),
        pytest.param(b"hi", b"hi\n\n## Notes\n\none\ntwo\n", id="no last line end"),
        pytest.param(b"---\na: 1\n---\n", b"---\na: 1\n---\n## Notes\n\none\ntwo\n", id="head only"),
        pytest.param(
            b"---\na: 1\n---", b"---\na: 1\n---\n## Notes\n\none\ntwo\n", id="head without line end"
        ),
        pytest.param(
            b"---\r\na: 1\r\n---\r\n## Notes\r\nx\r\n\r\n## Next\r\n",
            b"---\r\na: 1\r\n---\r\n## Notes\r\nx\r\n\r\none\r\ntwo\r\n\r\n## Next\r\n",
            id="crlf",
        ),
        pytest.param(b"## notes \n\n\n## B\n", b"## notes \n\none\ntwo\n\n\n## B\n", id="case and blanks"),
        pytest.param(
            b"### Notes ###\na\n# Top\n", b"### Notes ###\na\n\none\ntwo\n\n# Top\n", id="other level"
        ),
        pytest.param(
            b"## Notes\n### Sub\na\n## B\n",
            b"## Notes\n### Sub\na\n\none\ntwo\n\n## B\n",
            id="below its parts",
        ),
        pytest.param(b"Notes\n---\na\n\nB\n===\n", b"Notes\n---\na\n\none\ntwo\n\nB\n===\n", id="underlined"),
        pytest.param(b"## Notes\n\n" + MANAGED, b"## Notes\n\none\ntwo\n\n" + MANAGED, id="before a section"),
        pytest.param(MANAGED, MANAGED + b"\n## Notes\n\none\ntwo\n", id="not into a section"),
        pytest.param(
            b"```\n## Notes\n```\n", b"```\n## Notes\n```\n\n## Notes\n\none\ntwo\n", id="not in a fence"
        ),
        pytest.param(b"> ## Notes\n", b"> ## Notes\n\n## Notes\n\none\ntwo\n", id="not in a quote"),
        pytest.param(b"caf\xe9 \xff\n", b"caf\xe9 \xff\n\n## Notes\n\none\ntwo\n", id="other encoding"),
        pytest.param(
            b"\xef\xbb\xbfx\n\n\n\n",
            b"\xef\xbb\xbfx\n\n## Notes\n\none\ntwo\n\n\n\n",
            id="blank lines at the end",
        ),
        pytest.param(b"~~~\na\n~~~", b"~~~\na\n~~~\n\n## Notes\n\none\ntwo\n", id="closed fence"),
        pytest.param(b"    code\n", b"    code\n\n## Notes\n\none\ntwo\n", id="indented code"),
    ],
)
def test_text_goes_below_the_heading(before: bytes, after: bytes) -> None:
    assert append_to_body(before, "one\ntwo\n", heading="Notes") == after


def test_a_second_text_follows_the_first() -> None:
    once = append_to_body(b"# A\n", "one", heading="## Notes")
    assert append_to_body(once, "two", heading="Notes") == b"# A\n\n## Notes\n\none\n\ntwo\n"


def test_the_level_of_a_new_heading() -> None:
    assert append_to_body(b"", "x", heading="# Debrief") == b"# Debrief\n\nx\n"
    assert append_to_body(b"", "x", heading="####  Debrief  now") == b"#### Debrief now\n\nx\n"


@pytest.mark.parametrize("body", [b"a\n```\ncode\n", b"~~~~\n~~~\n", b"text\n%%\nhidden\n", b"$$\nx\n"])
def test_a_text_that_nobody_would_see_is_refused(body: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        append_to_body(body, "x", heading="Notes")
    assert "never closed" in caught.value.message
