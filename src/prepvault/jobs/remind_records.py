"""What programs are told about reminders and about one delivery."""

from datetime import datetime

from prepvault.jobs.context import Context
from prepvault.jobs.remind import Listing
from prepvault.model.delivery import Delivery, Message, Report, Snooze, Standing, Telling
from prepvault.model.reminder import Reminder


def listing_record(context: Context, found: Listing) -> dict[str, object]:
    """Tell a program how reminders stand."""
    return {
        "now": context.now.isoformat(),
        "zone": context.settings.zone,
        "channels": list(found.channels),
        "machine": found.machine or None,
        "ledger_damaged": found.is_damaged,
        "reminders": [_standing_record(each) for each in found.open],
        "trouble": [_standing_record(each) for each in found.trouble],
        "missed": [_standing_record(each) for each in found.missed],
    }


def delivery_record(now: datetime, done: Delivery) -> dict[str, object]:
    """Tell a program what one delivery did at a moment."""
    return {
        "now": now.isoformat(),
        "held": done.held or None,
        "told": [_report_record(each) for each in done.told],
        "uncertain": [_report_record(each) for each in done.uncertain],
        "failed": [_report_record(each) for each in done.failed],
        "missed": [reminder_record(each) for each in done.missed],
        "in_doubt": [telling_record(each) for each in done.in_doubt],
        "noted": list(done.noted),
        "not_noted": dict(done.unwritten),
        "next_at": _moment(done.next_at),
    }


def snooze_record(put_off: Snooze) -> dict[str, object]:
    """Tell a program what was put off."""
    return {"interview": put_off.interview_id, "until": put_off.until.isoformat(), "key": put_off.key}


def reminder_record(reminder: Reminder) -> dict[str, object]:
    """Tell a program about one reminder."""
    return {
        "interview": reminder.interview_id,
        "kind": reminder.kind.value,
        "lead": reminder.suffix,
        "at": reminder.at.isoformat(),
        "until": reminder.until.isoformat(),
        "key": reminder.key,
    }


def telling_record(telling: Telling) -> dict[str, object]:
    """Tell a program about one attempt; an ending of `null` was cut short."""
    return {
        "channel": telling.channel.value,
        "keys": list(telling.keys),
        "at": telling.at.isoformat(),
        "ending": telling.ending.value if telling.ending else None,
        "why": telling.why or None,
    }


def _standing_record(standing: Standing) -> dict[str, object]:
    return {
        **reminder_record(standing.reminder),
        "title": standing.interview.title,
        "state": standing.state.value,
        "last": [telling_record(each) for each in standing.last],
        "next_at": _moment(standing.next_at),
        "waits": standing.waits or None,
    }


def _report_record(report: Report) -> dict[str, object]:
    message: Message = report.message
    return {
        "interview": message.interview.id,
        "channel": message.channel.value,
        "title": report.title,
        "lines": list(report.lines),
        "reminders": [reminder_record(each) for each in message.reminders],
        "ending": report.ending.value,
        "why": report.why or None,
        "hint": report.hint or None,
        "again_at": _moment(report.again_at),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
