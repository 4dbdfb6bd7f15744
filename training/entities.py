"""Training documents for the entity recogniser from every source, and more of them by exchanging names.

Each source becomes sentences with entities (start, end, label) and spans that are left unannotated; then short Docs.
Names come from annotation (`data/`, GUM's mentions through `names`), values from `values`, vocabularies from `labels`, new names from
`fillers`, invented sentences from `constructions`.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from training import conllu, constructions, corpus, fillers, labels, names, re3d, values
from training.conllu import Sentence, Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

Entity = tuple[int, int, str]


@dataclass
class Example:
    """A sentence with its entities and the spans of which nothing is known."""

    sentence: Sentence
    entities: list[Entity]
    missing: list[tuple[int, int]]


@dataclass(frozen=True)
class Mix:
    """How often a source is given as it is and how often with other names in it, and how much is generated.

    Small sources of the domain weigh more. With `holds_out`, every fourth document of UNER and of the conflict news is
    kept for development.
    """

    copies: dict[str, tuple[int, float]]
    generated_articles: int
    holds_out: bool


FIRST = Mix({"ewt": (2, 1.0), "uner": (3, 2.0), "gum": (1, 0.6), "re3d": (3, 3.0), "conflict": (3, 4.0)}, 1200, True)
SECOND = Mix({"ewt": (2, 0.5), "uner": (5, 2.0), "gum": (1, 0.3), "re3d": (7, 4.0), "conflict": (3, 2.0)}, 500, False)
EXCHANGED = 0.85  # share of the names of a copy that are exchanged
LOWER_CASE_SHARE = 0.04
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


def tagged(doc: Doc) -> Iterator[tuple[Sentence, list[Token]]]:
    """The sentences of a parsed Doc as treebank sentences, each with its tokens (blanks left out)."""
    opens = False
    for span in doc.sents:
        tokens = [token for token in span if not token.is_space]
        if tokens:
            where = {token.i: index for index, token in enumerate(tokens)}
            words = [
                Word(
                    form=token.text,
                    lemma="",
                    upos=token.pos_,
                    xpos=token.tag_,
                    feats="",
                    head=where.get(token.head.i, index),
                    deprel=token.dep_,
                    misc={},
                    space_after=bool(token.whitespace_) or (token.i + 1 < len(doc) and doc[token.i + 1].is_space),
                )
                for index, token in enumerate(tokens)
            ]
            yield Sentence(words, opens), tokens
        opens = (opens and not tokens) or any("\n" in token.text for token in span)


def from_re3d(data: Path, nlp: Language) -> list[list[Example]]:
    """re3d's documents but the checked test ones, with the names of ``data/re3d_names.csv`` in place of its mentions."""
    annotated = names_of("re3d_names.csv")
    held_out = re3d.checked_names()
    return [
        _examples(nlp(report.text), [corpus.Name(*name) for name in annotated.get(report.name, [])])
        for report in re3d.read(data / "re3d")
        if report.name not in held_out
    ]


def from_conflict(nlp: Language) -> list[list[Example]]:
    """The open half of the project's own annotated news and its articles annotated with names alone."""
    articles = [*corpus.articles("open"), *corpus.articles("names")]
    return [_examples(nlp(article.text), article.names) for article in articles]


def _examples(doc: Doc, found: Sequence[corpus.Name]) -> list[Example]:
    """Sentences with their names as annotated, nothing added."""
    examples = []
    for sentence, tokens in tagged(doc):
        entities: list[Entity] = []
        for name in found:
            inside = [i for i, t in enumerate(tokens) if t.idx >= name.start and t.idx + len(t) <= name.end]
            if inside:
                entities.append((inside[0], inside[-1] + 1, name.label))
        examples.append(Example(sentence, entities, []))
    return examples


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
        [Word(form, form, "X", "XX", "", number, "dep", {}, space) for number, (form, space) in enumerate(drawn)],
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


def to_doc(vocab: Vocab, examples: list[Example], lower: bool = False) -> Doc:
    from spacy.tokens import Doc, Span

    words: list[str] = []
    spaces: list[bool] = []
    found: list[Entity] = []
    missing: list[tuple[int, int]] = []
    for number, example in enumerate(examples):
        if number and example.sentence.opens_paragraph:
            spaces[-1] = False
            words.append("\n\n")
            spaces.append(False)
        offset = len(words)
        found += [(start + offset, end + offset, label) for start, end, label in example.entities]
        missing += [(start + offset, end + offset) for start, end in example.missing]
        words += [word.form.lower() if lower else word.form for word in example.sentence.words]
        spaces += [word.space_after for word in example.sentence.words]
    doc = Doc(vocab, words=words, spaces=spaces)
    doc.set_ents(
        [Span(doc, start, end, label) for start, end, label in found],
        missing=[Span(doc, start, end) for start, end in missing],
        default="outside",
    )
    return doc


def _short_docs(vocab: Vocab, document: list[Example], rng: random.Random, share: float) -> Iterator[Doc]:
    start = 0
    while start < len(document):
        length = rng.randint(2, 6)
        part = document[start : start + length]
        if share:
            part = [exchange(example, rng, share) for example in part]
        yield to_doc(vocab, part)
        if rng.random() < LOWER_CASE_SHARE:
            yield to_doc(vocab, part, lower=True)
        start += length


def training_docs(vocab: Vocab, sources: dict[str, list[list[Example]]], seed: int, mix: Mix) -> tuple[list[Doc], list[Doc]]:
    """(training Docs, development Docs) of all sources, mixed as told."""
    rng = random.Random(seed)
    docs: list[Doc] = []
    held_out: list[Doc] = []
    for source, documents in sources.items():
        if mix.holds_out and source in ("conflict", "uner"):
            held_out += [to_doc(vocab, document) for number, document in enumerate(documents) if number % 4 == 3]
            documents = [document for number, document in enumerate(documents) if number % 4 != 3]
        plain, exchanged = mix.copies[source]
        for _ in range(plain):
            for document in documents:
                docs += _short_docs(vocab, document, rng, 0.0)
        for _ in range(max(1, int(exchanged))):
            for document in documents:
                if exchanged < 1 and (rng.random() > exchanged or not any(example.entities for example in document)):
                    continue
                docs += _short_docs(vocab, document, rng, EXCHANGED)
    for article in constructions.articles(mix.generated_articles, seed + 6):
        docs += _short_docs(vocab, [Example(sentence, found, []) for sentence, found in article], rng, 0.0)
    rng.shuffle(docs)
    return docs, held_out
