"""Put a pitch together from the user's own facts; what is missing stands in brackets, nothing is made up."""

import re
from collections.abc import Mapping

from prepvault.model.card import Text
from prepvault.model.phrases import lower_first, sentence
from prepvault.model.pitch import SECONDS, Pitch, PitchBlock, PitchFacts

_PARTS = ("hook", "present", "proof", "why", "goal")
_PROOFS: Mapping[int, int] = {30: 1, 60: 2, 120: 4}
_PROVENANCE = re.compile(r"\s*\((?:cv|user-stated[^()]*|unconfirmed|cannot[ -]confirm)\)\s*$", re.IGNORECASE)
_DEED = re.compile(
    r"(?:\w{2,}ed|cut|led|built|ran|grew|made|won|wrote|taught|brought|set|took|put|drew|kept|sold|found|began"
    r"|spoke|drove|held|sent|gave|chose|rewrote|rebuilt|sped|bought|caught|met|became|did)\b",
    re.IGNORECASE,
)
_NO_ARTICLE = re.compile(
    r"(?:an?|the|one|head|director|chief|vice|c[a-z]o|[se]?vp|(?:co-?)?founder|professor)\b", re.IGNORECASE
)
_BARE_VERB = re.compile(
    r"(?:lead|build|work|join|move|grow|help|learn|own|run|take|become|make|write|design|manage|teach|start|use"
    r"|find|go|solve|ship|be|do|bring|keep|turn|apply|care|contribute|drive|develop|create|improve)\s",
    re.IGNORECASE,
)


def compose_pitch(facts: PitchFacts, seconds: int, card: Text) -> Pitch:
    """Write a pitch of 30, 60 or 120 seconds with the wording of its card (`texts/pitch.md`)."""
    column = SECONDS.index(seconds)
    return Pitch(seconds, tuple(_block(name, facts, seconds, column, card) for name in _PARTS))


def provenance_of(achievement: str) -> str:
    """Tell where an achievement's number comes from: the words in brackets at its end, or nothing."""
    found = _PROVENANCE.search(achievement)
    return found[0].strip(" ()").casefold() if found else ""


def spoken(achievement: str) -> str:
    """Make a sentence of an achievement as a CV has it: of `Cut it by half (cv)`, `I cut it by half.`"""
    text = _PROVENANCE.sub("", achievement.strip().lstrip("-*• ")).strip().rstrip(".;")
    if not text:
        return ""
    if _DEED.match(text):
        text = f"I {text[0].lower()}{text[1:]}"
    elif not re.match(r"(?:I|My|We|Our)\b", text):
        text = f"One result I can show: {lower_first(text)}"
    return f"{text}."


def _block(name: str, facts: PitchFacts, seconds: int, column: int, card: Text) -> PitchBlock:
    words = int((card.fields.get(f"{name}_words", "").split() or ["0"] * 3)[column])
    text, asks = _PART[name](facts, seconds, card)
    gap = f"[{asks}; about {words} words]" if asks and name != "proof" else f"[{asks}]" if asks else ""
    return PitchBlock(name, " ".join(part for part in (text, gap) if part), words, asks)


def _hook(facts: PitchFacts, _: int, card: Text) -> tuple[str, str]:
    if not (facts.name and facts.role):
        return "", card.fields.get("hook_ask", "")
    return _fill(card, "hook", {"name": facts.name, "role": _with_article(facts.role)}), ""


def _present(facts: PitchFacts, _: int, card: Text) -> tuple[str, str]:
    if not facts.present:
        return "", card.fields.get("present_ask", "")
    return sentence(" ".join(facts.present.split())), ""


def _proof(facts: PitchFacts, seconds: int, card: Text) -> tuple[str, str]:
    """Take as many achievements as fit; the long pitch asks for a story where the bank gives none."""
    told = [said for said in map(spoken, facts.achievements) if said][: _PROOFS[seconds]]
    if not told:
        return "", card.fields.get("proof_ask", "")
    if seconds < 120:
        return " ".join(told), ""
    if facts.story:
        return " ".join([*told[:3], sentence(facts.story)]), ""
    return " ".join(told), card.fields.get("story_ask", "")


def _why(facts: PitchFacts, _: int, card: Text) -> tuple[str, str]:
    """Say what drew one here; where one has shown what they need is only asked for, never claimed."""
    known = {"company": facts.company, "reason": sentence(facts.reason)}
    text = _fill(card, "why_reason", known) if facts.company and facts.reason else ""
    if facts.need:
        ask = "need_story_ask" if facts.shown_by else "need_ask"
        return text, _fill(card, ask, {"need": facts.need, "story": facts.shown_by})
    return text, "" if text else card.fields.get("why_ask", "")


def _goal(facts: PitchFacts, seconds: int, card: Text) -> tuple[str, str]:
    hand_over = card.fields.get("hand_over", "") if seconds > 30 else ""
    if not facts.goal:
        return hand_over, card.fields.get("goal_ask", "")
    goal = facts.goal.strip().rstrip(".")
    goal = f"to {lower_first(goal)}" if _BARE_VERB.match(goal) else lower_first(goal)
    return " ".join(part for part in (_fill(card, "goal", {"goal": goal}), hand_over) if part), ""


_PART = {"hook": _hook, "present": _present, "proof": _proof, "why": _why, "goal": _goal}


def _fill(card: Text, name: str, values: Mapping[str, str]) -> str:
    wording = card.fields.get(name, "")
    for slot, value in values.items():
        wording = wording.replace(f"{{{{{slot}}}}}", value)
    return " ".join(wording.split())


def _with_article(role: str) -> str:
    """Give a title its article: `Backend Engineer at Acme` is `a backend engineer at Acme`."""
    role = role.strip().rstrip(".")
    if _NO_ARTICLE.match(role):
        return _lowered_title(role)
    return f"{_article(role)} {_lowered_title(role)}"


def _article(word: str) -> str:
    """Choose by the sound: `an SRE`, `a UX designer`, `a user researcher`."""
    first = word.split()[0] if word.split() else ""
    if first.isupper() and len(first) > 1:
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    return "an" if re.match(r"[aeio]|u(?!ni|se|s\b|r[aeiou])", first, re.IGNORECASE) else "a"


def _lowered_title(role: str) -> str:
    """Write a title in lower case as far as the place of work; names in capitals stay (`QA`, `iOS`)."""
    title, *place = re.split(r"(?=\s(?:at|for|with|bei|in)\s)", role, maxsplit=1)
    words = (word.lower() if word[1:].islower() else word for word in title.split())
    return " ".join(words) + "".join(place)
