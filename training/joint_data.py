"""What the contextual pipeline learns from: runs of sentences with trees, tags, sentence starts and names, where known.

Treebanks and grammar know everything, and so do our news where their trees were put right by hand (elsewhere names,
sentences and the heads of annotated triggers); re3d its names. What belongs here: which source teaches what. The network and its training are `joint`'s.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from training import conllu, constructions, corpus, entities, names, trees
from training.conllu import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

UNKNOWN = -100  # what the loss passes over
ROOT = -1
MOST_WORDS = 110  # of a run of sentences
LOWER_CASE_SHARE = 0.04
RUN_ON_SHARE = 0.4  # of the runs that lose their paragraph breaks, where a line then ends without a full stop
GRAMMAR_ARTICLES = 700
# How often a source comes as it is, and how often with other names in it.
COPIES = {"re3d": (1, 2), "news": (2, 2), "uner": (1, 1)}
FEWEST_MORPHOLOGIES = 5  # rarer ones are left out of the loss


@dataclass
class Taught:
    """A sentence with what is known of it; ``heads`` are places in it, ROOT, or None where nothing is known."""

    words: list[str]
    opens_paragraph: bool
    names: list[entities.Entity] | None = None
    missing: list[tuple[int, int]] = field(default_factory=list)
    tags: list[str] | None = None
    morphs: list[str] | None = None
    heads: list[int | None] | None = None
    relations: list[str] | None = None
    starts_known: bool = True


Run = list[Taught]  # consecutive sentences
Document = list[Taught]


@dataclass
class Classes:
    """The classes of each task, in the order of the network's scores."""

    tags: list[str]
    morphs: list[str]
    relations: list[str]
    names: list[str]


def of_tree(sentence: Sentence, example: entities.Example | None) -> Taught:
    words = sentence.words
    return Taught(
        [word.form for word in words],
        sentence.opens_paragraph,
        None if example is None else example.entities,
        [] if example is None else example.missing,
        [word.xpos for word in words],
        [f"{word.upos}|{word.feats}" for word in words],
        [ROOT if word.head == index else word.head for index, word in enumerate(words)],
        [word.deprel for word in words],
    )


def of_names(example: entities.Example, starts_known: bool) -> Taught:
    words = [word.form for word in example.sentence.words]
    return Taught(words, example.sentence.opens_paragraph, example.entities, example.missing, starts_known=starts_known)


def treebanks(data: Path) -> Iterator[Document]:
    """EWT and GUM, their training parts and three quarters of their development parts, with names where annotated."""
    uner = entities.uner_spans(data)
    for treebank in ("ud_english_ewt", "ud_english_gum"):
        annotated = entities.from_ewt(data) if treebank.endswith("ewt") else entities.from_gum(data)
        for document in annotated:
            yield [of_tree(example.sentence, example) for example in document if _teaches(example.sentence)]
        for index, document in enumerate(conllu.read(data / treebank / "dev.conllu")):
            if index % 4 == 0:
                continue
            mentions = names.gum_mentions(document.sentences)
            taught = []
            for sentence, found in zip(document.sentences, mentions, strict=True):
                example = None
                if treebank.endswith("gum"):
                    example = entities.example(sentence, names.from_mentions(sentence, found, names.GUM_KINDS))
                elif sentence.name in uner:
                    example = entities.example(sentence, uner[sentence.name])
                if _teaches(sentence):
                    taught.append(of_tree(sentence, example))
            yield taught


def _teaches(sentence: Sentence) -> bool:
    return sum(word.deprel == "goeswith" for word in sentence.words) * 4 <= len(sentence.words)


def grammar(count: int, seed: int) -> Iterator[Document]:
    for article in constructions.articles(count, seed):
        yield [of_tree(sentence, entities.Example(sentence, found, [])) for sentence, found in article]


def news(nlp: Language) -> Iterator[list[tuple[entities.Example, Taught]]]:
    """Our open and named articles by their annotated sentences, each with what is known of it: its tree, where put right
    by hand, else the heads of annotated triggers."""
    for split in ("open", "names"):
        for article in corpus.articles(split):
            doc, known_trees = nlp.make_doc(article.text), trees.of_article(article.name)
            found = []
            for line in article.lines:
                tokens = trees.line_tokens(doc, line)
                spans = entities.placed(article.names, tokens)
                sentence = known_trees.get(line.number)
                if sentence is not None:
                    example = entities.Example(sentence, spans, [])
                    taught = of_tree(sentence, example)
                else:
                    words = [conllu.form_alone(t.text, place, bool(t.whitespace_)) for place, t in enumerate(tokens)]
                    plain = Sentence(words, line.start in article.paragraphs or line.number == 1)
                    example = entities.Example(plain, spans, [])
                    taught = of_names(example, True)
                    governed = _governed(article, line, tokens)
                    taught.heads = [governed.get(place) for place in range(len(words))]
                found.append((example, taught))
            yield found


def _governed(article: corpus.Article, line: corpus.Line, tokens: list[Token]) -> dict[int, int]:
    """The heads of the line's annotated triggers, both as places in it."""
    from training.evaluate import token_at

    where = {token.i: place for place, token in enumerate(tokens)}
    found: dict[int, int] = {}
    for clause in article.clauses:
        trigger = token_at(tokens[0].doc, clause.trigger)
        head = None if clause.head is None else token_at(tokens[0].doc, clause.head)
        if clause.line == line.number and trigger is not None and trigger.i in where:
            if clause.head is None:
                found[where[trigger.i]] = ROOT
            elif head is not None and head.i in where:
                found[where[trigger.i]] = where[head.i]
    return found


def documents(data: Path, nlp: Language, seed: int) -> list[Document]:
    """All documents of all sources, copies and exchanged names included."""
    rng = random.Random(seed)
    result = [*treebanks(data), *grammar(GRAMMAR_ARTICLES, seed + 20)]

    def others(found: Iterable[list[entities.Example]], source: str, starts_known: bool) -> None:
        plain, exchanged = COPIES[source]
        for document in found:
            for _ in range(plain):
                result.append([of_names(example, starts_known) for example in document])
            for _ in range(exchanged):
                changed = [entities.exchange(example, rng) for example in document]
                result.append([of_names(example, starts_known) for example in changed])

    ours = list(news(nlp))
    for _ in range(COPIES["news"][0]):
        result += [[taught for _, taught in document] for document in ours]
    exchanged_news = COPIES["news"][1]
    for document in ours:
        for _ in range(exchanged_news):
            result.append([of_names(entities.exchange(example, rng), True) for example, _ in document])
    others(entities.from_re3d(data, nlp), "re3d", False)
    development = enumerate(conllu.read(data / "ud_english_ewt" / "dev.conllu"))
    held_out = {sentence.name for index, document in development if index % 4 == 0 for sentence in document.sentences}
    others((d for d in entities.from_uner(data) if d and d[0].sentence.name not in held_out), "uner", True)
    return result


def classes(found: Iterable[Document]) -> Classes:
    from training.labels import LABELS

    tags, morphs, relations = Counter[str](), Counter[str](), Counter[str]()
    for document in found:
        for sentence in document:
            tags.update(sentence.tags or ())
            morphs.update(sentence.morphs or ())
            relations.update(sentence.relations or ())
    kept = sorted(morph for morph, count in morphs.items() if count >= FEWEST_MORPHOLOGIES)
    every = ["O", *(f"{place}-{label}" for label in LABELS for place in "BI")]
    return Classes(sorted(tags), kept, sorted(relations), every)


def runs(document: Document, rng: random.Random) -> Iterator[Run]:
    """The document in runs of one to six sentences; some again in lower case, some again without paragraph breaks."""
    start = 0
    while start < len(document):
        length = rng.randint(1, 6)
        run: Run = []
        for sentence in document[start : start + length]:
            if run and sum(len(other.words) for other in run) + len(sentence.words) > MOST_WORDS:
                break
            run.append(sentence)
        start += len(run)
        if sum(len(sentence.words) for sentence in run) > 2 * MOST_WORDS:
            continue
        yield run
        if rng.random() < LOWER_CASE_SHARE:
            yield [_lower(sentence) for sentence in run]
        if _runs_on(run) and rng.random() < RUN_ON_SHARE:
            yield [_without_break(sentence) for sentence in run]


def _runs_on(run: Run) -> bool:
    return any(
        after.starts_known and after.opens_paragraph and before.words[-1].isalnum() for before, after in pairwise(run)
    )


def _lower(sentence: Taught) -> Taught:
    return Taught(**{**vars(sentence), "words": [word.lower() for word in sentence.words]})


def _without_break(sentence: Taught) -> Taught:
    return Taught(**{**vars(sentence), "opens_paragraph": False})
