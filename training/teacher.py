"""A parser on the contextual encoder MiniLM, too slow to ship, whose trees of running news teach the one that is shipped.

It learns from the treebanks and the grammar (biaffine scores of heads and relations, Dozat and Manning 2017), then reads
the project's own news and re3d's training documents. Kept are its trees that are whole and sure, and in which every
annotated trigger is governed as the annotator says. Needs torch: training only.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dagster_project.reading.wordpieces import SHAPES, shape
from training.conllu import Sentence
from training.vectors import encoder_folder

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

EPOCHS = 2.2
BATCH_PIECES = 1400
LONGEST = 110  # words of a sentence
LEAST_SURE = 0.85  # mean probability of a sentence's heads
ENCODER_RATE, HEAD_RATE = 2.5e-4, 1.5e-3
CLASS, SEPARATOR = 101, 102  # the encoder's own marks


class Encoded(NamedTuple):
    """A sentence as the encoder reads it: word pieces with the spelling of their word, and each word's first piece."""

    pieces: list[int]
    shapes: list[int]
    firsts: list[int]  # 0, the sentence's mark, stands for the root


class Tree(NamedTuple):
    """Heads (a root is its own), relations, and the mean probability of the heads."""

    heads: list[int]
    relations: list[str]
    sureness: float


def is_tree(heads: Sequence[int]) -> bool:
    """Whether all words lead to one root."""
    if sum(head == index for index, head in enumerate(heads)) != 1:
        return False
    for start in range(len(heads)):
        index, steps = start, 0
        while heads[index] != index and steps <= len(heads):
            index, steps = heads[index], steps + 1
        if heads[index] != index:
            return False
    return True


class Teacher:
    """The encoder with the two biaffine layers; `train`, then `read`."""

    def __init__(self, relations: list[str], seed: int) -> None:
        import torch
        from transformers import AutoModel, AutoTokenizer

        torch.manual_seed(seed)
        self.relations = relations
        self._tokenizer = AutoTokenizer.from_pretrained(encoder_folder())
        self._pieces: dict[str, list[int]] = {}
        linear, parameter = torch.nn.Linear, torch.nn.Parameter
        encoder = AutoModel.from_pretrained(encoder_folder())
        encoder.pooler = None
        width = encoder.config.hidden_size
        self.net = torch.nn.ModuleDict(
            {
                "encoder": encoder,
                "shapes": torch.nn.Embedding(2 * SHAPES, width),
                "arc_head": linear(width, 256),
                "arc_word": linear(width, 256),
                "label_head": linear(width, 96),
                "label_word": linear(width, 96),
                "scores": torch.nn.ParameterDict(
                    {
                        "arc": parameter(torch.randn(257, 256) * 0.02),
                        "label": parameter(torch.randn(len(relations), 97, 97) * 0.02),
                    }
                ),
            }
        )
        torch.nn.init.zeros_(self.net["shapes"].weight)

    def encoded(self, words: Sequence[str]) -> Encoded:
        pieces, shapes, firsts = [CLASS], [SHAPES - 2], [0]
        for index, word in enumerate(words):
            if word not in self._pieces:
                self._pieces[word] = self._tokenizer.encode(word, add_special_tokens=False)[:12] or [100]
            firsts.append(len(pieces))
            pieces += self._pieces[word]
            shapes += [shape(word, index == 0)] * len(self._pieces[word])
        return Encoded([*pieces, SEPARATOR], [*shapes, SHAPES - 2], firsts)

    def _scores(self, batch: list[Encoded]) -> tuple[Any, Any, Any]:
        """Scores of heads (sentence, word, head), and what relations of words and of heads are scored from."""
        import torch
        from torch.nn.functional import dropout, gelu
        from torch.nn.utils.rnn import pad_sequence

        def padded(rows: list[list[int]]) -> Any:
            return pad_sequence([torch.tensor(row) for row in rows], batch_first=True)

        pieces, firsts = padded([e.pieces for e in batch]), padded([e.firsts for e in batch])
        there = padded([[1] * len(e.firsts) for e in batch]).bool()

        def dropped(states: Any, share: float = 0.2) -> Any:
            return dropout(states, share, self.net.training)

        with torch.autocast("cpu", dtype=torch.bfloat16):
            encoder = self.net["encoder"]
            inputs = encoder.embeddings.word_embeddings(pieces) + self.net["shapes"](padded([e.shapes for e in batch]))
            states = encoder(inputs_embeds=inputs, attention_mask=(pieces != 0).float()).last_hidden_state
            words = dropped(states.gather(1, firsts.unsqueeze(-1).expand(*firsts.shape, states.shape[-1])))
            one = torch.ones(*firsts.shape, 1)

            def layer(name: str) -> Any:
                return dropped(gelu(self.net[name](words)))

            biased = torch.cat([layer("arc_word"), one], -1)
            arcs = (biased @ self.net["scores"]["arc"]) @ layer("arc_head").transpose(1, 2)
            of_word, of_head = (torch.cat([layer(name), one], -1) for name in ("label_word", "label_head"))
        return arcs.float().masked_fill(~there[:, None, :], -1e4), of_word.float(), of_head.float()

    def _labels(self, of_word: Any, of_head: Any, heads: Any) -> Any:
        import torch

        chosen = of_head.gather(1, heads.unsqueeze(-1).expand(*heads.shape, of_head.shape[-1]))
        return torch.einsum("bti,lij,btj->btl", of_word, self.net["scores"]["label"], chosen)

    def train(self, sentences: list[Sentence], seed: int, epochs: float = EPOCHS) -> None:
        import torch
        from torch.nn.functional import cross_entropy
        from torch.nn.utils.rnn import pad_sequence

        rng = random.Random(seed)
        number = {relation: index for index, relation in enumerate(self.relations)}
        examples = [
            (
                self.encoded([word.form for word in sentence.words]),
                # 0 is the root, and stands before the first word.
                [-100, *(0 if word.head == i else word.head + 1 for i, word in enumerate(sentence.words))],
                [-100, *(number.get(word.deprel, -100) for word in sentence.words)],
            )
            for sentence in sentences
            if len(sentence.words) <= LONGEST
        ]
        inner = list(self.net["encoder"].parameters())
        outer = [value for name, value in self.net.named_parameters() if not name.startswith("encoder.")]
        rates = (ENCODER_RATE, HEAD_RATE)
        optimizer = torch.optim.AdamW([{"params": inner}, {"params": outer}], weight_decay=0.01)
        planned = list(_batches(examples, rng))
        steps = int(epochs * len(planned))
        self.net.train()
        for step in range(steps):
            if not planned:
                planned = list(_batches(examples, rng))
            batch = planned.pop()
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1, (step + 1) / 80) * max(0.02, 1 - step / steps)
            arcs, of_word, of_head = self._scores([example[0] for example in batch])
            heads, labels = (
                pad_sequence([torch.tensor(example[part]) for example in batch], batch_first=True, padding_value=-100)
                for part in (1, 2)
            )
            told = self._labels(of_word, of_head, heads.clamp(min=0))
            loss = cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=-100)
            loss = loss + cross_entropy(told.flatten(0, 1), labels.flatten(), ignore_index=-100)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            optimizer.step()

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Tree]:
        """The tree of each sentence: the surest root, and each other word's surest head."""
        import torch

        self.net.eval()
        encoded = [self.encoded(words) for words in sentences]
        order = sorted(range(len(encoded)), key=lambda index: len(encoded[index].pieces))
        found: list[Tree] = [Tree([], [], 0.0)] * len(encoded)
        with torch.inference_mode():
            for start in range(0, len(order), 24):
                numbers = order[start : start + 24]
                arcs, of_word, of_head = self._scores([encoded[number] for number in numbers])
                sure = (arcs - 1e4 * torch.eye(arcs.shape[1])).softmax(-1)
                heads = torch.zeros(sure.shape[:2], dtype=torch.long)
                for row, number in enumerate(numbers):
                    length = len(encoded[number].firsts)
                    own = sure[row, 1:length, :length].clone()
                    root = int(own[:, 0].argmax())
                    own[:, 0] = 0
                    heads[row, 1:length] = own.argmax(-1)
                    heads[row, 1 + root] = 0
                labels = self._labels(of_word, of_head, heads).argmax(-1)
                for row, number in enumerate(numbers):
                    length = len(encoded[number].firsts)
                    above = heads[row, 1:length].tolist()
                    found[number] = Tree(
                        [head - 1 if head else index for index, head in enumerate(above)],
                        [self.relations[label] for label in labels[row, 1:length].tolist()],
                        float(sure[row, torch.arange(1, length), heads[row, 1:length]].mean()),
                    )
        return found


def _batches(examples: list[Any], rng: random.Random) -> Iterator[list[Any]]:
    """All examples in batches of sentences of like length, shuffled."""
    order = sorted(range(len(examples)), key=lambda index: len(examples[index][0].pieces) + rng.random() * 8)
    batches: list[list[Any]] = [[]]
    for index in order:
        if batches[-1] and (len(batches[-1]) + 1) * len(examples[index][0].pieces) > BATCH_PIECES:
            batches.append([])
        batches[-1].append(examples[index])
    rng.shuffle(batches)
    yield from batches


def taught(data: Path, seed: int) -> Teacher:
    """A teacher trained on the treebanks' training parts, three quarters of their development parts and the grammar."""
    from training import conllu, constructions, prepare

    sentences: list[Sentence] = []
    for treebank in ("ud_english_ewt", "ud_english_gum"):
        documents = list(conllu.read(data / treebank / "train.conllu"))
        documents += [d for index, d in enumerate(conllu.read(data / treebank / "dev.conllu")) if index % 4]
        sentences += [sentence for document in documents for sentence in prepare.clean(document).sentences]
    relations = sorted({word.deprel for sentence in sentences for word in sentence.words})
    sentences += [sentence for article in constructions.articles(250, seed) for sentence, _ in article]
    teacher = Teacher(relations, seed)
    teacher.train(sentences, seed)
    return teacher


def taught_news(vocab: Vocab, data: Path, teacher: Teacher, nlp: Language) -> list[Doc]:
    """Sentences of our own news (not its sealed half) and of re3d's training documents with the teacher's trees;
    tags and morphology are those of `nlp`."""
    from training.evaluate import is_at, token_at
    from training.prepare import tree

    known = {*nlp.get_pipe("parser").labels, "ROOT"}
    sentences = list(_sentences(data, nlp))
    trees = teacher.read([[token.text for token in tokens] for tokens, _ in sentences])
    docs = []
    for (tokens, clauses), (heads, relations, sureness) in zip(sentences, trees, strict=True):
        labels = ["ROOT" if head == index else relations[index] for index, head in enumerate(heads)]
        if sureness < LEAST_SURE or not is_tree(heads) or not known.issuperset(labels):
            continue
        where = {token.i: index for index, token in enumerate(tokens)}
        governed = True
        for clause in clauses:
            trigger = token_at(tokens[0].doc, clause.trigger)
            if trigger is not None and trigger.i in where:
                above = heads[where[trigger.i]]
                governed &= is_at(None if tokens[above] == trigger else tokens[above], clause.head)
        if not governed:
            continue
        docs.append(tree(vocab, tokens, heads, labels))
    return docs


def _sentences(data: Path, nlp: Language) -> Iterator[tuple[list[Token], list[Any]]]:
    """Tokens of each sentence, with its annotated attack clauses."""
    from training import corpus, re3d

    for split in ("open", "names"):
        for article in corpus.articles(split):
            doc = nlp(article.text)
            for line in article.lines:
                span = doc.char_span(line.start, line.end, alignment_mode="expand")
                tokens = [token for token in span if not token.is_space]
                if 2 < len(tokens) <= LONGEST:
                    yield tokens, [clause for clause in article.clauses if clause.line == line.number]
    held_out = re3d.checked_names()
    for report in re3d.read(data / "re3d"):
        if report.name not in held_out:
            for sentence in nlp(report.text).sents:
                tokens = [token for token in sentence if not token.is_space]
                if 4 < len(tokens) <= LONGEST:
                    yield tokens, []
