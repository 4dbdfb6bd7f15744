"""Published rows that carry a confidence, each judged right or wrong by the gold of its article.

Right means, by kind:

- report: it is matched to an incident of the gold;
- argument: the gold names this filler in this role of the incident that its report is matched to, or, of a country, a
  place in it; fillers that are denied, described initiators ("gunmen") and places of incidents to which the gold gives
  none are not judged;
- claim: it is matched to a casualty claim of the gold, kind and bounds the same;
- statement: it is matched to a statement of the gold, with the same speaker;
- entity_mention: the annotation has a name at the same characters with the same label.

Matching is the news scorer's own, in the order in which it matches. What the scorer does not judge (optional incidents,
a toll told again, statements outside the gold's) is left out. Belongs here: judging. Does not belong: scores, and what is
done with the judgements (``calibration.py``).
"""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from dagster_project.warehouse import sql
from training.corpus import parse

ROLES = {"initiator": "initiators", "target": "targets", "weapon": "weapons", "place": "places"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A published row of a table of reading. ``key``: what the row of reading and the published one have in common."""

    article: str
    document_id: str
    table: str
    key: tuple[Any, ...]
    is_right: bool


_KEYS = {
    "report": ("incident_id", "char_start", "char_end", "extractor"),
    "argument": ("incident_id", "role", "attribution", "char_start", "char_end"),
    "claim": ("kind", "count_low", "count_high", "count_text", "victims", "char_start", "char_end"),
    "statement": ("char_start", "char_end", "quote"),
    "entity_mention": ("entity_type", "char_start", "char_end"),
}


def key_of(table: str, row: dict[str, Any]) -> tuple[Any, ...]:
    """What a row of reading and the row published of it have in common, within a document.

    Args:
        row: has ``incident_id`` beside the columns of the table, where it is a report or an argument.
    """
    return tuple(row[column] for column in _KEYS[table])


def scorer(data: Path) -> ModuleType:
    """The news scorer of the evaluation data, as a module."""
    path = data / "benchmarks" / "news" / "score_news.py"
    spec = importlib.util.spec_from_file_location("score_news", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judge(rules: ModuleType, warehouse: Path, annotations: Path) -> list[Judged]:
    """Every judged row of a warehouse of annotated articles.

    Args:
        rules: the news scorer.
        annotations: folder with an ``.ann`` and a ``.yaml`` file for each article.
    """
    import yaml

    _, rows, documents, actors, places, types = rules.load_warehouse(warehouse)
    tables = {table: _by_document(rows(sql.text("evaluation", f"judged_{table}"))) for table in (*_KEYS, "event_mention")}
    weapons = {r["weapon_key"]: r["name"] for r in rows(sql.text("evaluation", "judged_weapon"))}
    articles = [
        _Article(
            rules, yaml.safe_load(path.read_text(encoding="utf-8")), document, actors, places, weapons, types,
            {table: found[document["document_key"]] for table, found in tables.items()},
        )
        for document in sorted(documents, key=lambda d: d["source_file"] or "")
        if (path := annotations / f"{Path(document['source_file'] or '-').stem}.yaml").is_file()
    ]  # fmt: skip
    fillers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article in articles:
        article.match_incidents()
        for incident in article.gold.get("incidents") or []:
            for role, names in _fillers(incident, article.gold).items():
                fillers[incident["id"]][role] += names
    for article in articles:
        article.judge_reports()
        article.judge_arguments(fillers)
        article.judge_claims()
        article.judge_statements()
        names = parse((annotations / f"{article.name}.ann").read_text(encoding="utf-8"), article.name).names
        article.judge_mentions({(n.start, n.end, n.label) for n in names})
    return [row for article in articles for row in article.judged]


def _by_document(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["document_key"]].append(row)
    return found


def _fillers(incident: dict[str, Any], gold: dict[str, Any]) -> dict[str, list[str]]:
    """The names by which the gold knows an incident's participants, by role."""
    found = {role: list(incident.get(key) or []) for role, key in ROLES.items()}
    found["claimant"] = found["initiator"]
    found["victim"] = [c["victims"] for c in incident.get("casualties") or [] if c.get("victims")] + found["target"]
    named = {p["name"]: p for p in gold.get("places") or []}
    known = [named[name] for name in found["place"] if name in named]
    found["place"] += [alias for place in known for alias in place.get("aliases") or []]
    found["country"] = [place["country"] for place in known if place.get("country")]
    return found


@dataclass
class _Article:
    rules: Any
    gold: dict[str, Any]
    document: dict[str, Any]
    actors: dict[int, dict[str, Any]]
    places: dict[int, dict[str, Any]]
    weapons: dict[int, str]
    types: dict[int, dict[str, Any]]
    rows: dict[str, list[dict[str, Any]]]
    judged: list[Judged] = field(default_factory=list)
    incident_of: dict[int, str] = field(default_factory=dict)  # incident_key -> the gold's id
    free: set[int] = field(default_factory=set)  # incidents that the gold leaves open

    @property
    def name(self) -> str:
        return str(self.gold["doc_id"])

    def _add(self, table: str, row: dict[str, Any], is_right: bool) -> None:
        self.judged.append(Judged(self.name, self.document["document_id"], table, key_of(table, row), is_right))

    def match_incidents(self) -> None:
        rules, raw = self.rules, self.document["raw_text"]
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for mention in self.rows["event_mention"]:
            if mention["realis"] == "actual" and mention["incident_key"] not in (None, -1):
                spans[mention["incident_key"]].append((mention["char_start"], mention["char_end"]))
        reports = {}
        for report in self.rows["report"]:
            spans[report["incident_key"]].append((report["char_start"], report["char_end"]))
            reports[report["incident_key"]] = report
        have = list(spans.items())
        gold = [(g, rules.spans_of(raw, g["evidence"])) for g in self.gold.get("incidents") or []]
        must = [g for g in gold if rules.is_required(g[0])]

        def on_words(g, p) -> bool:
            return rules.overlaps(g[1], p[1])

        def of_kind(g, p) -> bool:
            kind = self.types.get(reports.get(p[0], {}).get("event_type_key"), {}).get("event_type")
            return on_words(g, p) and rules.mode_ok(g[0], kind)

        def dated(g, p) -> bool:
            report, wanted = reports.get(p[0], {}), g[0].get("date_with_manifest", g[0].get("date"))
            return of_kind(g, p) and rules.date_verdict(wanted, report.get("date_start"), report.get("date_end")) == "right"

        pairs = _pairs(rules, must, have, (dated, of_kind, on_words))
        self.incident_of = {have[j][0]: must[i][0]["id"] for i, j in pairs.items()}
        may = [g for g in gold if not rules.is_required(g[0])]
        self.free = {p[0] for p in have if p[0] not in self.incident_of and any(on_words(g, p) for g in may)}

    def judge_reports(self) -> None:
        for report in self.rows["report"]:
            if report["incident_key"] not in self.free:
                self._add("report", report, report["incident_key"] in self.incident_of)

    def judge_arguments(self, fillers: dict[str, dict[str, list[str]]]) -> None:
        for row in self.rows["argument"]:
            role, known = row["role"], fillers[self.incident_of.get(row["incident_key"], "")]
            is_described = role in {"initiator", "claimant"} and row["actor_key"] == -1
            is_open = role == "place" and row["incident_key"] in self.incident_of and not known["place"]
            if row["incident_key"] in self.free or row["attribution"] == "denied" or is_described or is_open:
                continue
            names = [row["text"], *self.rules.actor_names(row["actor_key"], self.actors)]
            names += [self.weapons[row["weapon_key"]]] if row["weapon_key"] != -1 else []
            place = self.places[row["location_key"]] if row["location_key"] != -1 else {}
            names += [place["name"]] if place else []
            is_around = place.get("kind") == "country" and place["country_iso3"] in known["country"]
            self._add("argument", row, is_around or any(self.rules.same_name([w], names) for w in known[role]))

    def judge_claims(self) -> None:
        rules, raw = self.rules, self.document["raw_text"]
        gold = [
            (c, rules.spans_of(raw, [c["text"]]))
            for g in self.gold.get("incidents") or []
            for c in g.get("casualties") or []
        ]
        have = sorted(
            self.rows["claim"],
            key=lambda c: (c["char_start"], c["char_end"], c["kind"], repr(c["count_low"]), repr(c["claimed_by_actor_key"])),
        )

        def value(c) -> tuple[Any, ...]:
            return c["kind"], c.get("count_low"), c.get("count_high")

        def equal(g, c) -> bool:
            if rules.is_vague(g[0]):
                return g[0]["kind"] == c["kind"]
            return value(c) == (g[0]["kind"], g[0].get("low"), g[0].get("high"))

        def on_words(g, c) -> bool:
            return equal(g, c) and rules.overlaps(g[1], [(c["char_start"], c["char_end"])])

        def agrees(g, c) -> bool:
            claimant = g[0].get("claimed_by")
            names = rules.actor_names(c.get("claimed_by_actor_key"), self.actors)
            return bool(claimant) and on_words(g, c) and rules.same_name([claimant], names)

        def elsewhere(g, c) -> bool:
            return equal(g, c) and not rules.is_vague(g[0])

        taken = set(_pairs(rules, gold, have, (agrees, on_words, elsewhere)).values())
        told = {(value(have[j]), have[j]["incident_key"]) for j in taken}
        for j, claim in enumerate(have):
            is_repeat = (value(claim), claim["incident_key"]) in told or any(equal(g, claim) for g in gold)
            if j in taken or not is_repeat:
                self._add("claim", claim, j in taken)

    def judge_statements(self) -> None:
        rules, raw = self.rules, self.document["raw_text"]
        gold = [(s, rules.spans_of(raw, [s["evidence"]])) for s in self.gold.get("statements") or []]
        have = [(s, [(s["char_start"], s["char_end"])]) for s in self.rows["statement"]]

        def same(g, p) -> bool:
            names = rules.actor_names(p[0]["speaker_actor_key"], self.actors)
            return rules.overlaps(g[1], p[1]) and rules.same_name([g[0]["speaker"]], names)

        taken = set(rules.match(gold, have, same).values())
        for j, (statement, span) in enumerate(have):
            if j in taken or any(rules.overlaps(g[1], span) for g in gold):
                self._add("statement", statement, j in taken)

    def judge_mentions(self, annotated: set[tuple[int, int, str]]) -> None:
        for row in self.rows["entity_mention"]:
            self._add("entity_mention", row, (row["char_start"], row["char_end"], row["entity_type"]) in annotated)


def _pairs(rules: Any, gold: list, have: list, passes: tuple) -> dict[int, int]:
    """Index of the gold -> index of what is had: the best pairs first, one to one."""
    pairs: dict[int, int] = {}
    for ok in passes:
        rest_g = [i for i in range(len(gold)) if i not in pairs]
        rest_h = [j for j in range(len(have)) if j not in pairs.values()]
        found = rules.match([gold[i] for i in rest_g], [have[j] for j in rest_h], ok)
        pairs |= {rest_g[i]: rest_h[j] for i, j in found.items()}
    return pairs
