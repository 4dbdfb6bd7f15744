"""Read and check the annotated conflict news corpus (``training/data/conflict/``).

Belongs here: the file formats of the corpus (marked text, attack clauses, gold reading, manifest) and the checks that keep
them consistent. Does not belong here: scoring of a pipeline or of a warehouse, training.

Run ``python -m training.check_corpus DIR`` to check a half of the corpus and count what it holds; ``--texts OUT`` also writes the
plain articles (``NNN.txt``) that a build of the warehouse can read.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # its stubs are no dependency of ours

LABELS = frozenset(
    [
        "PERSON",
        "NORP",
        "ORG",
        "GPE",
        "LOC",
        "FAC",
        "EVENT",
        "DATE",
        "TIME",
        "CARDINAL",
        "ORDINAL",
        "QUANTITY",
        "MONEY",
        "PERCENT",
        "WEAPON",
        "VEHICLE",
        "ARMED_GROUP",
    ]
)
MODES = frozenset(
    [
        "airstrike",
        "drone_attack",
        "rocket_attack",
        "missile_attack",
        "shelling",
        "bombing",
        "suicide_bombing",
        "shooting",
        "ground_assault",
        "assassination",
        "kidnapping",
        "arrest",
        "seizure_of_ship",
        "naval_attack",
        "interception",
        "arson",
        "robbery",
        "sabotage",
        "cyber_attack",
        "forced_work_stoppage",
        "other_attack",
    ]
)
STATEMENT_TYPES = frozenset(
    [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
        "STATEMENT",
    ]
)
ORGANIZATION_TYPES = frozenset(
    ["state", "government_body", "military", "armed_group", "igo", "media", "party", "company", "other"]
)
PLACE_KINDS = frozenset(["country", "region", "city", "facility", "water", "border"])
CASUALTY_KINDS = frozenset(["killed", "injured", "missing", "captured"])
VICTIM_CLASSES = frozenset(["civilian", "military", "militant", "mixed", "unknown"])
GOLD_KEYS = frozenset(
    [
        "doc_id",
        "title",
        "published_on",
        "byline",
        "persons",
        "organizations",
        "armed_groups",
        "places",
        "incidents",
        "statements",
        "not_events",
        "boilerplate",
        "notes",
    ]
)
MANIFEST_COLUMNS = ["source_file", "url", "publisher", "published_on"]
NEAR_MISS_COLUMNS = ["doc_a", "incident_a", "doc_b", "incident_b", "why"]
# What makes a near miss hard. The column is optional.
NEAR_MISS_KINDS = (
    "next_day", "another_time", "same_toll_elsewhere", "revised_toll", "yearly_total", "other_total", "anniversary", "other_act",
)  # fmt: skip

_MARK = re.compile(r"\[\[([A-Z_]+)\|([^\[\]|]+)\]\]")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class Name:
    """A marked name: label, surface, and its half-open character span inside its sentence's plain text."""

    label: str
    surface: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One non-blank line of an ``.ann`` file: ``number`` counts from 1 (the title); spans of names are relative to ``text``."""

    number: int
    paragraph: int
    text: str
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Article:
    """A parsed ``.ann`` file. ``sentences[0]`` is the title, a paragraph of its own."""

    doc_id: str
    sentences: tuple[Sentence, ...]

    @property
    def title(self) -> str:
        return self.sentences[0].text

    @property
    def paragraphs(self) -> list[list[Sentence]]:
        """Sentences grouped by paragraph, in order."""
        groups: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            groups.setdefault(sentence.paragraph, []).append(sentence)
        return list(groups.values())

    @property
    def text(self) -> str:
        """The plain article: title and paragraphs parted by a blank line, sentences of a paragraph by one space."""
        return "\n\n".join(" ".join(s.text for s in paragraph) for paragraph in self.paragraphs)


def parse_line(marked: str) -> tuple[str, tuple[Name, ...]]:
    """Plain text and names of one marked line. Raises ValueError on broken markup or an unknown label."""
    plain: list[str] = []
    names: list[Name] = []
    length = position = 0
    for found in _MARK.finditer(marked):
        label, surface = found.groups()
        if label not in LABELS:
            raise ValueError(f"unknown label {label} of {surface!r}")
        if surface != surface.strip():
            raise ValueError(f"blanks inside the mark of {surface!r}")
        before = marked[position : found.start()]
        plain += [before, surface]
        length += len(before)
        names.append(Name(label, surface, length, length + len(surface)))
        length += len(surface)
        position = found.end()
    plain.append(marked[position:])
    text = "".join(plain)
    if "[[" in text or "]]" in text:
        raise ValueError(f"broken markup near {text[max(text.find('[['), 0) :][:60]!r}")
    return text, tuple(names)


def parse_article(doc_id: str, marked: str) -> Article:
    """Article of the text of an ``.ann`` file. Raises ValueError, naming the line, on broken markup or an empty file."""
    sentences: list[Sentence] = []
    paragraph, gap = 0, False
    for raw in marked.splitlines():
        line = raw.strip()
        if not line:
            gap = True
            continue
        if sentences and (gap or len(sentences) == 1):  # the title never shares a paragraph
            paragraph += 1
        gap = False
        number = len(sentences) + 1
        try:
            text, names = parse_line(line)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error
        sentences.append(Sentence(number, paragraph, text, names))
    if not sentences:
        raise ValueError("no text")
    return Article(doc_id, tuple(sentences))


def read_article(path: Path) -> Article:
    """Parse one ``.ann`` file."""
    return parse_article(path.stem, path.read_text(encoding="utf-8"))


def find_word(text: str, reference: str) -> tuple[int, int] | None:
    """Span of ``word`` or of its nth occurrence ``word#n`` (n from 1) as a whole word of ``text``; None if it is not there."""
    word, _, nth = reference.partition("#")
    if not word or (nth and not nth.isdigit()):
        return None
    spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    index = int(nth or 1) - 1
    return spans[index] if 0 <= index < len(spans) else None


def check_clauses(article: Article, clauses: Any) -> Iterator[str]:
    """Complaints about the attack clauses of one article."""
    if not isinstance(clauses, list):
        yield "clauses: not a list"
        return
    for index, clause in enumerate(clauses, 1):
        where = f"clause {index}"
        if not isinstance(clause, dict) or set(clause) != {"line", "trigger", "head", "agent", "object"}:
            yield f"{where}: needs exactly the keys line, trigger, head, agent, object"
            continue
        if clause["line"] not in range(1, len(article.sentences) + 1):
            yield f"{where}: no line {clause['line']}"
            continue
        text = article.sentences[clause["line"] - 1].text
        for role in ("trigger", "head", "agent", "object"):
            word = clause[role]
            if word is None and role in ("agent", "object"):
                continue
            if role == "head" and word == "ROOT":
                continue
            if not isinstance(word, str) or find_word(text, word) is None:
                yield f"{where}: {role} {word!r} is not a word of line {clause['line']}: {text[:70]!r}"
        if clause["head"] == clause["trigger"]:
            yield f"{where}: a word cannot govern itself"


def _check_date(value: Any, where: str) -> Iterator[str]:
    if value is not None and not (isinstance(value, str) and _DATE.fullmatch(value)):
        yield f"{where}: {value!r} is no date string (YYYY, YYYY-MM or YYYY-MM-DD, quoted)"


def _check_names(article: Article, gold: dict[str, Any]) -> Iterator[str]:
    for key in ("persons", "organizations", "armed_groups", "places"):
        for entry in gold.get(key) or []:
            forms = [entry.get("name") or "", *(entry.get("aliases") or [])]
            if not any(form and form in article.text for form in forms):
                yield f"{key}: no form of {forms[0]!r} occurs in the text"
            if key == "organizations" and entry.get("type") not in ORGANIZATION_TYPES:
                yield f"{key}: type of {forms[0]!r} is {entry.get('type')!r}"
            if key == "places" and entry.get("kind") not in PLACE_KINDS:
                yield f"{key}: kind of {forms[0]!r} is {entry.get('kind')!r}"


def _check_casualty(claim: dict[str, Any], where: str, quoted: Any) -> Iterator[str]:
    if claim.get("kind") not in CASUALTY_KINDS:
        yield f"{where}: kind {claim.get('kind')!r}"
    if claim.get("victim_class") not in VICTIM_CLASSES:
        yield f"{where}: victim_class {claim.get('victim_class')!r}"
    if not isinstance(claim.get("exact"), bool):
        yield f"{where}: exact must be true or false"
    missing = {"low", "high", "text", "victims", "claimed_by"} - set(claim)
    if missing:
        yield f"{where}: lacks {', '.join(sorted(missing))}"
    low, high = claim.get("low"), claim.get("high")
    for bound in (low, high):
        if bound is not None and (not isinstance(bound, int) or bound < 0):
            yield f"{where}: bound {bound!r}"
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield f"{where}: low {low} above high {high}"
    if low is None and high is None and not claim.get("vague"):
        yield f"{where}: no bounds, so it must say vague: true"
    yield from quoted(claim.get("text"), where)


def check_gold(article: Article, gold: Any) -> Iterator[str]:
    """Complaints about the gold reading of one article."""
    if not isinstance(gold, dict):
        yield "gold: not a mapping"
        return
    paragraphs = [" ".join(s.text for s in paragraph) for paragraph in article.paragraphs]

    def quoted(text: Any, where: str) -> Iterator[str]:
        if not isinstance(text, str) or not text.strip():
            yield f"{where}: no quoted text"
        elif not any(text in paragraph for paragraph in paragraphs):
            yield f"{where}: not verbatim in one paragraph: {text!r}"

    for key in sorted(set(gold) - GOLD_KEYS):
        yield f"gold: unknown key {key!r}"
    if gold.get("doc_id") != article.doc_id:
        yield f"gold: doc_id {gold.get('doc_id')!r}"
    if gold.get("title") != article.title:
        yield f"gold: title {gold.get('title')!r} is not the first line"
    if "published_on" not in gold:
        yield "gold: published_on is missing (null where the page does not state it)"
    yield from _check_date(gold.get("published_on"), "published_on")
    yield from _check_names(article, gold)

    place_names = {entry.get("name") for entry in gold.get("places") or []}
    seen: set[str] = set()
    for incident in gold.get("incidents") or []:
        where = f"incident {incident.get('id')}"
        if not incident.get("id") or incident["id"] in seen:
            yield f"{where}: id missing or used twice"
        seen.add(str(incident.get("id")))
        for mode in [incident.get("mode"), *(incident.get("mode_alt") or [])]:
            if mode not in MODES:
                yield f"{where}: mode {mode!r}"
        for key in (
            "count",
            "date",
            "date_with_manifest",
            "places",
            "initiators",
            "targets",
            "weapons",
            "casualties",
            "evidence",
        ):
            if key not in incident:
                yield f"{where}: lacks {key}"
        for key in ("date", "date_with_manifest"):
            value = incident.get(key) or {}
            if not value.get("skip"):
                yield from _check_date(value.get("start"), f"{where} {key}")
                yield from _check_date(value.get("end"), f"{where} {key}")
        for place in incident.get("places") or []:
            if place not in place_names:
                yield f"{where}: place {place!r} is not in places"
        if not incident.get("evidence"):
            yield f"{where}: no evidence"
        for text in incident.get("evidence") or []:
            yield from quoted(text, f"{where} evidence")
        for claim in incident.get("casualties") or []:
            yield from _check_casualty(claim, f"{where} casualty", quoted)
    for statement in gold.get("statements") or []:
        where = f"statement of {statement.get('speaker')}"
        if not statement.get("speaker") or not isinstance(statement.get("direct_quote"), bool) or "target" not in statement:
            yield f"{where}: needs speaker, target and direct_quote"
        for kind in [statement.get("type"), *(statement.get("type_alt") or [])]:
            if kind not in STATEMENT_TYPES:
                yield f"{where}: type {kind!r}"
        yield from quoted(statement.get("evidence"), where)
    for trap in gold.get("not_events") or []:
        yield from quoted(trap.get("text"), "not_events")
        if not trap.get("why"):
            yield f"not_events: no reason for {trap.get('text')!r}"
    for noise in gold.get("boilerplate") or []:
        yield from quoted(noise, "boilerplate")


def _read_csv(path: Path, columns: list[str], optional: str = "") -> tuple[list[dict[str, str]], list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = list(reader)
        found = [c for c in reader.fieldnames or () if c != optional]
        return rows, [] if found == columns else [f"{path.name}: columns must be {', '.join(columns)}"]


def _check_manifest(folder: Path, golds: dict[str, dict[str, Any]]) -> Iterator[str]:
    path = folder / "manifest.csv"
    if not path.exists():
        yield "manifest.csv is missing"
        return
    rows, complaints = _read_csv(path, MANIFEST_COLUMNS)
    yield from complaints
    for row in rows:
        stem = Path(row.get("source_file") or "").stem
        if stem not in golds:
            yield f"manifest.csv: no article {row.get('source_file')!r}"
            continue
        if not row.get("published_on"):
            continue  # the page states it, or nobody knows it
        try:
            date.fromisoformat(row["published_on"])
        except ValueError:
            yield f"manifest.csv: published_on of {stem}"
            continue
        stated = golds[stem].get("published_on")
        if stated and stated != row["published_on"]:
            yield f"manifest.csv: {stem} states {stated} itself"


def _check_near_misses(folder: Path, golds: dict[str, dict[str, Any]]) -> Iterator[str]:
    path = folder / "near_misses.csv"
    if not path.exists():
        return
    rows, complaints = _read_csv(path, NEAR_MISS_COLUMNS, "kind")
    yield from complaints
    for number, row in enumerate(rows, 2):
        if row.get("kind", "other_act") not in NEAR_MISS_KINDS:
            yield f"near_misses.csv line {number}: no kind {row['kind']!r}"
        for side in ("a", "b"):
            incidents = golds.get(row[f"doc_{side}"], {}).get("incidents") or []
            if row[f"incident_{side}"] not in {i["id"] for i in incidents}:
                yield f"near_misses.csv line {number}: {row[f'doc_{side}']} tells no {row[f'incident_{side}']}"
        if row["incident_a"] == row["incident_b"]:
            yield f"near_misses.csv line {number}: the same incident"
        if not row["why"]:
            yield f"near_misses.csv line {number}: no reason"


def same_incident_pairs(golds: Iterable[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """(incident, document, document) for each pair of documents that tell the same incident, sorted."""
    told: dict[str, list[str]] = {}
    for gold in golds:
        for incident in gold.get("incidents") or []:
            told.setdefault(incident["id"], []).append(gold["doc_id"])
    return sorted((i, a, b) for i, docs in told.items() for a, b in combinations(sorted(docs), 2))


def check_folder(folder: Path) -> tuple[list[str], dict[str, Any]]:
    """Check one half of the corpus: (complaints, counts). Reads every ``.ann`` with its two ``.yaml`` files and the CSVs."""
    complaints: list[str] = []
    counts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    types: Counter[str] = Counter()
    golds: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.ann")):
        try:
            article = read_article(path)
        except ValueError as error:
            complaints.append(f"{path.name}: {error}")
            continue
        counts["articles"] += 1
        counts["sentences"] += len(article.sentences) - 1
        names.update(name.label for sentence in article.sentences for name in sentence.names)
        clause_path, gold_path = path.with_suffix(".clauses.yaml"), path.with_suffix(".yaml")
        if clause_path.exists():
            clauses = yaml.safe_load(clause_path.read_text(encoding="utf-8")) or []
            complaints += [f"{clause_path.name}: {c}" for c in check_clauses(article, clauses)]
            counts["clauses"] += len(clauses)
            counts["clause sentences"] += len({c.get("line") for c in clauses if isinstance(c, dict)})
        if not gold_path.exists():
            complaints.append(f"{gold_path.name} is missing")
            continue
        gold = yaml.safe_load(gold_path.read_text(encoding="utf-8"))
        found = list(check_gold(article, gold))
        complaints += [f"{gold_path.name}: {c}" for c in found]
        if not isinstance(gold, dict):
            continue
        golds[path.stem] = gold
        incidents, statements = gold.get("incidents") or [], gold.get("statements") or []
        counts["incidents"] += len(incidents)
        counts["casualty claims"] += sum(len(i.get("casualties") or []) for i in incidents)
        counts["statements"] += len(statements)
        counts["not_events"] += len(gold.get("not_events") or [])
        types.update(str(s.get("type")) for s in statements)
    complaints += _check_manifest(folder, golds)
    complaints += _check_near_misses(folder, golds)
    near = folder / "near_misses.csv"
    counts["same-incident document pairs"] = len(same_incident_pairs(golds.values()))
    counts["near-miss pairs"] = len(_read_csv(near, NEAR_MISS_COLUMNS, "kind")[0]) if near.exists() else 0
    return complaints, {**counts, "names": dict(sorted(names.items())), "statement types": dict(sorted(types.items()))}


def write_texts(folder: Path, out: Path) -> int:
    """Write ``NNN.txt`` (the plain article) into ``out`` for every article of ``folder``; returns how many."""
    out.mkdir(parents=True, exist_ok=True)
    paths = sorted(folder.glob("*.ann"))
    for path in paths:
        (out / f"{path.stem}.txt").write_text(read_article(path).text + "\n", encoding="utf-8")
    return len(paths)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description="Check a half of the annotated conflict news corpus and count what it holds."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path, metavar="OUT", help="also write the plain articles here")
    options = parser.parse_args(arguments)
    complaints, counts = check_folder(options.folder)
    for key, value in counts.items():
        print(f"{key}: {value}" if isinstance(value, int) else f"{key}: " + ", ".join(f"{k} {v}" for k, v in value.items()))
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    print(f"{len(complaints)} complaints")
    if options.texts and not complaints:
        print(f"{write_texts(options.folder, options.texts)} articles written")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
