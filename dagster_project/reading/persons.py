"""The people of one document: full and partial names merged, with office, organisation and country as the article gives them.

Belongs here: named persons. Does not belong: pronouns and descriptions that refer to them (``coreference.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dagster_project.reading import titles
from dagster_project.reading.offices import is_office_noun, office_before
from dagster_project.reading.transliteration import fold, words
from dagster_project.reading.types import Name
from dagster_project.reading.view import View

_LEFT_LIMIT, _RIGHT_LIMIT = 9, 14
_OFFICE_TAGS = ("NN", "JJ", "VBG", "VBN", "HYPH", "POS", "CD", "RB", "FW")
_INNER = frozenset({"of", "for", "and", "the", "to", "in", "on", "at", "-", "&", "’s", "'s", "'", "’"})
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@dataclass(slots=True)
class Person:
    """One person and the names that mean them."""

    names: list[int] = field(default_factory=list)  # indices of doc._.names
    keys: tuple[str, ...] = ()  # folded words of the fullest form
    form: str = ""  # fullest form as written
    office: tuple[int, int] | None = None  # tokens of the office, without the name
    offices: list[tuple[int, int]] = field(default_factory=list)  # all titles and appositions
    gender: str | None = None
    age: str | None = None


def people(view: View, names: list[Name]) -> list[Person]:
    """Persons in order of first mention, each with all names labelled PERSON that mean them."""
    mentions = [(n, _keys(view, name)) for n, name in enumerate(names) if name.label == "PERSON"]
    mentions = [(n, keys) for n, keys in mentions if keys]
    full: list[Person] = []
    for n, keys in sorted(mentions, key=lambda m: (-len(m[1]), m[0])):
        if len(keys) < 2:
            continue
        for person in full:
            if _same_full(person.keys, keys):
                person.names.append(n)
                break
        else:
            full.append(Person([n], keys, _form(view, names[n])))
    single: list[Person] = []
    for n, keys in mentions:
        if len(keys) != 1:
            continue
        known = (
            _bearer(keys[0], n, full, names)
            or next((p for p in single if p.keys == keys), None)
            or _completed(view, n, names, single)
        )
        person = known or Person([], keys, _form(view, names[n]))
        if known is None:
            single.append(person)
        person.names.append(n)
    found = sorted(full + single, key=lambda p: min(p.names))
    for person in found:
        person.names.sort()
        for n in person.names:
            _describe(view, names, person, names[n])
    return found


def _keys(view: View, name: Name) -> tuple[str, ...]:
    tokens: list[str] = []
    quoted = False
    for i in range(name.start, name.end):
        text = view.texts[i]
        if text in {'"', "“", "”", "(", ")"}:  # Kenneth "Frank" McKenzie
            quoted = not quoted if text in {'"'} else text in {"“", "("}
            continue
        if quoted or text.lower() in _SUFFIXES:
            continue
        tokens.append(text + ("" if view.spaces[i] else "\0"))
    joined = " ".join(tokens).replace("\0 ", "").replace("\0", "")
    return tuple(fold(w) for w in words(joined) if len(w.strip(".")) > 0)


def _form(view: View, name: Name) -> str:
    return " ".join(view.doc[name.start : name.end].text.split())


def _same_full(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """All words of the shorter in the longer in order, initials and nicknames aside, and the same first or last word."""
    if longer[-1] != shorter[-1] and longer[0] != shorter[0]:
        return False
    if longer[-1] != shorter[-1] and len(longer) - len(shorter) > 1:
        return False
    spelled_out = len(longer[0].strip(".")) > 1 and len(shorter[0].strip(".")) > 1
    if longer[0] != shorter[0] and spelled_out and shorter[0] not in longer:
        return False
    rest = iter(longer)
    return all(any(_fits(word, other) for other in rest) for word in shorter)


def _fits(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word.strip("."), other.strip(".")), key=len)
    return len(short) == 1 and long.startswith(short)


def _bearer(key: str, n: int, full: list[Person], names: list[Name]) -> Person | None:
    """The person with a full name that one name alone means: by surname, then by any part; the last one told of first."""
    for parts in (lambda p: p.keys[-1:], lambda p: p.keys[1:], lambda p: p.keys[:1]):
        fitting = [p for p in full if key in parts(p)]
        if not fitting:
            continue
        before = [p for p in fitting if min(p.names) < n]
        if before:
            return max(before, key=lambda p: max((m for m in p.names if m < n), default=-1))
        return fitting[0]
    return None


def _completed(view: View, n: int, names: list[Name], single: list[Person]) -> Person | None:
    """A sentence that is nothing but a name finishes the lone name before it: "spokesman Saeed said. Khatibzadeh."."""
    name = names[n]
    number = view.sents[name.start]
    start, end = view.sent_starts[number], view.sent_end(name.start)
    rest = [i for i in range(start, end) if not name.start <= i < name.end and view.texts[i].isalpha()]
    if rest or number == 0:
        return None
    before = [p for p in single if any(view.sents[names[m].start] == number - 1 for m in p.names)]
    if len(before) != 1 or not titles.is_titled(view, names[before[0].names[0]].start):
        return None
    person = before[0]
    key = _keys(view, name)
    person.keys, person.form = person.keys + key, f"{person.form} {_form(view, name)}"
    return person


def _describe(view: View, names: list[Name], person: Person, name: Name) -> None:
    start = _office_start(view, name.start)
    if start < name.start:
        words_before = view.lowers[start : name.start]
        person.gender = person.gender or titles.gender_of(words_before)
        person.offices.append((start, name.start))
        if person.office is None and any(is_office_noun(w) for w in words_before):
            kinds = {titles.kind_of(w) for w in words_before}
            if kinds - {"honorific", None}:
                person.office = (start, name.start)
    after = name.end
    while after < view.n and view.lowers[after] in _SUFFIXES | {",", "(", "-", "–", "—"} and after < name.end + 2:
        after += 1
    if after < view.n and view.texts[after].isdigit() and view.texts[after - 1] in {",", "("} and len(view.texts[after]) < 3:
        person.age = person.age or view.texts[after]
    span = apposition(view, name.end) or _apposition_before(view, _office_start(view, name.start))
    if span is not None:
        person.offices.append(span)
    if span is not None and (person.office is None or _is_bare(view, person.office)):
        person.office = span


def _is_bare(view: View, office: tuple[int, int]) -> bool:
    """Whether a title says less than an apposition would: "Mr", "Gen."."""
    return office[1] - office[0] == 1 and titles.kind_of(view.lowers[office[0]]) in {"honorific", "rank"}


def _office_start(view: View, end: int) -> int:
    """Start of the title phrase before a name: "Iranian Foreign Ministry spokesman"."""
    start = titles.title_before(view, end)
    if start is None:
        if not end or not is_office_noun(view.lowers[end - 1]) or view.sents[end - 1] != view.sents[end]:
            return end
        start = end - 1
    limit = max(view.sent_starts[view.sents[end]] if end < view.n else 0, end - _LEFT_LIMIT)
    while start > limit:
        tag, lower = view.tags[start - 1], view.lowers[start - 1]
        if not (tag.startswith(_OFFICE_TAGS) or lower in {"-", "'s", "’s"}) or view.texts[start - 1] in {",", ":"}:
            break
        if view.texts[start - 1].startswith("\n") or lower in {"something", "someone", "others", "saying", "including"}:
            break
        start -= 1
    while start < end - 1 and view.tags[start] in {"VBG", "VBN"} and view.lowers[start] != "retired":
        start += 1
    return start


def apposition(view: View, end: int) -> tuple[int, int] | None:
    """ ", Pentagon press secretary" / ", a member of the Houthi political office," after a name."""
    if end + 1 >= view.n or view.texts[end] not in {",", "(", "–", "—", "-"}:
        return None
    start = i = end + 1
    if view.texts[i].isdigit() and i + 1 < view.n and view.texts[i + 1] == ",":  # ", 46, a sergeant"
        start = i = i + 2
    stop = min(view.sent_end(end), end + _RIGHT_LIMIT)
    while i < stop:
        lower, tag = view.lowers[i], view.tags[i]
        if lower in {",", ";", ")", ":", "–", "—", ".", "who", "whose", "which", '"', "“"} or tag in {
            "VBD",
            "VBZ",
            "VBP",
            "MD",
        }:
            break
        i += 1
    if i == start or (i < view.n and view.tags[i] in {"VBD", "VBZ", "VBP", "MD"} and view.texts[i] not in {",", ")"}):
        # ", spokesman for X, said": an apposition closes with a comma, except at the end of a sentence
        return None
    head = _head_noun(view, start, i)
    if head is None or not is_office_noun(view.lowers[head]):
        return None
    return start, i


def _apposition_before(view: View, start: int) -> tuple[int, int] | None:
    """ "the top US diplomat, David Pecker," / "the governor of Valle del Cauca, Dilian Francia,"."""
    if start < 2 or view.sents[start - 1] != view.sents[start]:
        return None
    found = office_before(view.doc, start - 1)
    return (found[0], start - 1) if found is not None else None


def _head_noun(view: View, start: int, end: int) -> int | None:
    """The noun before the first preposition of a phrase."""
    head = None
    for i in range(start, end):
        if view.tags[i] == "IN" and head is not None:
            break
        if view.tags[i].startswith("NN") and view.lowers[i] not in _INNER:
            head = i
    return head
