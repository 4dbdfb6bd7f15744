"""Measures a pipeline against everything issue-worthy and prints one table: `python -m training.evaluate --data DIR`.

From raw text throughout: own tokenization, own sentences. The sealed half of the conflict news is scored as numbers
only; nothing here prints its text or its errors.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from training import clauses, conllu, corpus, re3d
from training.scores import Agreement, Arc, Attachment

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

BROAD = {"PERSON": "PER", "ORG": "ORG", "ARMED_GROUP": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
Row = tuple[str, str, str, str]  # what, measured, must reach, stretch


def raw_text(document: conllu.Document) -> str:
    """The document as running text: paragraphs parted by blank lines, sentences by spaces where the treebank has them."""
    parts = []
    for number, sentence in enumerate(document.sentences):
        if number and sentence.opens_paragraph:
            parts.append("\n\n")
        text = "".join(word.form + (" " if word.space_after else "") for word in sentence.words)
        parts.append(text)
    return "".join(parts).replace(" \n\n", "\n\n").rstrip()


class Characters:
    """Positions counted without whitespace, so that texts laid out differently align."""

    def __init__(self, text: str) -> None:
        self.before = [0]
        for letter in text:
            self.before.append(self.before[-1] + (not letter.isspace()))

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.before[start], self.before[end]


def gold_arcs(document: conllu.Document) -> tuple[list[Arc], list[tuple[int, int]]]:
    arcs, sentences, offset = [], [], 0
    for sentence in document.sentences:
        start, spans = offset, []
        for word in sentence.words:
            length = sum(not letter.isspace() for letter in word.form)
            spans.append((offset, offset + length))
            offset += length
        for index, word in enumerate(sentence.words):
            head = None if word.head == index else spans[word.head]
            arcs.append(Arc(spans[index], head, word.deprel))
        sentences.append((start, offset))
    return arcs, sentences


def found_arcs(doc: Doc) -> tuple[list[Arc], list[tuple[int, int]]]:
    characters = Characters(doc.text)

    def span(token: Token) -> tuple[int, int]:
        return characters.span(token.idx, token.idx + len(token))

    arcs = [
        Arc(span(token), None if token.head == token else span(token.head), token.dep_)
        for token in doc
        if not token.is_space
    ]
    sentences = []
    for sentence in doc.sents:
        start, end = characters.span(sentence.start_char, sentence.end_char)
        if start < end:
            sentences.append((start, end))
    return arcs, sentences


def attachment(nlp: Language, documents: Iterable[conllu.Document]) -> Attachment:
    result = Attachment.empty()
    listed = list(documents)
    for document, doc in zip(listed, nlp.pipe(raw_text(document) for document in listed), strict=True):
        gold, gold_sentences = gold_arcs(document)
        found, found_sentences = found_arcs(doc)
        result.add(gold, found, gold_sentences, found_sentences)
    return result


def lemmas_and_tags(nlp: Language, documents: Iterable[conllu.Document]) -> tuple[float, float]:
    """F of lemmas and of Penn tags over aligned words."""
    listed = list(documents)
    right_lemmas = right_tags = gold_words = found_words = 0
    for document, doc in zip(listed, nlp.pipe(raw_text(document) for document in listed), strict=True):
        characters = Characters(doc.text)
        words = {characters.span(t.idx, t.idx + len(t)): t for t in doc if not t.is_space}
        arcs, _ = gold_arcs(document)
        flat = [word for sentence in document.sentences for word in sentence.words]
        gold_words += len(flat)
        found_words += len(words)
        for arc, word in zip(arcs, flat, strict=True):
            token = words.get(arc.span)
            if token is not None:
                right_lemmas += token.lemma_ == word.lemma
                right_tags += token.tag_ == word.xpos
    total = gold_words + found_words
    return 2 * right_lemmas / total, 2 * right_tags / total


def uner(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Gold names of a Universal NER file: sentence id -> (first word, end word, kind)."""
    names: dict[str, list[tuple[int, int, str]]] = {}
    name, tags = "", []

    def close() -> None:
        spans, start = [], None
        for index, tag in enumerate([*tags, "O"]):
            if start is not None and not tag.startswith("I-"):
                spans.append((start, index, tags[start][2:]))
                start = None
            if tag.startswith("B-"):
                start = index
        if tags:
            names[name] = spans

    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id"):
            name = line.split("=", 1)[1].strip()
        elif not line.strip():
            close()
            tags = []
        elif not line.startswith("#"):
            tags.append(line.split("\t")[2])
    close()
    return names


def uner_agreement(nlp: Language, documents: Iterable[conllu.Document], gold: dict) -> dict[str, Agreement]:
    """Exact PER, ORG and LOC names in running text, in the sentences that the gold covers."""
    listed = list(documents)
    scores = {kind: Agreement() for kind in ("PER", "ORG", "LOC", "all")}
    for document, doc in zip(listed, nlp.pipe(raw_text(document) for document in listed), strict=True):
        arcs, sentences = gold_arcs(document)
        covered, wanted, first = [], set(), 0
        for sentence, span in zip(document.sentences, sentences, strict=True):
            if sentence.name in gold:
                covered.append(span)
                for start, end, kind in gold[sentence.name]:
                    wanted.add((arcs[first + start].span[0], arcs[first + end - 1].span[1], kind))
            first += len(sentence.words)
        characters = Characters(doc.text)
        found = set()
        for entity in doc.ents:
            kind = BROAD.get(entity.label_)
            start, end = characters.span(entity.start_char, entity.end_char)
            if kind and any(a <= start and end <= b for a, b in covered):
                found.add((start, end, kind))
        scores["all"].add(wanted, found)
        for kind in ("PER", "ORG", "LOC"):
            scores[kind].add((x for x in wanted if x[2] == kind), (x for x in found if x[2] == kind))
    return scores


def names_agreement(nlp: Language, articles: Iterable[corpus.Article]) -> tuple[Agreement, dict[str, Agreement]]:
    """Exact names with their labels, all together and by label."""
    every, by_label = Agreement(), {}
    listed = list(articles)
    for article, doc in zip(listed, nlp.pipe(article.text for article in listed), strict=True):
        gold = {(name.start, name.end, name.label) for name in article.names}
        found = {(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents}
        every.add(gold, found)
        for label in {x[2] for x in gold | found}:
            by_label.setdefault(label, Agreement()).add(
                (x for x in gold if x[2] == label), (x for x in found if x[2] == label)
            )
    return every, by_label


def clause_accuracy(nlp: Language, articles: Iterable[corpus.Article]) -> Counter[str]:
    """Counts over attack clauses: `all`, and those with right `head`, `agent`, `object`, and all three `right`."""
    counts: Counter[str] = Counter()
    listed = [article for article in articles if article.clauses]
    for article, doc in zip(listed, nlp.pipe(article.text for article in listed), strict=True):
        for clause in article.clauses:
            counts["all"] += 1
            trigger = token_at(doc, clause.trigger)
            if trigger is None:
                continue
            head = None if trigger.head == trigger else trigger.head
            right = {
                "head": is_at(head, clause.head),
                "agent": is_at(clauses.agent(trigger), clause.agent),
                "object": is_at(clauses.target(trigger), clause.object),
            }
            counts.update(part for part, is_right in right.items() if is_right)
            counts["right"] += all(right.values())
    return counts


def token_at(doc: Doc, span: tuple[int, int]) -> Token | None:
    """The token at some characters; of several (a hyphenated word) the last."""
    inside = [token for token in doc if span[0] <= token.idx and token.idx + len(token) <= span[1]]
    return inside[-1] if inside else None


def is_at(token: Token | None, span: tuple[int, int] | None) -> bool:
    if token is None or span is None:
        return token is None and span is None
    # A hyphenated word of the annotator may be several tokens.
    return span[0] <= token.idx and token.idx + len(token) <= span[1]


def sentence_agreement(nlp: Language, articles: Iterable[corpus.Article]) -> Agreement:
    """Exact sentences; a dateline, which the pipeline sets apart on purpose, counts with its lead, as annotated."""
    from dagster_project.reading.sentences import dateline_end

    result = Agreement()
    listed = list(articles)
    for article, doc in zip(listed, nlp.pipe(article.text for article in listed), strict=True):
        characters = Characters(article.text)
        found: list[tuple[int, int]] = []
        joins = False
        for sentence in doc.sents:
            start, end = characters.span(sentence.start_char, sentence.end_char)
            if start == end:
                continue
            found.append((found.pop()[0], end) if joins else (start, end))
            joins = dateline_end(doc, sentence.start) == sentence.end
        result.add((characters.span(line.start, line.end) for line in article.lines), found)
    return result


def checked_reports() -> Iterator[corpus.Article]:
    """The re3d documents whose names were checked by hand."""
    for path in sorted(re3d.CHECKED.glob("*.ann")):
        yield corpus.parse(path.read_text(encoding="utf-8"), path.stem)


def speed(nlp: Language, texts: list[str], repeats: int = 5) -> float:
    """Words per second of CPU time of the full pipeline, the best of `repeats` runs over the same texts."""
    best = 0.0
    for _ in range(repeats):
        start = time.process_time()
        words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
        best = max(best, words / (time.process_time() - start))
    return best


def load_cost(model: str | None) -> dict[str, float]:
    """Seconds to load (wall clock and CPU) and peak memory (MB, Linux) after reading 5,000 words, in a fresh process."""
    # getrusage would report the parent's peak: a child inherits it until it has executed.
    script = (
        "import json,sys,time\n"
        "import spacy\n"
        "start,began=time.perf_counter(),time.process_time()\n"
        "from dagster_project.reading.language import load_language\n"
        "nlp=load_language(sys.argv[1] or None)\n"
        "loaded,cpu=time.perf_counter()-start,time.process_time()-began\n"
        "text='Gunmen attacked an army checkpoint near the town on Monday, killing two soldiers, officials said. '*20\n"
        "list(nlp.pipe([text]*15))\n"
        "peak=next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(json.dumps({'seconds':loaded,'cpu_seconds':cpu,'megabytes':int(peak.split()[1])/1024}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, model or ""], check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def size(nlp: Language) -> float:
    """Megabytes of the pipeline's folder."""
    folder = Path(str(nlp._path))
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def table(nlp: Language, data: Path, model: str | None, report: Callable[[str], None]) -> list[Row]:
    rows: list[Row] = []

    def row(what: str, measured: str, must: str = "", stretch: str = "") -> None:
        rows.append((what, measured, must, stretch))

    report("treebanks")
    ewt = list(conllu.read(data / "ud_english_ewt" / "test.conllu"))
    gum = list(conllu.read(data / "ud_english_gum" / "test.conllu"))
    scored = attachment(nlp, ewt)
    row("EWT test LAS / UAS", f"{scored.las:.1%} / {scored.uas:.1%}", "82 / 85.5", "87 / 90")
    row("EWT test words F, LAS with subtypes", f"{scored.words.f:.1%}, {scored.las_with_subtypes:.1%}")
    row("EWT test sentence F", f"{scored.sentences.f:.1%}", "88")
    lemma_f, tag_f = lemmas_and_tags(nlp, ewt)
    row("EWT test lemma F, Penn tag F", f"{lemma_f:.1%}, {tag_f:.1%}")
    scored = attachment(nlp, gum)
    row("GUM test LAS / UAS", f"{scored.las:.1%} / {scored.uas:.1%}", "83", "88")
    row("GUM test sentence F", f"{scored.sentences.f:.1%}")
    scored = attachment(nlp, [document for document in gum if document.meta.get("genre") == "news"])
    row("GUM test news LAS / UAS", f"{scored.las:.1%} / {scored.uas:.1%}", "82", "87")

    report("names")
    names = uner_agreement(nlp, ewt, uner(data / "uner_english_ewt" / "test.iob2"))
    detail = ", ".join(f"{kind} {names[kind].f:.3f}" for kind in ("PER", "ORG", "LOC"))
    row("UNER EWT test PER/ORG/LOC F", f"{names['all'].f:.3f} ({detail})", ".72", ".85")
    checked, _ = names_agreement(nlp, checked_reports())
    row("re3d checked test F", f"{checked.f:.3f} ({checked.gold} names)", ".87", ".90")

    report("conflict news")
    for split in ("open", "sealed"):
        must = split == "sealed"
        articles = list(corpus.articles(split))
        every, by_label = names_agreement(nlp, articles)
        row(
            f"conflict {split}: names F", f"{every.f:.3f} ({every.gold} names)", ".88" if must else "", ".93" if must else ""
        )
        if must:
            proper = Agreement()
            for label in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "ARMED_GROUP", "EVENT"):
                if label in by_label:
                    proper.gold += by_label[label].gold
                    proper.found += by_label[label].found
                    proper.right += by_label[label].right
            row(f"conflict {split}: proper names alone", f"{proper.f:.3f}")
        counts = clause_accuracy(nlp, articles)
        total = max(counts["all"], 1)
        parts = ", ".join(f"{part} {counts[part] / total:.2f}" for part in ("head", "agent", "object"))
        row(
            f"conflict {split}: attack clauses",
            f"{counts['right'] / total:.3f} ({counts['all']}; {parts})",
            ".85" if must else "",
            ".92" if must else "",
        )
        row(f"conflict {split}: sentence F", f"{sentence_agreement(nlp, articles).f:.1%}", "97" if must else "")

    report("speed")
    texts = [article.text for article in corpus.articles("open")] * 4
    row("words per CPU-second", f"{speed(nlp, texts):,.0f}", "5,000", "8,000")
    cost = load_cost(model)
    row(
        "size, load time, peak memory",
        f"{size(nlp):.1f} MB, {cost['seconds']:.2f} s ({cost['cpu_seconds']:.2f} s of CPU), {cost['megabytes']:.0f} MB",
        "40 MB, 2 s, 900 MB",
    )
    return rows


def show(rows: list[Row]) -> str:
    """The table in Markdown."""
    lines = ["| measure | measured | must reach | stretch |", "| --- | --- | --- | --- |"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the treebanks, UNER and re3d")
    parser.add_argument("--model", default=None, help="pipeline name or folder (default: the bundled one)")
    arguments = parser.parse_args()
    if not (arguments.data / "ud_english_ewt" / "test.conllu").exists():
        print(f"skipped: no treebanks in {arguments.data} (give their folder with --data); nothing was measured")
        return 0
    from dagster_project.reading.language import load_language

    nlp = load_language(arguments.model)
    print(show(table(nlp, arguments.data, arguments.model, lambda step: print(f"measuring {step} ...", file=sys.stderr))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
