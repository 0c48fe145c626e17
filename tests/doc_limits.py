"""The table of limits, each with its value as the code has it."""

from collections.abc import Iterator

from prepvault.jobs import gallery, send_mail, slots
from prepvault.outside import cache, foreign, given_out, journal, resources
from prepvault.parse import (
    busy_events,
    frontmatter,
    invite_repeats,
    invites,
    posting,
    sections,
    spreadsheets,
    yaml_tree,
)
from prepvault.render import feed, feed_drafts, feed_words, markdown_html
from prepvault.render.obsidian import embeds
from prepvault.web import events, guard, patience, reading


def _size(count: int) -> str:
    for unit, factor in (("MiB", 1 << 20), ("KiB", 1 << 10)):
        if count % factor == 0:
            return f"{count // factor} {unit}"
    return f"{count:,} bytes"


def limits() -> Iterator[tuple[str, str, str]]:
    """Every limit that a person may meet: what, how much, and what happens beyond it."""
    yield "a note", _size(frontmatter.MAX_NOTE), "left unread, `note/too-large`"
    yield "front matter", _size(yaml_tree.MAX_BYTES), "not understood, `frontmatter/too-large`"
    yield "front matter, nested", f"{yaml_tree.MAX_DEPTH} levels", "not understood, `frontmatter/too-deep`"
    yield (
        "a note's text on a page",
        f"{markdown_html.LONGEST:,} characters",
        "shown whole, without formatting",
    )
    yield "lines of a note that is coached", f"{sections.MOST_LINES:,}", "left as it is, `coaching/too-long`"
    yield "embedded notes, one in another", f"{embeds.DEEPEST} deep", "a link"
    yield "embedded notes on one page", f"{embeds.MOST_PASSAGES}", "links"
    yield "one picture", _size(gallery.LARGEST), "a link that says why"
    yield "all pictures of a site", _size(gallery.MOST), "links"
    yield "a posting", f"{posting.LONGEST:,} characters", "read so far"
    yield "a card file", _size(resources._LONGEST_CARD), "left unread"
    yield "alarms of one event", str(feed_drafts.ALARM_LIMIT), "the nearest are kept"
    yield "title of an event", f"{feed_words.SUMMARY_LIMIT} characters", "cut"
    yield "text of an event", f"{feed_words.DESCRIPTION_LIMIT:,} characters", "cut"
    yield "the calendar file", f"{feed.SIZE_LIMIT:,} bytes", "fewer past days, then `feed/too-large`"
    yield "an imported file", _size(foreign.LARGEST), "refused"
    yield "files of one import", f"{foreign.MOST_FILES:,}", "refused"
    yield "rows of one table", f"{spreadsheets.MOST_ROWS:,}", "refused: split the file"
    yield "columns of one table", f"{spreadsheets.MOST_COLUMNS:,}", "refused: take columns out"
    yield "an invite's file", f"{invites.LARGEST:,} bytes", "refused"
    yield "events in it", f"{invites.MOST_EVENTS:,}", "read so far, and told"
    yield "dates of a series in it", str(invite_repeats.MOST), "read so far, and told"
    yield "a calendar for `slots --busy`", _size(slots._LONGEST_CALENDAR), "refused"
    yield "its events around the days asked for", f"{busy_events.MOST_EVENTS:,}", "read so far, and told"
    for _, count, span in send_mail._MOST:
        yield f"mails sent in {span}", str(count), "not sent until later"
    yield (
        "writes kept for `undo`",
        f"{journal.KEPT_DAYS} days, {_size(journal.KEPT_BYTES)}",
        "the oldest are forgotten",
    )
    yield "a cache that nobody uses", f"{cache._KEPT_DAYS} days", "removed"
    yield "connections to `serve`", str(patience.MOST_CONNECTIONS), "503"
    yield "pages that wait for news", str(events.MOST), "503"
    yield "a request's head", _size(guard.LARGEST_HEAD), "431"
    yield "a request's body", _size(reading.LARGEST_BODY), "413"
    yield "a file that `serve` gives out", _size(given_out._MOST), "404"
