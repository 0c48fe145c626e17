"""What `watch` says as it goes: one calm line for each thing that happened, or one JSON document a line."""

from collections.abc import Iterable
from datetime import datetime

from prepvault.cli import remind_words, report, wording
from prepvault.cli.findings import tell_findings
from prepvault.cli.options import Options
from prepvault.jobs.remind_records import delivery_record
from prepvault.jobs.watch_told import (
    Built,
    Delivered,
    Ended,
    Failed,
    Remarked,
    Reminded,
    Started,
    Told,
    Wrote,
)
from prepvault.model.finding import Finding, Severity

_CAUSES = {"time": "the hour changed a page", "asked": "made anew, as asked", "again": "it works again"}


class Speaker:
    """Turns what is told into lines on stderr, or with `--json` on stdout."""

    def __init__(self, options: Options, *, as_json: bool = False) -> None:
        self._options = options
        self._as_json = as_json

    def tell(self, at: datetime, told: Told) -> None:
        """Say one thing, at once."""
        if self._as_json:
            report.say_json_line("watch", {"at": at.isoformat(), **_record(told)})
        else:
            self._say(f"{at:%H:%M:%S}", told)
        report.flush()

    def _say(self, time: str, told: Told) -> None:
        stamp = report.Styled(f"{time}  ", "dim")
        match told:
            case Started():
                self._options.tell(stamp, *_started(told))
                self._options.tell(" " * 10, "dashboard: ", report.safe(str(told.page)))
            case Built():
                self._built(stamp, told)
            case Wrote():
                names = ", ".join(report.safe(path) for path in told.paths[:3])
                more = f" and {len(told.paths) - 3} more" if len(told.paths) > 3 else ""
                if told.paths:
                    self._options.tell(stamp, f"coaching written into {names}{more}", _took(told.seconds))
                tell_findings(self._options, told.findings)
            case Reminded() | Delivered():
                self._remind(stamp, told)
            case Failed() | Remarked():
                self._warn(stamp, told)
            case Ended():
                self._options.tell(stamp, "ended")

    def _remind(self, stamp: report.Piece, told: Reminded | Delivered) -> None:
        """Show a reminder to whoever sits here, or say what became of those that went elsewhere."""
        if isinstance(told, Reminded):
            remind_words.say_reminder(told.title, told.lines)
        else:
            remind_words.tell_of_delivery(self._options, told.delivery, told.zone, stamp)

    def _warn(self, stamp: report.Piece, told: Failed | Remarked) -> None:
        kind = "error" if isinstance(told, Failed) else "note"
        report.tell(stamp, report.Styled(f"{kind}: ", kind), report.safe(told.message))
        self._hint(told.hint)

    def _built(self, stamp: report.Piece, told: Built) -> None:
        """Say what a round did; one that changed nothing is silent unless more was asked for."""
        output = told.report.output
        if output.written or output.removed or told.cause in {"start", "asked", "again"}:
            self._options.tell(stamp, _what(told), ": ", _files(told), _took(told.seconds))
        else:
            self._options.detail(stamp, _what(told), ": nothing to write", _took(told.seconds))
        if told.cause == "start":
            self._options.mention_errors(told.fresh)
            return
        tell_findings(self._options, told.fresh)
        for finding in told.gone:
            if finding.severity is not Severity.INFO:
                place = report.safe(str(finding.place.path))
                self._options.tell(stamp, report.Styled("mended: ", "ok"), f"{finding.code} in {place}")

    def _hint(self, hint: str) -> None:
        if hint:
            report.tell(" " * 10, report.Styled("hint: ", "dim"), report.safe(hint))


def _started(told: Started) -> Iterable[report.Piece]:
    yield f"watching {wording.plural(told.files, 'file')} in {report.safe(str(told.root))}"
    if told.mode.is_polling:
        yield f", by looking every few seconds ({report.safe(told.mode.why)})"
    if not told.coaches:
        yield ", without coaching"
    yield "; Ctrl-C ends it"
    if told.mode.hint:
        yield f"\n{' ' * 10}hint: {told.mode.hint}"


def _what(told: Built) -> str:
    if told.cause == "start":
        return wording.plural(told.report.interviews, "interview")
    if told.cause == "coaching":
        return "with its coaching"
    if told.cause == "changes":
        is_notes = all(path.endswith(".md") for path in told.changed)
        return f"{wording.plural(len(told.changed), 'note' if is_notes else 'file')} changed"
    return _CAUSES[told.cause]


def _files(told: Built) -> str:
    output = told.report.output
    removed = f", {len(output.removed)} removed" if output.removed else ""
    return f"{wording.plural(len(output.written), 'file')} written{removed}"


def _took(seconds: float) -> report.Piece:
    shown = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    return report.Styled(f" ({shown})", "dim")


def _record(told: Told) -> dict[str, object]:
    match told:
        case Started():
            mode = {"polling": told.mode.is_polling, "why": told.mode.why, "hint": told.mode.hint}
            places = {"root": str(told.root), "page": str(told.page)}
            return {"event": "started", **places, "files": told.files, "coaches": told.coaches, **mode}
        case Built():
            output = told.report.output
            return {
                "event": "built",
                "cause": told.cause,
                "changed": sorted(told.changed),
                "written": list(output.written),
                "removed": list(output.removed),
                "seconds": round(told.seconds, 3),
                "fresh": _findings(told.fresh),
                "gone": _findings(told.gone),
            }
        case Wrote():
            return {"event": "coached", "written": list(told.paths), "findings": _findings(told.findings)}
        case Reminded():
            return {"event": "reminder", "title": told.title, "lines": list(told.lines)}
        case Delivered():
            return {"event": "delivered", **delivery_record(told.at, told.delivery)}
        case Failed() | Remarked():
            kind = "failed" if isinstance(told, Failed) else "remark"
            return {"event": kind, "message": told.message, "hint": told.hint}
        case Ended():
            return {"event": "ended", "rounds": told.rounds}


def _findings(findings: Iterable[Finding]) -> list[dict[str, object]]:
    return [
        {"code": each.code, "severity": each.severity.value, "path": each.place.path, "message": each.message}
        for each in findings
    ]
