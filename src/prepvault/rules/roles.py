"""From a free-text job title to a role family, by ordered rules.

The rules' patterns see a normal title: lower case, without accents, gender marks, contract words and
work modes; abbreviations written out, foreign heads in English, and `frontend`, `backend`, `fullstack`,
`devops`, `mlops` in one word.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from prepvault.model.card import Family, Library, TitleRule

FALLBACK = ("general", 0.3)
"""The family of every title that no rule knows."""

SURE = 0.75
"""Below this confidence a family is an assumption, and is shown as one."""

_LATER_COSTS = 0.15
_LONGEST_TITLE = 200

_GENDER_MARKS = (
    r"\(?\b[mwfhdxin](?: ?[/|*] ?(?:[mwfhdxin]|div|gn)){1,3}\b\)?",
    r"\(?\ball genders?\b\)?",
    r"\(gn\)",
    r"(?<=\w)[:*_·](?:in|innen|e|se|rice|a)\b",
    r"(?<=\w)/-?(?:in|innen|a|e|se|trice)\b",
    r"(?<=\w)\((?:e|in|a|se)\)",
)
_GENDER = re.compile("|".join(_GENDER_MARKS))
_TERMS = (
    r"(?:fully |100% )?remote(?: first| only)?",
    r"hybrid|on[- ]?site|home ?office|wfh",
    r"full[- ]?time|part[- ]?time|permanent|temporary|contract(?:or)?|freelance|fixed[- ]term",
    r"vollzeit|teilzeit|unbefristet|befristet|cdi|cdd",
    r"req(?:uisition)? ?#?\d+",
    r"\d{1,3}(?: ?- ?\d{1,3})? ?%",
)
_NOISE = re.compile(rf"\b(?:{'|'.join(_TERMS)})(?!\w)")
_WORDS: tuple[tuple[str, str], ...] = (
    (r"front[- ]?end(?!\w)", "frontend"),
    (r"back[- ]?end(?!\w)", "backend"),
    (r"full[- ]?stack(?!\w)", "fullstack"),
    (r"dev[- ]?sec[- ]?ops", "devsecops"),
    (r"dev[- ]?ops", "devops"),
    (r"ml[- ]?ops", "mlops"),
    (r"(?:test|qa)-?ingenieur(?:in)?", "test engineer"),
    (r"sr\.?|snr\.?", "senior"),
    (r"jr\.?|jnr\.?", "junior"),
    (r"s(?:of)?tw(?:are)? eng\.?|swe|sde|sd engineer", "software engineer"),
    (r"sdm", "software development manager"),
    (r"mle", "machine learning engineer"),
    (r"tpm", "technical program manager"),
    (r"vice president|v\.p\.?|svp|evp|avp", "vp"),
    (r"fe(?= (?:eng|dev))", "frontend"),
    (r"be(?= (?:eng|dev))", "backend"),
    (r"engr?\.?", "engineer"),
    (r"devs?\.?(?![- ]?ops)", "developer"),
    (r"mgr\.?|mngr\.?", "manager"),
    (r"software ?-?entwickl(?:er|erin|ung)", "software developer"),
    (r"web ?-?entwickler(?:in)?", "web developer"),
    (r"(?:daten|data)[- ]?ingenieur(?:in)?", "data engineer"),
    (
        r"(?:daten|data)wissenschaftler(?:in)?|scientifique des donnees|cientific[oa] de datos",
        "data scientist",
    ),
    (r"datenanalyst(?:in)?|analista de da(?:t|d)os", "data analyst"),
    (
        r"produkt-?manager(?:in)?|chef(?:fe)? de produit|jefe de producto|gerente de produto",
        "product manager",
    ),
    (r"projekt-?(?:manager|leiter)(?:in)?|chef(?:fe)? de projet|jefe de proyecto", "project manager"),
    (r"it-?sicherheit\w*|sicherheits(?=ingenieur|engineer|analyst)", "security "),
    (r"seguridad|securite|sicurezza", "security"),
    (
        r"entwickler(?:in)?|developpeu(?:r|se)|desarrollador|desenvolvedor|sviluppatore|ontwikkelaar",
        "developer",
    ),
    (r"programmierer(?:in)?|programador|programmeur", "programmer"),
    (r"ingenieure?(?:in)?|ingenier[oa]|ingegnere|engenheir[oa]", "engineer"),
    (r"softwarearchitekt(?:in)?", "software architect"),
    (r"architekt(?:in)?|architecte|arquitecto", "architect"),
    (r"logiciels?", "software"),
    (r"donnees|datos|daten|dati|dados", "data"),
    (r"directeur technique|directrice technique", "technical director"),
    (r"leiter(?:in)?|directeur|director general|responsable", "head of"),
)
_EXPANSIONS = tuple((re.compile(rf"(?<![\w.])(?:{old})(?!\w)"), new) for old, new in _WORDS)
_OF = re.compile(
    r"\b(engineer|developer|architect|analyst) (?:de|des|du|del|di|of|en|in) (?:la |las |los |le )?(\w+)"
)
_SPLIT = re.compile(r"[,()\[\]|:;@]|\s[-–—]+\s|–|—|\bat\b")
_LEADS = re.compile(
    r"(?:(?:senior|associate|executive|group|global|interim) )*(director|head|vp|manager|lead)"
)


def family_of(role: str, rules: Sequence[TitleRule]) -> tuple[str, float]:
    """Tell a title's family and how sure that is, from 0 to 1.

    The title is read part by part; a part that only a vague rule knows lets later parts speak, at a price.
    """
    best = ("", 0.0)
    for index, part in enumerate(title_parts(role)):
        rule = next((rule for rule in rules if re.search(rule.pattern, part)), None)
        if not rule:
            continue
        confidence = rule.confidence - (_LATER_COSTS if index else 0)
        if confidence > best[1]:
            best = (rule.family, round(confidence, 2))
        if rule.confidence >= SURE:
            break
    return best if best[0] else FALLBACK


def pick_family(library: Library, role: str, named: str = "") -> tuple[Family, float]:
    """Take the family that the note names, else guess it from the title; say how sure that is, 0 to 1."""
    plain = named.strip().lower().replace("-", "_").replace(" ", "_")
    if plain in library.families:
        return library.families[plain], 1.0
    guessed, confidence = family_of(named or role, library.titles)
    fallback = Family(id=FALLBACK[0], title="General")
    return library.families.get(guessed, library.families.get(FALLBACK[0], fallback)), confidence


def title_parts(role: str) -> tuple[str, ...]:
    """Cut a normal title at commas, brackets, dashes and `at`; `Director, Data` stays together."""
    parts = [" ".join(part.split()) for part in _SPLIT.split(normal_title(role))]
    parts = [part.strip(" -/.&") if not part.startswith(".") else part for part in parts]
    parts = [part for part in parts if part]
    leads = _LEADS.fullmatch(parts[0]) if len(parts) > 1 else None
    if leads:
        first, second, *rest = parts
        joined = f"{second} {first}" if leads[1] in {"manager", "lead"} else f"{first} of {second}"
        parts = [joined, *rest]
    return tuple(parts)


@lru_cache(maxsize=1024)
def normal_title(role: str) -> str:
    """Write a title in the form that the rules' patterns see."""
    title = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", role[:_LONGEST_TITLE]).lower())
    title = "".join(char for char in title if not unicodedata.combining(char))
    title = _NOISE.sub(" ", _GENDER.sub(" ", title.replace("\u2011", "-")))
    for pattern, word in _EXPANSIONS:
        title = pattern.sub(word, title)
    return _OF.sub(r"\2 \1", " ".join(title.split()))
