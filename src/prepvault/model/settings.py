"""The one table of settings, and the settings of a vault read with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from prepvault.model.interview import InterviewType

SettingValue = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of `prepvault.toml`; `key` is `table.name`, `doc` one sentence for the file and the docs.

    `form` tells what a text must be: a `zone`, a `lead`, `leads` (a list of them), `hours` in which to be
    quiet, `working-hours`, `weekdays` or a `folder` of the vault.
    `most` is 0 where a number has no upper limit. A `private` one counts only from the user's own settings,
    the environment and the command line: a vault that somebody shared must not name a command to run or a
    server to send a password to.
    """

    key: str
    default: SettingValue
    doc: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    form: str = ""
    private: bool = False

    @property
    def table(self) -> str:
        """The TOML table the key stands in."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The key inside its table."""
        return self.key.partition(".")[2]


_USUAL_LEADS: dict[InterviewType, tuple[str, ...]] = {
    InterviewType.PHONE_SCREEN: ("24h", "2h"),
    InterviewType.VIDEO_INTERVIEW: ("24h", "2h"),
    InterviewType.TECHNICAL: ("48h", "24h", "2h"),
    InterviewType.BEHAVIORAL: ("48h", "24h", "2h"),
    InterviewType.ON_SITE: ("72h", "24h", "2h"),
    InterviewType.PANEL: ("72h", "24h", "2h"),
    InterviewType.FINAL_ROUND: ("72h", "24h", "2h"),
    InterviewType.DEBRIEF: ("24h", "2h"),
}

_READINESS: tuple[tuple[str, int, str], ...] = (
    ("checklist", 40, "the checklist"),
    ("research", 15, "the company's research note"),
    ("stories", 20, "having stories for what is asked"),
    ("questions", 10, "having questions to ask"),
    ("pitch", 5, "the pitch"),
    ("facts", 10, "knowing hour, place, people and posting"),
)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "vault.timezone", "", "IANA zone of notes that name none; empty takes the machine's zone", form="zone"
    ),
    Setting("vault.name", "", "the vault's name in Obsidian links; empty takes the folder's name"),
    Setting("vault.id", "", "names this vault's journal outside it; written by `prepvault init`"),
    Setting("vault.interviews", "Interviews", "folder of interview notes", form="folder"),
    Setting("vault.companies", "Companies", "folder of company research notes", form="folder"),
    Setting("vault.stories", "Stories", "folder of STAR stories", form="folder"),
    Setting("vault.jobs", "Jobs", "folder of application notes, named by job_id", form="folder"),
    Setting("vault.people", "People", "folder of notes about interviewers", form="folder"),
    Setting("vault.holds", "Holds", "folder of notes about times you offered", form="folder"),
    Setting("vault.about", "About me.md", "note with your strengths, weaknesses and standing answers"),
    Setting("vault.drafts", "Drafts", "folder of e-mail drafts you save", form="folder"),
    Setting(
        "vault.templates", "Templates", "folder of note templates; never read as interviews", form="folder"
    ),
    Setting("vault.output", "site", "folder that `prepvault build` writes", form="folder"),
    Setting("vault.ignore", (), "more folders or file patterns to leave unread"),
    *(
        Setting(f"reminders.{kind}", leads, f"{kind.label.lower()}: how long before to remind", form="leads")
        for kind, leads in _USUAL_LEADS.items()
    ),
    Setting("reminders.thank_you", "2h", "how long after a completed interview to say thanks", form="lead"),
    Setting(
        "reminders.follow_up_days",
        7,
        "days of silence before a follow-up, without `reply_by`",
        least=1,
    ),
    Setting(
        "reminders.all_day_hour", 18, "hour on the day before that stands in for all-day interviews", most=23
    ),
    Setting(
        "reminders.channels",
        (),
        "how reminders reach you beside the calendar; none until you choose",
        choices=("desktop", "email", "terminal"),
    ),
    Setting(
        "reminders.quiet_hours",
        "",
        "hours in which reminders wait, like 22:00-07:30, unless the interview would not; empty for none",
        form="hours",
    ),
    Setting("reminders.machine", "", "host name of the machine that sends when several watch the vault"),
    Setting(
        "reminders.set_status",
        default=False,
        doc="whether the first reminder makes a scheduled or confirmed interview `reminder_sent`",
    ),
    Setting("feed.name", "Interviews", "the calendar's name in calendar apps"),
    Setting(
        "feed.detail",
        "full",
        "how much the calendar tells: everything, the title only, or that you are busy",
        choices=("full", "title", "busy"),
    ),
    Setting("feed.past_days", 90, "how many days of past interviews stay in the calendar"),
    Setting("feed.refresh", "1h", "how often calendar apps are asked to fetch", form="lead"),
    Setting("feed.color", "steelblue", "the calendar's colour, a CSS colour name"),
    Setting(
        "feed.skip_invited",
        default=False,
        doc="whether interviews that came by a calendar invite are left to that invite; reminders stay",
    ),
    Setting("site.title", "Interviews", "title of the dashboard"),
    Setting(
        "site.templates", "", "folder in the vault whose templates replace the dashboard's own", form="folder"
    ),
    Setting(
        "site.public", default=False, doc="whether real names on the web are meant; it silences the warnings"
    ),
    Setting("coaching.enabled", default=True, doc="whether `coach` writes sections into notes"),
    Setting(
        "coaching.sections",
        ("brief", "checklist", "stories", "questions", "ask", "tips", "strengths"),
        "which sections, in this order",
        choices=("brief", "checklist", "stories", "questions", "ask", "tips", "strengths", "star"),
    ),
    Setting(
        "coaching.content",
        "",
        "folder in the vault whose content cards replace PrepVault's own",
        form="folder",
    ),
    Setting("coaching.heading_level", 2, "heading level of coaching sections, 1 to 6", least=1, most=6),
    *(
        Setting(f"readiness.{part}", weight, f"how much {what} weighs in readiness; 0 leaves it out")
        for part, weight, what in _READINESS
    ),
    Setting(
        "writing.mode",
        "exchange",
        "how notes are replaced: by exchange (safest), or in place (keeps hard links and birth time)",
        choices=("exchange", "in-place"),
    ),
    Setting(
        "watch.quiet_seconds",
        30,
        "how long a note must rest before `watch` writes coaching into it",
        least=1,
        most=3600,
    ),
    Setting(
        "watch.debounce_ms",
        40,
        "milliseconds without a change after which `watch` looks at what changed",
        least=5,
        most=5000,
    ),
    Setting(
        "watch.rescan_seconds",
        60,
        "how often `watch` looks at all files, for changes of which nobody told it",
        least=5,
        most=86400,
    ),
    Setting("slots.hours", "09:00-17:00", "when you talk to companies, by your clock", form="working-hours"),
    Setting("slots.their_hours", "08:00-18:00", "when they do, by their clock", form="working-hours"),
    Setting("slots.weekdays", "mon-fri", "on which days, like mon-fri or mon,tue,thu", form="weekdays"),
    Setting("slots.buffer", "15m", "how long stays free before and after everything", form="lead"),
    Setting("slots.travel", "1h", "how long the way to an interview on site takes, and back", form="lead"),
    Setting("slots.notice", "24h", "how soon is too soon to be offered", form="lead"),
    Setting("slots.hold_days", 7, "how many days offered times stay held in the calendar", least=1, most=60),
    Setting(
        "slots.busy",
        (),
        "calendar files (.ics) of other things you do, whose times are not offered",
        private=True,
    ),
    Setting("profile.name", "", "your name, for e-mails and the pitch"),
    Setting("profile.email", "", "your address, for reminders to yourself"),
    Setting("profile.phone", "", "your phone number, for e-mails"),
    Setting("profile.role", "", "your present role in plain words, for the pitch"),
    Setting("profile.present", "", "what you answer for today in one sentence, for the pitch"),
    Setting("profile.goal", "", "what you want next, for the pitch"),
    Setting(
        "profile.norms",
        "",
        "customs where you apply: they change greetings, thanks and pay talk; empty for none in particular",
        choices=(
            "",
            "direct-individual",
            "formal-hierarchical",
            "relationship-first",
            "consensus",
        ),
    ),
    Setting(
        "profile.words_per_minute", 140, "how fast you speak; it sizes pitch and stories", least=60, most=240
    ),
    Setting("practice.minutes", 25, "how long one practice session is", least=5, most=120),
    Setting("mail.host", "", "your mail server, for `email --send`", private=True),
    Setting("mail.port", 587, "its port: 587 with STARTTLS, 465 with TLS", least=1, most=65535, private=True),
    Setting(
        "mail.security",
        "starttls",
        "how the connection is protected; `none` only for a server on this machine",
        choices=("starttls", "tls", "none"),
        private=True,
    ),
    Setting("mail.user", "", "your name at the mail server; empty sends without signing in", private=True),
    Setting("mail.from", "", "the sender's address; empty takes `[profile] email`", private=True),
    Setting("mail.password_command", "", "a command that prints the mail password", private=True),
    Setting("mail.timeout", 30, "seconds to wait for the mail server", least=1, most=300, private=True),
    Setting(
        "mcp.send_to",
        (),
        "addresses beside your own to which an assistant may send mail, where `mcp --allow-send` runs",
        private=True,
    ),
    Setting("profile.achievements", (), "three or four achievements with numbers, for the pitch"),
)

SETTINGS_BY_KEY: dict[str, Setting] = {entry.key: entry for entry in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """A vault's settings: every key of the table has a valid value.

    `renamed` maps our property names to the vault's own (`[properties]`). `origin` tells where each value
    and each new name (`properties.role`) comes from: `default`, `user`, `vault`, `environment` or `flag`.
    `local_zone` is the IANA zone to use where neither the note nor the settings name one.
    """

    values: Mapping[str, SettingValue] = field(
        default_factory=lambda: MappingProxyType({entry.key: entry.default for entry in SETTINGS})
    )
    renamed: Mapping[str, str] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)
    local_zone: str = "UTC"

    def text(self, key: str) -> str:
        """Return a text setting; KeyError and TypeError are our bugs."""
        value = self.values[key]
        if not isinstance(value, str):
            raise TypeError(key)
        return value

    def number(self, key: str) -> int:
        """Return a number setting."""
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(key)
        return value

    def flag(self, key: str) -> bool:
        """Return a yes-or-no setting."""
        value = self.values[key]
        if not isinstance(value, bool):
            raise TypeError(key)
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list setting."""
        value = self.values[key]
        if not isinstance(value, tuple):
            raise TypeError(key)
        return value

    @property
    def zone(self) -> str:
        """The IANA zone of notes that name none."""
        return self.text("vault.timezone") or self.local_zone

    def property_name(self, name: str) -> str:
        """The vault's own name for one of our properties."""
        return self.renamed.get(name, name)
