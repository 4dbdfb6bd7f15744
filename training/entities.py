"""Sentences with their names and values from every source, and more of them by exchanging names.

Each source becomes sentences with entities (start, end, label) and spans that are left unannotated. Names come from
annotation (`data/`, GUM's mentions through `names`), values from `values`, vocabularies from `labels`, new names from `fillers`.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from training import conllu, corpus, fillers, labels, names, re3d, values
from training.conllu import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

Entity = tuple[int, int, str]


@dataclass
class Example:
    """A sentence with its entities and the spans of which nothing is known."""

    sentence: Sentence
    entities: list[Entity]
    missing: list[tuple[int, int]]


EXCHANGED = 0.85  # share of the names of a copy that are exchanged
DATA = Path(__file__).parent / "data"


def annotate(
    words: list[str], tags: list[str], spans: list[tuple[int, int, str | None]]
) -> tuple[list[Entity], list[tuple[int, int]]]:
    """Entities of a sentence from its named spans (label, "NONE" or None for unknown), rules and vocabularies."""
    found: list[Entity] = []
    missing: list[tuple[int, int]] = []
    taken: set[int] = set()
    rule_values = list(values.find(words, tags))

    def put(start: int, end: int, label: str) -> None:
        if taken.isdisjoint(range(start, end)):
            found.append((start, end, label))
            taken.update(range(start, end))

    for start, end, label in rule_values:
        if label in ("DATE", "TIME", "MONEY", "PERCENT"):
            put(start, end, label)
    for start, end, kind in spans:
        if not taken.isdisjoint(range(start, end)):
            continue
        if all(word in values.nationalities() for word in words[start:end]):
            put(start, end, "NORP")
        elif kind is None:
            missing.append((start, end))
            taken.update(range(start, end))
        elif kind != "NONE":
            put(start, end, kind)
    for start, end, label in labels.find_means(words):
        put(start, end, label)
    persons = {end for _, end, label in found if label == "PERSON"}
    for start, end, label in rule_values:
        put(start, end, "DATE" if _is_age(words, start, end, label, persons) else label)
    return found, missing


def _is_age(words: list[str], start: int, end: int, label: str, persons: set[int]) -> bool:
    """ "William Rivers, 46;" """
    return (
        label == "CARDINAL"
        and end == start + 1
        and words[start].isdigit()
        and len(words[start]) < 3
        and start >= 2
        and words[start - 1] == ","
        and start - 1 in persons
        and end < len(words)
        and words[end] in ",;.)–-"
    )


def _label(kind: str | None, words: list[str]) -> str | None:
    if kind is None or kind == "NONE":
        return kind
    return labels.refine(kind, words) or "NONE"


def example(sentence: Sentence, spans: list[names.Span]) -> Example:
    words = [word.form for word in sentence.words]
    labelled = [(span.start, span.end, _label(span.kind, words[span.start : span.end])) for span in spans]
    return Example(sentence, *annotate(words, [word.xpos for word in sentence.words], labelled))


def from_ewt(data: Path) -> list[list[Example]]:
    """EWT's training part with the names of ``data/ewt_names.csv``."""
    annotated = names_of("ewt_names.csv")
    result = []
    for document in conllu.read(data / "ud_english_ewt" / "train.conllu"):
        examples = []
        for sentence in document.sentences:
            words = [word.form for word in sentence.words]
            spans: list[tuple[int, int, str | None]] = [*annotated.get(sentence.name, [])]
            examples.append(Example(sentence, *annotate(words, [word.xpos for word in sentence.words], spans)))
        result.append(examples)
    return result


def names_of(table: str) -> dict[str, list[Entity]]:
    """(start, end, label) of each sentence or document of an annotation table: words of EWT, characters of re3d."""
    found: dict[str, list[Entity]] = {}
    with (DATA / table).open(encoding="utf-8", newline="") as lines:
        for name, start, end, label in list(csv.reader(lines))[1:]:
            found.setdefault(name, []).append((int(start), int(end), label))
    return found


def uner_spans(data: Path) -> dict[str, list[names.Span]]:
    """Gold names of UNER's development part by sentence id."""
    from training.evaluate import uner

    gold = uner(data / "uner_english_ewt" / "dev.iob2")
    return {name: [names.Span(start, end, kind) for start, end, kind in spans] for name, spans in gold.items()}


def from_uner(data: Path) -> list[list[Example]]:
    gold = uner_spans(data)
    return [
        [example(s, gold[s.name]) for s in document.sentences if s.name in gold]
        for document in conllu.read(data / "ud_english_ewt" / "dev.conllu")
    ]


def from_gum(data: Path) -> list[list[Example]]:
    result = []
    for document in conllu.read(data / "ud_english_gum" / "train.conllu"):
        mentions = names.gum_mentions(document.sentences)
        result.append(
            [
                example(sentence, names.from_mentions(sentence, found, names.GUM_KINDS))
                for sentence, found in zip(document.sentences, mentions, strict=True)
            ]
        )
    return result


def from_re3d(data: Path, nlp: Language) -> list[list[Example]]:
    """re3d's documents but the checked test ones, with the names of ``data/re3d_names.csv``."""
    annotated = names_of("re3d_names.csv")
    held_out = re3d.checked_names()
    return [
        list(_examples(nlp(report.text), [corpus.Name(*name) for name in annotated.get(report.name, [])]))
        for report in re3d.read(data / "re3d")
        if report.name not in held_out
    ]


def placed(found: Iterable[corpus.Name], tokens: Sequence[Token]) -> list[Entity]:
    """Names at characters of a text as names at places among tokens of it; those that cover none are left out."""
    entities: list[Entity] = []
    for name in found:
        inside = [i for i, t in enumerate(tokens) if t.idx >= name.start and t.idx + len(t) <= name.end]
        if inside:
            entities.append((inside[0], inside[-1] + 1, name.label))
    return entities


def _examples(doc: Doc, found: Sequence[corpus.Name]) -> Iterator[Example]:
    """The sentences of a Doc (blanks left out) with their names as annotated, nothing added."""
    opens = False
    for span in doc.sents:
        tokens = [token for token in span if not token.is_space]
        if tokens:
            words = []
            for index, token in enumerate(tokens):
                spaced = bool(token.whitespace_) or (token.i + 1 < len(doc) and doc[token.i + 1].is_space)
                words.append(conllu.form_alone(token.text, index, spaced))
            yield Example(Sentence(words, opens), placed(found, tokens), [])
        opens = (opens and not tokens) or any("\n" in token.text for token in span)


def exchange(example: Example, rng: random.Random, share: float = EXCHANGED) -> Example:
    """The sentence with other names in place of `share` of its own."""
    words = example.sentence.words
    starts = {start: (end, label) for start, end, label in example.entities}
    drawn: list[tuple[str, bool]] = []
    found: list[Entity] = []
    moved: dict[int, int] = {}
    index = 0
    while index < len(words):
        moved[index] = len(drawn)
        if index not in starts:
            drawn.append((words[index].form, words[index].space_after))
            index += 1
            continue
        end, label = starts[index]
        surface = tuple(word.form for word in words[index:end])
        other = fillers.fill(label, surface, rng) if rng.random() < share else None
        begin = len(drawn)
        if other is None:
            drawn += [(word.form, word.space_after) for word in words[index:end]]
        else:
            drawn += _spaced(_cased(other, surface, label, index == 0), words[end - 1].space_after)
        found.append((begin, len(drawn), label))
        for inside in range(index + 1, end):
            moved[inside] = begin
        index = end
    moved[len(words)] = len(drawn)
    sentence = Sentence(
        [conllu.form_alone(form, number, space) for number, (form, space) in enumerate(drawn)],
        example.sentence.opens_paragraph,
    )
    return Example(sentence, found, [(moved[start], moved[end]) for start, end in example.missing])


def _cased(other: tuple[str, ...], surface: tuple[str, ...], label: str, opens: bool) -> tuple[str, ...]:
    if surface[0].isupper() and len(surface[0]) > 4:
        return tuple(token.upper() for token in other)
    if label in ("WEAPON", "VEHICLE") and opens and surface[0][0].isupper():
        return (other[0][:1].upper() + other[0][1:], *other[1:])
    return other


def _spaced(tokens: tuple[str, ...], last_space: bool) -> list[tuple[str, bool]]:
    spaced = []
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        space = last_space if following is None else not (token == "-" or following in ("-", "'s", "’s"))
        spaced.append((token, space))
    return spaced
