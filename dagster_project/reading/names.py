"""Component ``conflict_names``: one consistent set of names from the statistical model and the reference tables.

Assigns ``doc.ents`` (not overlapping, labels of OntoNotes plus WEAPON, VEHICLE, ARMED_GROUP) and ``doc._.names``.

Belongs here: which tokens are a name, and of what kind. Does not belong: who a name stands for (``actors.py``), where a
place is (``places.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from dagster_project.reading import persons, titles
from dagster_project.reading.actor_reference import body_of
from dagster_project.reading.extensions import register
from dagster_project.reading.geocode import GREAT_CITY, candidates, country_of_place
from dagster_project.reading.lexicon import Entry, Match, names_lexicon, word_class
from dagster_project.reading.name_heads import head_label, head_labels
from dagster_project.reading.phrases import actor_heads
from dagster_project.reading.types import Name
from dagster_project.reading.view import View
from dagster_project.reference import table

if TYPE_CHECKING:
    from spacy.tokens import Doc

VALUES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
ARMS = frozenset({"WEAPON", "VEHICLE"})
# Lower-case words inside Romance, Germanic and Arabic names.
PARTICLES = word_class("name_particle")
_PERSON_PARTICLES = PARTICLES - {"of", "the", "and", "for"}
_TRIM = frozenset(
    {"the", "a", "an", "'s", "’s", "'", "’", '"', "“", "”", ",", ".", "(", ")", "-", "–", "—", "and", ":", ";"}
)
_PLACE_PREPOSITIONS = frozenset({"in", "near", "outside", "around", "at"})
_WIDE_PREPOSITIONS = _PLACE_PREPOSITIONS | {
    "to",
    "from",
    "of",
    "toward",
    "towards",
    "between",
    "on",
    "through",
    "and",
    ",",
}
CONFIDENCE_TABLE, CONFIDENCE_MODEL, CONFIDENCE_RULE = 0.95, 0.8, 0.65


@dataclass(slots=True)
class _Found:
    """A candidate name."""

    start: int
    end: int
    label: str
    confidence: float
    entries: list[Entry] = field(default_factory=list)
    sure: bool = False  # lexical evidence decides the label


# Sites of which a town has many: a town's name before them does not make a name.
_LOOSE_SITES = word_class("common_site")
_REGIONAL = frozenset({"south", "latin", "central", "north", "meso"})
_PERSONAL_COUNTRIES = word_class("country_or_person")
_TOWN_STARTS = word_class("town_start")
_KIND_ORDER = {"country": 0, "demonym": 0, "actor": 1, "publisher": 2}
_NO_PERSON = word_class("no_person")
_CALENDAR = frozenset(row["word"].lower() for row in table("calendar_words"))


@Language.factory("conflict_names", assigns=["doc.ents"])
def make_names(nlp: Language, name: str) -> NameMerger:
    """The component; it needs tags, sentence starts and, where there is one, the model's ``doc.ents``."""
    register()
    return NameMerger()


class NameMerger:
    """Merges names of model and tables, corrects labels by lexical evidence, finds what both missed."""

    def __call__(self, doc: Doc) -> Doc:
        view = View.of(doc)
        matches = read_in_context(view, names_lexicon().matches(view.texts, view.spaces))
        found = self._merge(view, self._of_model(view), matches)
        found = self._uncovered(view, found)
        self._hyphenated(view, found)
        self._facilities(view, found)
        self._consistent(view, found)
        found.sort(key=lambda f: (f.start, f.end))
        self._write(doc, found)
        return doc

    def _of_model(self, view: View) -> list[_Found]:
        found: list[_Found] = []
        for ent in view.doc.ents:
            start, end, label = ent.start, ent.end, ent.label_
            if label in {"DATE", "TIME"}:
                while (  # "Bhimber last week"
                    start < end - 1
                    and view.texts[start][:1].isupper()
                    and view.lowers[start] not in _CALENDAR
                    and view.lowers[start + 1] in {"last", "this", "next", "on", "early", "late", "earlier"}
                    and start != view.sent_starts[view.sents[start]]
                ):
                    start += 1
                if (
                    end - start == 1
                    and view.is_proper(start)
                    and view.texts[start].isalpha()
                    and view.lowers[start] not in _CALENDAR
                ):
                    continue
            if label not in VALUES:
                start, end, label = self._tidy(view, start, end, label)
                if start >= end:
                    continue
            if found and start < found[-1].end:
                continue
            if label not in VALUES and all(view.tags[i] == "CD" for i in range(start, end)):
                continue  # a sentence's first number
            found.append(_Found(start, end, label, CONFIDENCE_MODEL))
        return found

    def _tidy(self, view: View, start: int, end: int, label: str) -> tuple[int, int, str]:
        """Bounds without determiners, possessives and titles; names of people without lower-case words at their ends."""
        texts, lowers = view.texts, view.lowers
        changed = True
        while changed and start < end:
            changed = False
            if lowers[end - 1] in _TRIM or (texts[end - 1].isspace()):
                end, changed = end - 1, True
            elif lowers[start] in _TRIM or texts[start].isspace():
                start, changed = start + 1, True
        if label in ARMS and lowers[end - 1] in (actor_heads().nouns if label == "WEAPON" else actor_heads().plurals):
            return end, end, label
        opens = end - start == 1 and view.sent_starts[view.sents[start]] == start
        if label == "PERSON" and opens and (lowers[start] in actor_heads().nouns or lowers[start] in _common_nouns()):
            return end, end, label
        if label == "PERSON":
            if not _is_personal(view, start, end):
                return end, end, label
            if end - start > 1 and titles.kind_of(lowers[end - 1]) == "office":
                # "Medellin Mayor" before a name that the model missed
                return start, end - 1, "GPE" if candidates(" ".join(texts[start : end - 1])) else "ORG"
            title_end = titles.title_end(view, start, end)
            if title_end > start:
                start = title_end
            while start < end and not texts[end - 1][:1].isupper() and not _is_hyphened(view, start, end):
                end -= 1
            if start < end - 1 and view.tags[start] in {"VB", "UH", "RB", "IN", "CC"}:
                start += 1  # a sentence's first word
            while start < end and not texts[start][:1].isupper() and lowers[start] not in _PERSON_PARTICLES:
                start += 1
        elif label in {"ORG", "GPE", "FAC"} and titles.title_end(view, start, end) > start + (view.tags[start] == "NN"):
            after = titles.title_end(view, start, end)
            words = lowers[after:end]
            personal = end - after > 1 and not any(w in actor_heads().nouns for w in words)
            capitals = all(texts[i][:1].isupper() for i in range(after, end))
            if personal and capitals and head_label(["x", *words]) is None:
                return after, end, "PERSON"  # "Defense Minister Enrique Lopez Albujar"
        if label in {"GPE", "LOC", "ORG", "FAC", "NORP", "EVENT"}:
            if not any(texts[i][:1].isupper() or texts[i][:1].isdigit() for i in range(start, end)):
                return end, end, label  # a description is no name
            while start < end and view.tags[start] in {"JJ", "DT", "PRP$", "IN"} and not texts[start][:1].isupper():
                start += 1
        if label in {"GPE", "LOC", "PERSON"} and body_of(" ".join(lowers[start:end])) is not None:
            label = "ORG"
        if label in {"GPE", "NORP"}:
            while start < end and not texts[end - 1][:1].isupper() and not texts[end - 1][:1].isdigit():
                if lowers[end - 1] in head_labels()[0]:
                    break
                end -= 1
        if start < end and re.fullmatch(r"[RD]-[A-Z][A-Za-z.]+", "".join(texts[start:end])):
            return end, end, label  # an American politician's party and state
        described = start < end and start > 0 and lowers[start - 1] == "the" and end - start == 1
        if label == "GPE" and described and not candidates(texts[start]):
            return end, end, label
        if start < end:
            for i in range(start, end):
                if texts[i].startswith("\n"):
                    return start, i, label
            decided = head_label(lowers[start:end])
            if decided and label in {"PERSON", "GPE", "ORG", "NORP"}:
                label = decided
        return start, end, label

    def _merge(self, view: View, model: list[_Found], matches: list[Match]) -> list[_Found]:
        """Both lists without overlaps."""
        found: list[_Found] = []
        by_token: dict[int, Match] = {i: m for m in matches for i in range(m.start, m.end)}
        for candidate in model:
            inside: list[Match] = []
            for i in range(candidate.start, candidate.end):
                match = by_token.get(i)
                if match is not None and (not inside or inside[-1] is not match):
                    inside.append(match)
            if inside and not self._outlasts(view, candidate, inside):
                continue
            for match in inside:
                for i in range(match.start, match.end):
                    by_token.pop(i, None)
                if match.start == candidate.start and match.end == candidate.end:
                    candidate.entries = match.entries
            found.append(candidate)
        seen: set[int] = set()
        for match in by_token.values():
            if id(match) in seen or any(by_token.get(i) is not match for i in range(match.start, match.end)):
                continue
            seen.add(id(match))
            found.append(_Found(match.start, match.end, match.entries[0].label, CONFIDENCE_TABLE, match.entries, sure=True))
        return sorted(found, key=lambda f: f.start)

    def _outlasts(self, view: View, candidate: _Found, inside: list[Match]) -> bool:
        """Whether a name of the model stays although the tables know (part of) its words."""
        start, end = min(m.start for m in inside), max(m.end for m in inside)
        if candidate.label in VALUES:
            return not (len(inside) == 1 and inside[0].entries[0].kind in {"actor", "arms", "unit", "site"})
        if start < candidate.start or end > candidate.end:
            return False  # the tables' name is longer or overlaps
        if start == candidate.start and end == candidate.end and len(inside) == 1:
            entry = inside[0].entries[0]
            person = candidate.label == "PERSON" and titles.is_titled(view, candidate.start)
            return person and entry.kind in {"country", "demonym"}
        rest = [i for i in range(candidate.start, candidate.end) if not any(m.start <= i < m.end for m in inside)]
        proper = [i for i in rest if view.texts[i][:1].isupper() or view.texts[i][:1].isdigit()]
        if not proper or (all(m.entries[0].kind == "arms" for m in inside) and candidate.label not in ARMS):
            return candidate.label in ARMS
        if any(view.tags[i] == "POS" or view.texts[i] in {",", ";"} for i in rest):
            return False
        if candidate.label in {"GPE", "NORP"} and all(m.entries[0].kind in {"country", "demonym"} for m in inside):
            return len(inside) == 1 and inside[0].entries[0].kind == "country" and candidate.label == "GPE"
        return True

    def _uncovered(self, view: View, found: list[_Found]) -> list[_Found]:
        """Capitalised stretches that neither source knows, where the words around or in them say what they are."""
        owner: list[_Found | None] = [None] * view.n
        for f in found:
            for i in range(f.start, f.end):
                owner[i] = f
        self._extend_people(view, found, owner)
        people = {tuple(view.texts[f.start : f.end]) for f in found if f.label == "PERSON" and f.end - f.start > 1}
        longest = max(map(len, people), default=0)
        countries = _countries(found)
        added: list[_Found] = []
        i = 0
        while i < view.n:
            if owner[i] is not None or not view.is_proper(i):
                i += 1
                continue
            end = i + 1
            while end < view.n and owner[end] is None and view.sents[end] == view.sents[i]:
                if view.is_proper(end) or view.texts[end] == "-":
                    end += 1
                elif view.lowers[end] in PARTICLES and end + 1 < view.n and view.is_proper(end + 1):
                    if view.lowers[end] in {"and", "for", "the"} or owner[end + 1] is not None:
                        break
                    end += 1
                else:
                    break
            while end > i and view.texts[end - 1] == "-":
                end -= 1
            known = _known_inside(view, i, end, people, longest)
            if known is not None:  # a person's full name that the model saw elsewhere
                new = _Found(*known, "PERSON", CONFIDENCE_RULE)
                added.append(new)
                for k in range(*known):
                    owner[k] = new
                i = known[1]
                continue
            label, start, sure = self._judge(view, i, end, countries)
            is_office = titles.kind_of(view.lowers[end - 1]) == "office"  # "the Interior Minister, Angel Urrutia,"
            if label is None and 1 < end - i < 5 and not is_office and _listed_with_person(view, i, end, owner):
                label = "PERSON"
            if label and start < end:
                new = _Found(start, end, label, CONFIDENCE_RULE, sure=sure)
                added.append(new)
                for k in range(start, end):
                    owner[k] = new
            i = max(end, i + 1)
        return found + added

    def _extend_people(self, view: View, found: list[_Found], owner: list[_Found | None]) -> None:
        """Lets names of people run over the capitalised words beside them: "Kelly Kasulis" + "Cho", "al" "-" "Sudani"."""
        self._nicknames(view, found, owner)
        for f in found:
            if f.label != "PERSON" or f.sure:
                continue
            while (
                f.end < view.n
                and owner[f.end] is None
                and view.spaces[f.end - 1]
                and view.tags[f.end].startswith("NNP")
                and view.texts[f.end][:1].isupper()
                and view.sents[f.end] == view.sents[f.start]
                and len(view.texts[f.end]) > 1
                and f.end - f.start < 5
            ):
                owner[f.end] = f
                f.end += 1
            while f.end + 1 < view.n and view.texts[f.end] == "-" and not view.spaces[f.end - 1]:
                if owner[f.end + 1] is not None or not view.texts[f.end + 1][:1].isupper():
                    break
                owner[f.end] = owner[f.end + 1] = f
                f.end += 2
            while (
                f.start > 0
                and owner[f.start - 1] is None
                and view.sents[f.start - 1] == view.sents[f.start]
                and view.spaces[f.start - 1]
                and view.tags[f.start - 1].startswith("NNP")
                and view.texts[f.start - 1][:1].isupper()
                and not titles.is_title_word(view.lowers[f.start - 1])
                and head_label(["x", view.lowers[f.start - 1]]) is None
                and view.lowers[f.start - 1] not in actor_heads().nouns
                and f.end - f.start < 3
            ):
                owner[f.start - 1] = f
                f.start -= 1

    def _nicknames(self, view: View, found: list[_Found], owner: list[_Found | None]) -> None:
        """Joins a name with a nickname in it: Kenneth “Frank” McKenzie."""
        for f in list(found):
            if f.label != "PERSON" or f not in found or f.end + 3 >= view.n or view.texts[f.end] not in {"“", '"', "("}:
                continue
            close = next((k for k in range(f.end + 2, f.end + 4) if view.texts[k] in {"”", '"', ")"}), None)
            if close is None or close + 1 >= view.n or not view.is_proper(close + 1):
                continue
            end = close + 2
            last = owner[close + 1]
            if last is not None:
                if last.label != "PERSON":
                    continue
                end = last.end
            if view.sents[end - 1] != view.sents[f.start] or not view.texts[f.end + 1][:1].isupper():
                continue
            for k in range(f.end, end):
                other = owner[k]
                if other is not None and other is not f and other in found:
                    found.remove(other)
                owner[k] = f
            f.end = end

    def _judge(self, view: View, start: int, end: int, countries: frozenset[str]) -> tuple[str | None, int, bool]:
        """(label or None, start without titles, whether it is sure) of an unknown capitalised stretch."""
        dateline = self._dateline_end(view, start, end)
        if dateline:
            return "GPE", start, True
        label = head_label(view.lowers[start:end])
        if label:
            return label, start, True
        if body_of(" ".join(view.lowers[start:end])) is not None:
            return "ORG", start, True  # "in Congress"
        for k in range(end - 1, start - 1, -1):  # "State Secretary Antony Blinken"
            if titles.is_titled(view, k) and view.texts[k][:1].isupper() and _is_personal(view, k, end):
                return "PERSON", k, True
        if start + 1 == end and titles.is_title_word(view.lowers[start]):
            return None, start, False
        if (
            (
                start
                and view.lowers[start - 1] in titles.plurals() | actor_heads().plurals
                and view.texts[start - 1] != "forces"
            )
            and view.tags[start - 1] in {"NNS", "NNPS"}
            and view.tags[start].startswith("NNP")
            and end - start < 4
        ):
            return "PERSON", start, True  # "Jesuits Ignacio Ellacuria, ..."
        if 1 < end - start < 5 and (persons.apposition(view, end) or _told_of(view, end)):
            return "PERSON", start, False
        if start and view.lowers[start] not in _CALENDAR and view.sents[start - 1] == view.sents[start]:
            text = " ".join(view.texts[start:end])
            before = view.lowers[start - 1]
            located = before in _PLACE_PREPOSITIONS and view.tags[start - 1] == "IN"
            if located and not view.shouted[view.sents[start]] and (candidates(text) or end - start == 1):
                return "GPE", start, False
            if before in _WIDE_PREPOSITIONS and country_of_place(text, countries) in countries:
                return "GPE", start, False
            last, _ = head_labels()
            if end < view.n and last.get(view.lowers[end]) == "FAC" and candidates(text):
                return "GPE", start, False  # "the Arbil airport"
        bracketed = start > 0 and end < view.n and view.texts[start - 1] in {"(", "["} and view.texts[end] in {")", "]"}
        if bracketed and start + 1 == end and view.texts[start].isupper() and len(view.texts[start]) in range(3, 8):
            return "ORG", start, False
        return None, start, False

    def _dateline_end(self, view: View, start: int, end: int) -> bool:
        """Whether a stretch opens a paragraph as its dateline: "LIMA, 16 Jan (EFE) --", "BEIRUT (Reuters) -"."""
        if start and not view.texts[start - 1].startswith("\n"):
            return False
        if end >= view.n or view.texts[end] not in {",", "(", "--", "-", "–", "—", ":"}:
            return False
        if not any(view.texts[i] in {"--", "-", "–", "—"} for i in range(end, min(end + 16, view.n))):
            return False
        return bool(candidates(" ".join(view.texts[start:end])))

    def _hyphenated(self, view: View, found: list[_Found]) -> None:
        """Lets a town's name run over hyphens where the gazetteer knows the whole: "Pul" + "-i-Khumri"."""
        taken = {i for f in found for i in range(f.start, f.end)}
        for f in found:
            if f.label not in {"GPE", "LOC", "PERSON", "ORG", "NORP"} or f.entries:
                continue
            start, end = f.start, f.end
            while end + 1 < view.n and view.texts[end] == "-" and not view.spaces[end - 1] and not view.spaces[end]:
                end += 2
            while start > 1 and view.texts[start - 1] == "-" and not view.spaces[start - 2] and not view.spaces[start - 1]:
                start -= 2
            if (start, end) == (f.start, f.end) or any(i in taken for i in range(start, end) if not f.start <= i < f.end):
                continue
            if view.texts[start][:1].isupper() and candidates("".join(view.texts[start:end])):
                f.start, f.end, f.label = start, end, "GPE"

    def _facilities(self, view: View, found: list[_Found]) -> None:
        """ "Arbil airport", "Sevare hospital": a place's name and the noun for a site after it are one name."""
        last, _ = head_labels()
        taken = {i for f in found for i in range(f.start, f.end)}
        for f in found:
            i = f.end
            if f.label not in {"GPE", "LOC"} or i >= view.n or i in taken or not view.spaces[i - 1]:
                continue
            if f.entries and f.entries[0].kind in {"country", "demonym"}:
                continue
            if view.lowers[i] == "international" and i + 1 < view.n and i + 1 not in taken:
                i += 1
            if last.get(view.lowers[i]) != "FAC" or not view.tags[i].startswith("NN") or view.lowers[i] in _LOOSE_SITES:
                continue
            f.end, f.label, f.entries = i + 1, "FAC", []

    def _consistent(self, view: View, found: list[_Found]) -> None:
        """One label per surface form; parts of known people's names are people; acronyms take their full name's label."""
        self._towns(view, found)
        by_end = {f.end: f for f in found if f.label == "PERSON"}
        for f in found:  # "Silvia Azurdia and Victor Rodriguez"
            before = by_end.get(f.start - 1)
            if f.label != "GPE" or f.entries or f.end - f.start < 2 or before is None or before.end - before.start < 2:
                continue
            if view.lowers[f.start - 1] in {"and", ","} and not candidates(" ".join(view.texts[f.start : f.end])):
                f.label = "PERSON"
        for f in found:
            if f.label == "PERSON" and f.end - f.start == 1 and view.tags[f.start] == "NNPS" and not f.sure:
                f.label = "NORP"
            elif f.label in {"GPE", "ORG", "LOC", "FAC"} and _has_age(view, f.end) and not f.entries:
                f.label = "PERSON"
        votes: dict[str, Counter[str]] = {}
        surnames: dict[str, _Found] = {}
        for f in found:
            if f.label in VALUES or f.label in ARMS:
                continue
            weight = 3 if f.sure else 1
            if f.label == "PERSON" and titles.is_titled(view, f.start):
                weight = 4
            votes.setdefault(" ".join(view.texts[f.start : f.end]), Counter())[f.label] += weight
        for f in found:
            if f.label == "PERSON" and f.end - f.start > 1 and not f.entries:
                surnames.setdefault(view.texts[f.end - 1], f)
        for f in found:
            if f.label in VALUES or f.label in ARMS:
                continue
            surface = " ".join(view.texts[f.start : f.end])
            best = max(votes[surface].items(), key=lambda item: (item[1], item[0]))
            if best[1] > votes[surface][f.label]:
                f.label = best[0]
            if f.end - f.start == 1 and surface in surnames and f.label != "PERSON" and not f.sure:
                f.label = "PERSON"
        by_start = {f.start: f for f in found}
        for f in found:
            # "Guatemalan National Revolutionary Unity (URNG)"
            inner = by_start.get(f.end + 1)
            if inner is None or f.end >= view.n or view.texts[f.end] not in {"(", "["} or f.label in VALUES:
                continue
            acronym = "".join(view.texts[inner.start : inner.end])
            if inner.end - inner.start == 1 and acronym.isupper() and not inner.sure and f.end - f.start > 1:
                surface = acronym
                for other in found:
                    if other.end - other.start == 1 and view.texts[other.start] == surface and not other.sure:
                        other.label = f.label

    def _towns(self, view: View, found: list[_Found]) -> None:
        """Lone names read as people that stand where towns stand, and that the gazetteer knows, are towns."""
        countries = _countries(found)
        parts = {
            t
            for f in found
            if f.label == "PERSON" and f.end - f.start > 1 and not f.entries
            for t in view.texts[f.start : f.end]
        }
        titled = {view.texts[f.start] for f in found if f.label == "PERSON" and titles.is_titled(view, f.start)}
        located: set[str] = set()
        lone = [
            f
            for f in found
            if f.label == "PERSON"
            and not f.sure
            and (f.end - f.start == 1 or (view.lowers[f.start] in _TOWN_STARTS and f.end - f.start < 5))
        ]
        for f in lone:
            text = " ".join(view.texts[f.start : f.end])
            if text in parts or text in titled or text in located or not f.start:
                continue
            before = view.lowers[f.start - 1]
            if f.end < view.n and head_labels()[0].get(view.lowers[f.end]) in {"LOC", "GPE"}:
                located.add(text)  # "the Sambisa forest"
            elif (before in _PLACE_PREPOSITIONS and view.tags[f.start - 1] == "IN") or (
                before in _WIDE_PREPOSITIONS and country_of_place(text, countries) in countries
            ):
                located.add(text)
        for f in lone:
            if " ".join(view.texts[f.start : f.end]) in located:
                f.label = "GPE"
        for f in found:
            if f.label not in {"NORP", "ORG", "ARMED_GROUP"} or f.entries or f.end - f.start > 5:
                continue
            text = " ".join(view.texts[f.start : f.end])
            if f.label == "ARMED_GROUP" and not f.sure and _is_great_city(text):
                f.label = "GPE"  # "Medellin lives through a wave of terror"
            if f.label == "ARMED_GROUP" or not f.start:
                continue
            if view.lowers[f.start - 1] in _PLACE_PREPOSITIONS and not text.isupper() and candidates(text):
                f.label = "GPE"

    def _write(self, doc: Doc, found: list[_Found]) -> None:
        from spacy.tokens import Span

        spans, names, end = [], [], 0
        for f in found:
            if f.start < end or f.start >= f.end:
                continue
            end = f.end
            spans.append(Span(doc, f.start, f.end, label=f.label))
            name = Name(f.start, f.end, f.label, f.confidence)
            for entry in f.entries:
                if entry.kind == "arms":
                    name.weapon = entry.reference_id
                elif entry.kind in {"actor", "publisher", "unit"}:
                    name.reference_id = entry.reference_id
                else:
                    continue
                break
            names.append(name)
        doc.ents = spans
        doc._.names = names


def _is_great_city(name: str) -> bool:
    return not name.isupper() and any(
        c.kind == "city" and c.rank == 0 and c.population >= GREAT_CITY for c in candidates(name)
    )


def _countries(found: list[_Found]) -> frozenset[str]:
    """The countries that names found so far name."""
    return frozenset(
        e.country for f in found for e in f.entries[:1] if e.kind in {"country", "demonym", "actor"} and e.country
    )


@cache
def _common_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("noun_classes"))


def _listed_with_person(view: View, start: int, end: int, owner: list[_Found | None]) -> bool:
    """Whether a stretch is coordinated with a person's full name: "Azurdia Paz, Victor Rodriguez and X"."""
    k = start - 1
    while k > 0 and view.lowers[k] in {",", "and"}:
        k -= 1
    before = owner[k] if k < start - 1 and k >= 0 else None
    k = end
    while k < view.n and view.lowers[k] in {",", "and"}:
        k += 1
    after = owner[k] if end < k < view.n else None
    return any(
        f is not None and f.label == "PERSON" and f.end - f.start > 1 and view.sents[f.start] == view.sents[start]
        for f in (before, after)
    ) and all(view.tags[i].startswith("NNP") for i in range(start, end))


def _told_of(view: View, end: int) -> bool:
    """ "X, who ...", "X, one of the priests who ..." after a name."""
    return (
        end + 1 < view.n
        and view.texts[end] == ","
        and (view.lowers[end + 1] in {"who", "whose"} or view.lowers[end + 1 : end + 4] == ["one", "of", "the"])
    )


def _has_age(view: View, end: int) -> bool:
    """ ", 17," after a name."""
    return (
        end + 2 < view.n
        and view.texts[end] == ","
        and view.texts[end + 1].isdigit()
        and len(view.texts[end + 1]) == 2
        and view.texts[end + 2] in {",", ";", "."}
    )


def _is_personal(view: View, start: int, end: int) -> bool:
    """Whether a stretch holds a word that can be a person's name: more than titles, words of faith, abbreviations."""
    return any(
        view.texts[i][:1].isupper()
        and len(view.texts[i]) > 1
        and not view.texts[i].endswith(".")
        and not titles.is_title_word(view.lowers[i].lstrip("-"))
        and view.lowers[i] not in _NO_PERSON
        for i in range(start, end)
    )


def _known_inside(view: View, start: int, end: int, people: set[tuple[str, ...]], longest: int) -> tuple[int, int] | None:
    """The first stretch of ``start:end`` that is one of the known full names."""
    if not people:
        return None
    for i in range(start, end - 1):
        for k in range(min(end, i + longest), i + 1, -1):
            if tuple(view.texts[i:k]) in people:
                return i, k
    return None


def read_in_context(view: View, matches: list[Match]) -> list[Match]:
    """The matches that hold in this document, each with its one reading first.

    Acronyms need support (their full name, their country, or no country of their own); weapon words must be nouns.
    """
    countries: Counter[str] = Counter()
    spelled_out: set[str] = set()
    for match in matches:
        for entry in match.entries:
            if entry.kind in {"country", "demonym"}:
                countries[entry.country] += 1
                break
            if entry.kind == "actor" and entry.case == "name":
                spelled_out.add(entry.reference_id)
    kept: list[Match] = []
    for match in matches:
        entries = [e for e in match.entries if _holds(view, match, e, countries, spelled_out)]
        if entries:
            entries.sort(
                key=lambda e: (
                    _KIND_ORDER.get(e.kind, 3),
                    e.plain != " ".join(view.lowers[match.start : match.end]),
                    e.reference_id not in spelled_out,
                    -countries[e.country],
                    e.reference_id,
                )
            )
            match.entries = entries
            kept.append(match)
    return kept


def _holds(view: View, match: Match, entry: Entry, countries: Counter[str], spelled_out: set[str]) -> bool:
    first, last = match.start, match.end - 1
    shouted = view.shouted[view.sents[first]]
    if entry.kind == "arms":
        if match.end - match.start == 1 and (
            not view.tags[last].startswith(("NN", "CD", "JJ", "FW")) or view.lowers[last] in actor_heads().plurals
        ):
            return False
        return not (entry.reference_id[:1].isupper() and view.texts[first].islower())  # patriots are no Patriots
    if (
        entry.kind == "actor" and entry.country and not countries[entry.country] and entry.form in {"government", "military"}
    ) and body_of(entry.plain) is not None:
        return False  # "National Guard" is the name of many
    if entry.kind == "publisher" and match.end < view.n and view.spaces[last] and view.is_proper(match.end):
        return False  # "The National Assembly"
    if entry.kind == "demonym" and entry.country == "USA" and first and view.lowers[first - 1] in _REGIONAL:
        return False  # "south American presidents"
    if entry.kind == "community" and match.end < view.n and view.is_proper(match.end):
        return False  # "Western Hemisphere"
    personal = (entry.kind == "country" or entry.form == "state") and view.lowers[last] in _PERSONAL_COUNTRIES
    if personal and match.end < view.n and view.is_proper(match.end) and view.spaces[last]:
        return False  # "Salvador Bonilla"
    if entry.case != "exact":
        if shouted and match.end - match.start == 1 and entry.kind == "actor":
            return entry.reference_id in spelled_out or view.tags[first].startswith("NNP")
        return True
    if entry.kind == "country":
        return not (shouted and view.tags[first].startswith(("PRP", "VB")))
    if entry.reference_id in spelled_out:
        return True
    if shouted and len(view.texts[first]) < 4 and not (first and view.texts[first - 1] == "("):
        return False
    if view.tags[first].startswith(("VB", "IN", "DT", "CC")):
        return False
    if (
        len(entry.text) > 3
        and entry.form in {"armed_group", "military"}
        and len({e.reference_id for e in match.entries}) == 1
    ):
        return True  # "FMLN" means one thing
    return not entry.country or countries[entry.country] > 0 or entry.form in {"igo", "media"}


def _is_hyphened(view: View, start: int, end: int) -> bool:
    """Whether a name ends in the small half of a hyphened given name: "Park Soon-deok"."""
    return end - start > 3 and view.texts[end - 2] == "-" and not view.spaces[end - 2] and view.texts[end - 3][:1].isupper()
