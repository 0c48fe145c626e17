"""`prepvault serve`: the dashboard with live reload, the API and the calendar's address, for this machine."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from prepvault.cli import report
from prepvault.cli.options import Options, json_option, pass_options, vault_command
from prepvault.errors import UsageError

if TYPE_CHECKING:
    from prepvault.jobs.serve import Served
    from prepvault.jobs.watch_told import Told
    from prepvault.web.start import WebServer

_PORT = 8470
_EXTRA = {"starlette", "uvicorn", "pydantic", "h11", "anyio"}


@vault_command("serve", example="prepvault serve --open")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0 takes a free one."
)
@click.option("--host", default="localhost", show_default=True, help="127.0.0.1 or ::1: this machine alone.")
@click.option("--open", "open_page", is_flag=True, help="Open the dashboard in the browser.")
@click.option(
    "--watch/--no-watch",
    default=None,
    help="Also coach and remind, as `watch` does; or rebuild only after what pages save.",
)
@click.option("--read-only", is_flag=True, help="Take nothing that writes.")
@click.option("--new-feed-address", is_flag=True, help="Give the calendar another secret address.")
@json_option
@pass_options
def command(
    options: Options,
    *,
    port: int,
    host: str,
    open_page: bool,
    watch: bool | None,
    read_only: bool,
    new_feed_address: bool,
    as_json: bool,
) -> int:
    """Serve the dashboard to this machine, live, with the API and the calendar, until Ctrl-C."""
    from prepvault.cli.watch_words import Speaker
    from prepvault.jobs.serve import HOSTS, How, serve, show
    from prepvault.jobs.watch_told import Ended, Started

    if options.now:
        raise UsageError("`serve` goes by the clock, so it takes no `--now`", hint="run `prepvault serve`")
    if host not in HOSTS:
        hint = f"choose one of {', '.join(HOSTS)}; docs/server.md says what to do for phones"
        raise UsageError(f"`{host}` is not this machine alone", hint=hint)
    server = _web_server()
    speaker = Speaker(options, as_json=as_json)

    def tell(at: datetime, told: Told) -> None:
        if as_json or not isinstance(told, Started | Ended):
            speaker.tell(at, told)
        elif isinstance(told, Started) and told.mode.is_polling:
            options.tell(f"looks for changes every few seconds: {report.safe(told.mode.why)}")

    def begun(served: Served, other: str) -> None:
        _say_addresses(options, served, other, as_json=as_json)
        if open_page and not show(served):
            options.tell(f"no browser could be started; open {served.address}")

    how = How(port=port, host=host, watches=watch, is_read_only=read_only, renews=new_feed_address)
    log = _log if options.verbose else None
    serve(options.vault, how, tell, door=lambda served: server(served, log), begun=begun)
    return 0


def _web_server() -> type[WebServer]:
    """Load the server; without its extra say what to install."""
    from prepvault.jobs.extras import missing_extra

    try:
        from prepvault.web import start
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in _EXTRA:
            raise
        raise missing_extra(f"`serve` needs `{missing}`", "serve") from error
    return start.WebServer


def _say_addresses(options: Options, served: Served, other: str, *, as_json: bool) -> None:
    if as_json:
        places = {"address": served.address, "feed": served.feed, "read_only": served.is_read_only}
        report.say_json_line("serve", {**places, "watched_by": int(other) if other.isdigit() else None})
    else:
        report.say(report.Styled("dashboard  ", "strong"), served.address)
        report.say(report.Styled("calendar   ", "strong"), served.feed)
    report.flush()
    if other:
        options.tell(f"process {other} watches this vault already and keeps the pages true")
    options.tell("Ctrl-C ends it")


def _log(method: str, path: str, status: int) -> None:
    report.tell(report.Styled(f"{status} ", "dim"), report.safe(f"{method} {path}"))
