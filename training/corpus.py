"""The project's own annotated conflict news (`data/conflict/`): the `.ann` format in, text and offsets out.

First line the title, each further non-blank line one sentence, a blank line parts paragraphs, names inline as
`[[LABEL|surface]]`. The plain article is the title and the paragraphs parted by blank lines, the sentences of a
paragraph joined by one space. Used by training and by evaluation; it knows nothing of models.

`python -m training.corpus articles OUT [--split open]` writes the plain articles of a split.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CONFLICT = Path(__file__).parent / "data" / "conflict"
SPLITS = ("open", "sealed")
_NAME = re.compile(r"\[\[([A-Z_]+)\|(.+?)\]\]")


class AnnotationError(ValueError):
    """A file breaks the format; the message names the file and the line."""


@dataclass(frozen=True)
class Name:
    """A name at characters `start:end` of the article's text."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Line:
    """A sentence at characters `start:end`; `number` counts non-blank lines from 1, the title being 1."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class Clause:
    """An attack clause: characters of its trigger and of the heads of its parts; None where there is none.

    `head` is None when the trigger is the root of its sentence.
    """

    line: int
    trigger: tuple[int, int]
    head: tuple[int, int] | None
    agent: tuple[int, int] | None
    object: tuple[int, int] | None


@dataclass
class Article:
    """One article: plain text, names, sentences, offsets at which paragraphs start, attack clauses."""

    name: str
    text: str
    names: list[Name] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)


def parse(source: str, name: str = "article") -> Article:
    """Reads the content of an `.ann` file.

    Raises:
        AnnotationError: the file is empty, or brackets are not closed.
    """
    article = Article(name, "")
    text = ""
    opens_paragraph = True
    for row, raw in enumerate(source.splitlines(), 1):
        if not raw.strip():
            opens_paragraph = True
            continue
        plain, names = _strip(raw.strip(), f"{name}, line {row}")
        if text:
            # The title is a paragraph of its own, blank line or not.
            parts = opens_paragraph or len(article.lines) == 1
            text += "\n\n" if parts else " "
        else:
            parts = True
        if parts:
            article.paragraphs.append(len(text))
        start = len(text)
        text += plain
        article.lines.append(Line(start, len(text), len(article.lines) + 1))
        article.names.extend(Name(start + a, start + b, label) for a, b, label in names)
        opens_paragraph = False
    if not text:
        raise AnnotationError(f"{name}: no text")
    article.text = text
    return article


def _strip(line: str, where: str) -> tuple[str, list[tuple[int, int, str]]]:
    plain, names, last = "", [], 0
    for match in _NAME.finditer(line):
        plain += line[last : match.start()]
        names.append((len(plain), len(plain) + len(match[2]), match[1]))
        plain += match[2]
        last = match.end()
    plain += line[last:]
    if "[[" in plain or "]]" in plain:
        raise AnnotationError(f"{where}: brackets that are not closed")
    return plain, names


def read_clauses(source: str, article: Article) -> list[Clause]:
    """Reads the content of a `.clauses.yaml` file and finds its words in the article.

    Raises:
        AnnotationError: a line or word is not in the article.
    """
    import yaml

    clauses = []
    for item in yaml.safe_load(source) or []:
        number = int(item["line"])
        if not 1 <= number <= len(article.lines):
            raise AnnotationError(f"{article.name}: no line {number}")
        line = article.lines[number - 1]
        head = item.get("head")
        trigger = _find(item["trigger"], line, article)
        if trigger is None:
            raise AnnotationError(f"{article.name}: a clause of line {number} has no trigger")
        clauses.append(
            Clause(
                line=number,
                trigger=trigger,
                head=None if head == "ROOT" else _find(head, line, article),
                agent=_find(item.get("agent"), line, article),
                object=_find(item.get("object"), line, article),
            )
        )
    return clauses


def _find(word: object, line: Line, article: Article) -> tuple[int, int] | None:
    if word is None:
        return None
    form, _, occurrence = str(word).partition("#")
    sentence = article.text[line.start : line.end]
    pattern = re.compile(rf"(?<![^\W_]){re.escape(form)}(?![^\W_])")
    found = list(pattern.finditer(sentence))
    wanted = int(occurrence or 1)
    if len(found) < wanted:
        raise AnnotationError(f"{article.name}, line {line.number}: no {word!r}")
    match = found[wanted - 1]
    return line.start + match.start(), line.start + match.end()


def articles(split: str, root: Path = CONFLICT) -> Iterator[Article]:
    """The articles of a split (`open`, `sealed`, or `names`: names alone, for training), in order of their file names, with their clauses where annotated."""
    for path in sorted((root / split).glob("*.ann")):
        article = parse(path.read_text(encoding="utf-8"), path.stem)
        clauses = path.with_suffix("").with_suffix(".clauses.yaml")
        if clauses.exists():
            article.clauses = read_clauses(clauses.read_text(encoding="utf-8"), article)
        yield article


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(dest="command", required=True)
    plain = commands.add_parser("articles", help="write the plain articles of a split as NAME.txt")
    plain.add_argument("out", type=Path)
    plain.add_argument("--split", choices=SPLITS, default="open")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    count = 0
    for article in articles(arguments.split):
        (arguments.out / f"{article.name}.txt").write_text(article.text + "\n", encoding="utf-8")
        count += 1
    print(f"{count} articles of the split '{arguments.split}' written to {arguments.out}")


if __name__ == "__main__":
    main()
