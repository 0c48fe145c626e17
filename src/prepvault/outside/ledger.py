"""The ledger of reminders: what was begun to be told, how it ended, what was missed, what was put off.

It is the truth about reminders; `reminders_sent` in a note only repeats it. Damage stops sending, for nobody
could tell then who was told what; a listing passes it over.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from prepvault.model.delivery import Channel, Ending, Message, Past, Snooze, Telling
from prepvault.outside.checked_lines import CheckedLines, Record


class Ledger:
    """The ledger in one state folder; whoever writes holds the vault's lock."""

    def __init__(self, folder: Path) -> None:
        self._lines = CheckedLines(folder / "reminders", "the ledger of reminders")

    def read(self) -> Past:
        """Read all of it; OutsideError where a line is not what was written."""
        past = self.read_sound()
        if past.damaged:
            raise self._lines.damage()
        return past

    def read_sound(self) -> Past:
        """Read what can be read, and count what cannot."""
        tellings: dict[int, Telling] = {}
        snoozes: list[Snooze] = []
        missed: dict[str, datetime] = {}
        began, damaged = None, 0
        for record in self._lines.read():
            try:
                if record and record["kind"] == "start":
                    began = _moment(record["at"])
                else:
                    _READERS[(record or {})["kind"]](record or {}, tellings, snoozes, missed)
            except (KeyError, ValueError, TypeError, OverflowError):
                damaged += 1
        return Past(tuple(tellings.values()), tuple(snoozes), missed, began, damaged)

    def start(self, *, at: datetime) -> None:
        """Put down durably that reminders are told here from now on."""
        self._lines.append({"kind": "start", "at": at.isoformat()})

    def begin(self, message: Message, *, at: datetime, mail: str = "") -> Telling:
        """Put down durably that a message is about to be told; `mail` is the key of its mail."""
        number = max((each.number for each in self.read().tellings), default=0) + 1
        telling = Telling(number, message.channel, message.keys, at, mail)
        self._lines.append(
            {
                "kind": "begin",
                "number": number,
                "channel": str(message.channel),
                "keys": list(message.keys),
                "at": at.isoformat(),
                **({"mail": mail} if mail else {}),
            }
        )
        return telling

    def end(self, telling: Telling, ending: Ending, *, at: datetime, why: str = "", attempt: int = 0) -> None:
        """Put down durably how it ended; `attempt` is the number of its mail in the ledger of mails."""
        record = {"kind": "end", "number": telling.number, "ending": str(ending), "at": at.isoformat()}
        more = {"why": why, "attempt": attempt}
        self._lines.append({**record, **{name: value for name, value in more.items() if value}})

    def miss(self, keys: tuple[str, ...], *, at: datetime) -> None:
        """Put down durably what makes no sense any more and nobody was told."""
        self._lines.append({"kind": "missed", "keys": list(keys), "at": at.isoformat()})

    def snooze(self, interview_id: str, key: str, until: datetime, *, at: datetime) -> Snooze:
        """Put down durably that somebody wants to be told later."""
        number = max((each.number for each in self.read().snoozes), default=0) + 1
        self._lines.append(
            {
                "kind": "snooze",
                "number": number,
                "interview": interview_id,
                "key": key,
                "until": until.isoformat(),
                "at": at.isoformat(),
            }
        )
        return Snooze(number, interview_id, key, until, at)


_Tellings = dict[int, Telling]
_Missed = dict[str, datetime]


def _read_begin(record: Record, tellings: _Tellings, snoozes: list[Snooze], missed: _Missed) -> None:
    number, keys = int(record["number"]), tuple(map(str, record["keys"]))
    mail = str(record.get("mail", ""))
    tellings[number] = Telling(number, Channel(record["channel"]), keys, _moment(record["at"]), mail)


def _read_end(record: Record, tellings: _Tellings, snoozes: list[Snooze], missed: _Missed) -> None:
    ending, at = Ending(record["ending"]), _moment(record["at"])
    begun = tellings[int(record["number"])]
    why, attempt = str(record.get("why", "")), int(record.get("attempt", begun.attempt))
    tellings[begun.number] = replace(begun, ending=ending, why=why, ended=at, attempt=attempt)


def _read_missed(record: Record, tellings: _Tellings, snoozes: list[Snooze], missed: _Missed) -> None:
    missed.update(dict.fromkeys(map(str, record["keys"]), _moment(record["at"])))


def _read_snooze(record: Record, tellings: _Tellings, snoozes: list[Snooze], missed: _Missed) -> None:
    name, key = str(record["interview"]), str(record["key"])
    until, at = _moment(record["until"]), _moment(record["at"])
    snoozes.append(Snooze(int(record["number"]), name, key, until, at))


_Reader = Callable[[Record, _Tellings, list[Snooze], _Missed], None]
_READERS: Mapping[str, _Reader] = {
    "begin": _read_begin,
    "end": _read_end,
    "missed": _read_missed,
    "snooze": _read_snooze,
}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
