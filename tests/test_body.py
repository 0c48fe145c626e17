"""Adding text to the user's own part of a note."""

import pytest

from prepvault.errors import RefusedError
from prepvault.parse.blocks import Block
from prepvault.parse.body import append_to_body, below_heading
from prepvault.parse.sections import body_lines, find_sections, has_room
from prepvault.parse.splice import splice_section

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
        pytest.param(b" ## Notes\na\n   # B\n", b" ## Notes\na\n\none\ntwo\n\n   # B\n", id="indented"),
        pytest.param(
            b"  Notes\n===\na\n\n B\n---\n",
            b"  Notes\n===\na\n\n B\n---\n\none\ntwo\n",
            id="underlined and indented",
        ),
        pytest.param(
            b"## Notes\n* a\n---\nb\n", b"## Notes\n* a\n---\nb\n\none\ntwo\n", id="a rule below a list"
        ),
        pytest.param(
            b"## Notes\na\n\n## B\n<!-- open\n",
            b"## Notes\na\n\none\ntwo\n\n## B\n<!-- open\n",
            id="above what is open",
        ),
        pytest.param(b"a\rb\r", b"a\rb\r\r\n## Notes\n\none\ntwo\n", id="lone carriage returns"),
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


OPEN = [
    b"a\n```\ncode\n",
    b"```\ncode\n\n\n",
    b"```\n## Notes\n",
    b"~~~~\n~~~\n",
    b"text\n%%\nhidden\n",
    b"$$\nx\n",
    b"a\n\n<!-- never\n",
    b"<!-- never\n\n## Notes\n\n",
    b"<?php\n",
    b"<!X\n",
    b"<script>\nx\n\n",
    b"<pre>\n",
    b"<style>\n\ny\n",
    b"%%\n## Notes\nhidden\n\n## Next\n%%\n",
]


@pytest.mark.parametrize("head", [b"", b"---\na: 1\n---\n"])
@pytest.mark.parametrize("body", OPEN)
def test_a_text_that_nobody_would_see_is_refused(body: bytes, head: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        append_to_body(head + body, "x", heading="Notes")
    assert "never closed" in caught.value.message
    assert caught.value.hint


def test_the_refusal_names_the_line_that_is_left_open() -> None:
    with pytest.raises(RefusedError) as caught:
        append_to_body(b"---\na: 1\n---\n```\n```\n\n<!-- a\n```\nb\n", "x", heading="Notes")
    assert "the comment that begins in line 7 is never closed" in caught.value.message


@pytest.mark.parametrize("body", [body for body in OPEN if b"## N" not in body])
def test_where_a_section_has_no_room_a_text_has_none(body: bytes) -> None:
    assert not has_room(body)


SWALLOWING = [
    "```\ncode",
    "~~~",
    "a\n\n%%\nhidden",
    "said %% that",
    "<!-- x",
    "said <!-- that",
    "$$\nx",
    "it is $$ x",
    "<script>",
    "<pre>\nx",
    "<?x",
    "<!X",
    "- a\n\n%% b",
]


@pytest.mark.parametrize("text", SWALLOWING)
def test_a_text_that_swallows_what_follows_is_refused(text: str) -> None:
    for before in (b"", b"## Notes\n\n## Mine\n\n" + MANAGED):
        with pytest.raises(RefusedError) as caught:
            append_to_body(before, text, heading="Notes")
        assert "does not close it" in caught.value.message
        assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "```\ncode\n%%\n<!--\n```",
        "%% aside %%",
        "%%\naside\n%%",
        "<!-- aside -->",
        "$$\nx\n$$",
        "it is $$x$$",
        "the signs `%%`, `$$` and `<!--`, and \\$$ 5",
        "- [ ] one\n  - two\n\n> quoted",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "### Part\n\ntext",
        "  indented",
        "caf\u00e9 \U0001f600",
    ],
)
def test_what_a_text_opens_and_closes_is_allowed(text: str) -> None:
    managed = splice_section(b"", "tips", 1, "## Tips\n\n- a", None)
    before = b"## Notes\n\n- a\n\n## Mine\n\n" + managed
    after = append_to_body(before, text, heading="Notes")
    assert text.encode() in after
    assert after.replace(b"\n" + text.encode() + b"\n", b"", 1) == before
    assert [each.actual for each in find_sections(after)[0]] == [
        each.actual for each in find_sections(before)[0]
    ]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        pytest.param(b"a\n", "<<<<<<< one\nx\n>>>>>>> two", id="conflict marks"),
        pytest.param(b"a\n", "x\n\n<!-- prepvault:begin id=tips -->", id="a marker"),
        pytest.param(b"a\n", "x\r\r%% prepvault:end id=tips %%", id="a marker behind a lone return"),
        pytest.param(b"---\na: 1\n# never closed\n", "---", id="the end of front matter"),
        pytest.param(b"## Notes\n- ```\n  code\n", "  hidden", id="into a fence of a list"),
    ],
)
def test_a_text_that_changes_the_rest_is_refused(before: bytes, text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        append_to_body(before, text, heading="Notes")
    assert "read differently" in caught.value.message


def test_template_marks_run_nothing_and_line_ends_are_the_notes() -> None:
    after = append_to_body(b"a\r\nb\r\n", "one <% tp.x() %>\rtwo\r\nthree\nfour", heading="N<%")
    assert after == b"a\r\nb\r\n\r\n## N&lt;%\r\n\r\none &lt;% tp.x() %>\r\ntwo\r\nthree\r\nfour\r\n"
    assert append_to_body(after, "five", heading="N<%").count(b"## N") == 1


def test_an_added_text_is_text_even_below_a_list() -> None:
    after = append_to_body(b"## Notes\n- a\n", "    more", heading="Notes")
    assert [line.block for line in body_lines(after) if line.text == "    more"] == [Block.TEXT]


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (b"## Notes\n", "# A\nx\n\n## B ##\n```py\n# no\n```", "### A\nx\n\n#### B\n```py\n# no\n```"),
        (b"### Notes\n", "## A", "#### A"),
        (b"# Notes\n", "## A", "## A"),
        (b"", "---\nid: x\n---\nA\n===\ny", "---\n#### id: x\n### A\ny"),
        (b"", "#### A\n\nplain", "#### A\n\nplain"),
        (b"", "# A\n###### B", "### A\n###### B"),
        (b"", "> # A\n- # B", "> # A\n- # B"),
    ],
)
def test_headings_of_an_added_text_come_below_its_own(before: bytes, text: str, after: str) -> None:
    assert below_heading(before, text, heading="Notes") == after


def test_what_is_added_later_stands_later() -> None:
    data = b"---\na: 1\n---\n\n## Notes\n"
    for text in ("# First\n- 1", "Second\n===\n- 2", "third"):
        data = append_to_body(data, below_heading(data, text, heading="Notes"), heading="Notes")
    assert data.endswith(b"## Notes\n\n### First\n- 1\n\n### Second\n- 2\n\nthird\n")
