"""Reads CoNLL-U treebanks into plain sentences, paragraphs and raw text.

Knows the file format and nothing about models: documents, paragraph breaks, surface spacing, multiword tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Word:
    """One syntactic word; `head` is the index of its governor in the sentence (0-based; its own index for the root)."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: dict[str, str]
    space_after: bool


def form_alone(form: str, place: int, space_after: bool) -> Word:
    """A word of which only the form is known."""
    return Word(form, form, "X", "XX", "", place, "dep", {}, space_after)


@dataclass
class Sentence:
    words: list[Word]
    opens_paragraph: bool = False
    name: str = ""  # the treebank's sent_id

    def text(self) -> str:
        return "".join(word.form + (" " if word.space_after else "") for word in self.words).rstrip()


@dataclass
class Document:
    """A treebank document: its id, its `meta` comments (`genre` for GUM) and its sentences in order."""

    name: str
    meta: dict[str, str] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)


def read(path: Path) -> Iterator[Document]:
    """Yields the documents of a CoNLL-U file, in file order."""
    document: Document | None = None
    opens_paragraph, name = False, ""
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                if document is not None:
                    yield document
                document = Document(line.split("=", 1)[-1].strip())
                opens_paragraph = True
            elif line.startswith("# newpar"):
                # GUM also marks blocks ("newpar_block"), which coincide with or enclose paragraphs.
                opens_paragraph = True
            elif line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif line.startswith("# meta::") and document is not None:
                key, _, value = line.removeprefix("# meta::").partition("=")
                document.meta[key.strip()] = value.strip()
            elif line.startswith("#"):
                continue
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                if document is None:
                    document = Document(path.stem)
                document.sentences.append(Sentence(_words(rows), opens_paragraph, name))
                opens_paragraph, rows = False, []
    if document is not None:
        if rows:
            document.sentences.append(Sentence(_words(rows), opens_paragraph, name))
        yield document


def _misc(column: str) -> dict[str, str]:
    if column == "_":
        return {}
    return dict(item.partition("=")[::2] for item in column.split("|"))


def _words(rows: list[list[str]]) -> list[Word]:
    words: list[Word] = []
    inside_until = 0  # last id of the multiword token that is open
    space_after_multiword = True
    for row in rows:
        if "." in row[0]:  # an empty node of the enhanced graph
            continue
        if "-" in row[0]:
            inside_until = int(row[0].split("-")[1])
            space_after_multiword = _misc(row[9]).get("SpaceAfter") != "No"
            continue
        index, misc = int(row[0]), _misc(row[9])
        if index < inside_until:
            space_after = False
        elif index == inside_until:
            space_after = space_after_multiword
        else:
            space_after = misc.get("SpaceAfter") != "No"
        head = int(row[6])
        words.append(
            Word(
                form=row[1],
                lemma=row[2],
                upos=row[3],
                xpos=row[4],
                feats="" if row[5] == "_" else row[5],
                head=index - 1 if head == 0 else head - 1,
                deprel=row[7],
                misc=misc,
                space_after=space_after,
            )
        )
    return words
