"""Tools that draft mails; one sends, and is there only where the user started the server to allow it."""

from typing import Annotated

from prepvault.errors import UsageError
from prepvault.jobs.asked_mail import About, Drafted, draft_answer, draft_mail, is_allowed, send_asked
from prepvault.jobs.compose import MailRequest
from prepvault.jobs.understand import split_list, understand_word
from prepvault.mcp_server import arguments as said
from prepvault.mcp_server import results
from prepvault.mcp_server.desk import Desk
from prepvault.model.interview import InterviewType

_DRAFT = "A draft: nothing was sent."


class Mails:
    """The four mails of the original system, and sending."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def send_interview_reminder_email(
        self,
        *,
        company: said.Company = "",
        role: said.Role = "",
        interview_type: Annotated[str, said.one_of(InterviewType, "what kind of interview")] = "",
        scheduled_at: said.At = "",
        interviewer: said.Person = "",
        location: said.Location = "",
        interview_id: said.MaybeId = "",
        recipient_email: said.Address = "",
    ) -> results.Draft:
        """Draft the reminder that the user gets before an interview, with what is left to do."""
        about = About(
            interview_id=interview_id.strip(),
            company=company,
            role=role,
            type=understand_word(InterviewType, "type", interview_type) if interview_type.strip() else None,
            at=scheduled_at,
            interviewer=interviewer,
            location=location,
        )
        return self._draft(about, MailRequest(kind="reminder", to=recipient_email.strip()))

    def send_thank_you_email(
        self,
        *,
        company: said.Company = "",
        role: said.Role = "",
        interviewer_name: Annotated[str, said.said("whom to thank")] = "",
        interview_date: said.Day = "",
        talking_points: said.Points = "",
        interview_id: said.MaybeId = "",
        recipient_email: said.Address = "",
    ) -> results.Draft:
        """Draft a thank-you to one interviewer, from what was talked about. It is not sent."""
        about = About(
            interview_id=interview_id.strip(),
            company=company,
            role=role,
            at=interview_date,
            interviewer=interviewer_name,
        )
        asked = MailRequest(
            kind="thank_you",
            to=recipient_email.strip(),
            person=" ".join(interviewer_name.split()),
            points=split_list(talking_points),
        )
        return self._draft(about, asked)

    def send_follow_up_email(
        self,
        *,
        company: said.Company = "",
        role: said.Role = "",
        interview_date: said.Day = "",
        news: Annotated[str, said.said("one thing that is new since you spoke", 1_000)] = "",
        interview_id: said.MaybeId = "",
        recipient_email: said.Address = "",
    ) -> results.Draft:
        """Draft a follow-up for when the promised answer does not come. It is not sent."""
        about = About(interview_id=interview_id.strip(), company=company, role=role, at=interview_date)
        fields = {"news": news.strip()} if news.strip() else {}
        return self._draft(about, MailRequest(kind="follow_up", to=recipient_email.strip(), fields=fields))

    def send_status_update_email(
        self,
        *,
        company: said.Company = "",
        role: said.Role = "",
        interview_date: said.Day = "",
        interview_id: said.MaybeId = "",
        recipient_email: said.Address = "",
    ) -> results.Draft:
        """Draft an update for the user on where an application stands and what is next. It is not sent."""
        about = About(interview_id=interview_id.strip(), company=company, role=role, at=interview_date)
        return self._draft(about, MailRequest(kind="status_update", to=recipient_email.strip()))

    def send_email(
        self,
        *,
        draft_id: Annotated[str, said.said("the draft's `draft_id`: just that text is sent", 80)],
        recipient_email: Annotated[
            str, said.said("to whom, as in the draft; allowed by the user's settings", 254)
        ],
    ) -> results.SentMail:
        """Send one mail, as its draft shows it, through the user's own mail server. Ask the user first.

        Only to the user's own address and to those that their settings name; never twice by itself.
        """
        drafted = self._desk.draft(draft_id.strip())
        with self._desk.change(preview=False) as (context, vault):
            sent = send_asked(context, vault, drafted, recipient_email.strip())
        note = f"the note does not say so yet: {sent.problem}" if sent.problem else "the note says so"
        return results.SentMail(
            to=sent.mail.to,
            subject=sent.mail.subject,
            message_id=sent.message_id,
            at=sent.at.isoformat(),
            note=note,
        )

    def _draft(self, about: About, request: MailRequest) -> results.Draft:
        if not about.interview_id and not about.company.strip():
            raise UsageError("`company` is missing", hint="name company and role, or an `interview_id`")
        context, vault = self._desk.read()
        drafted = draft_mail(context, vault, about, request)
        is_ready = drafted.is_in_vault and drafted.composed.is_sendable
        is_open = self._desk.mode.allows_sending and is_allowed(context.settings, drafted.composed.mail.to)
        can_send = is_ready and is_open
        draft_id = self._desk.keep_draft(drafted) if can_send else None
        note = _note(drafted, can_send=can_send)
        return results.Draft.model_validate({"note": note, "draft_id": draft_id, **draft_answer(drafted)})


def _note(drafted: Drafted, *, can_send: bool) -> str:
    """Say that nothing was sent, and what is left to do."""
    mail = drafted.composed.mail
    parts = [_DRAFT]
    if mail.missing:
        parts.append(f"Fill in what stands in brackets: {', '.join(mail.missing)}.")
    if not mail.to:
        parts.append("Provide recipient_email to address it.")
    if can_send:
        parts.append("`send_email` sends it, once the user agrees.")
    elif drafted.command:
        parts.append(f"The user sends it: {drafted.command}")
    return " ".join(parts)
