# ruff: noqa: UP031
"""Hostile and broken input files, generated: each with what must become of it.

``ok``: taken in (at least one document); ``refused``: nothing taken, a reason given; ``either``: taken or refused, but never
lost. Nothing here is a real article.
"""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

STORY = "Gunmen attacked Erbil on 2024-02-03, killing 5 people, an official said. The governor asked the people for calm."


@dataclass(frozen=True)
class Case:
    """``make`` writes whatever it needs below the articles' folder it is given; ``name`` is the file to look for."""

    name: str
    make: Callable[[Path], None]
    fate: str  # ok | refused | either


def cases() -> list[Case]:
    """All cases; names are distinct."""
    found = [
        *_encodings(),
        *_characters(),
        *_texts(),
        *_pages(),
        *_lines(),
        *_tables(),
        *_columns(),
        *_archives(),
        *_paths(),
    ]
    found += [*_names(), *_dates(), *_counts()]
    assert len({case.name for case in found}) == len(found)
    return found


def _file(name: str, data: bytes | str, fate: str = "ok") -> Case:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data

    def make(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)

    return Case(name, make, fate)


def _encodings() -> Iterator[Case]:
    accented = f"Überfall in Łódź\n\n{STORY} Señor Ibáñez — “so it is” — café."
    for encoding in (
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-32",
        "utf-16-le",
        "utf-16-be",
        "cp1252",
        "latin-1",
        "cp1250",
        "utf-7",
    ):
        has_mark = encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-7")
        raw = accented.encode(encoding, "replace")
        yield _file(f"encoding/{encoding}.txt", raw, "ok" if has_mark else "either")
    for encoding, words in (
        ("koi8-r", "Боевики напали на город и убили пять человек, сообщил чиновник. "),
        ("shift_jis", "武装集団が町を襲撃し、五人が死亡したと当局者が述べた。"),
        ("gb18030", "武装分子袭击了该镇，官员说有五人死亡。"),
        ("iso-8859-6", "هاجم مسلحون البلدة وقتلوا خمسة أشخاص وفق مسؤول"),
        ("big5", "武裝分子襲擊了該鎮，官員說有五人死亡。"),
    ):
        yield _file(f"encoding/{encoding}.txt", (words * 8).encode(encoding), "either")
    yield _file("encoding/truncated.txt", accented.encode()[:-1] + b"\xe2\x80")
    yield _file("encoding/overlong.txt", STORY.encode() + b" \xc0\xaf \xf0\x80\x80\xaf end.")
    yield _file("encoding/surrogate.txt", STORY.encode() + b" \xed\xa0\x80 end.")
    yield _file("encoding/two-in-one.txt", accented.encode() + b"\n\n" + accented.encode("cp1252", "replace"), "either")
    yield _file("encoding/mojibake.txt", accented.encode().decode("cp1252", "replace"))
    yield _file("encoding/wrong-mark.txt", b"\xff\xfe" + STORY.encode(), "either")
    yield _file("encoding/mark-only.txt", b"\xef\xbb\xbf", "refused")
    yield _file("encoding/three-marks.txt", b"\xef\xbb\xbf" * 3 + STORY.encode())
    yield _file(
        "encoding/declared-wrong.html", f'<meta charset="no-such-charset"><p>{STORY} Łódź</p>'.encode("cp1250"), "either"
    )
    yield _file(
        "encoding/declared-python.html",
        f'<meta charset="rot13"><p>{STORY} \udcff</p>'.encode("utf-8", "surrogateescape"),
        "either",
    )
    yield _file(
        "encoding/declared-zlib.html",
        '<meta charset="zlib_codec"><p>\udcff</p>'.encode("utf-8", "surrogateescape"),
        "either",
    )


def _characters() -> Iterator[Case]:
    inside = {
        "nul": "\0", "bell": "\a", "escape": "\x1b[31m", "delete": "\x7f", "c1": "\x85", "zero-width-space": "\u200b",
        "joiner": "\u200d", "non-joiner": "\u200c", "soft-hyphen": "\u00ad", "bidi-override": "\u202e", "bidi-isolate": "\u2066",
        "byte-order": "\ufeff", "non-character": "\uffff", "replacement": "\ufffd", "line-separator": "\u2028",
        "paragraph-separator": "\u2029", "object": "\ufffc", "tag": "\U000e0041", "variation": "\ufe0f", "private": "\ue000",
        "combining": "\u0301" * 30, "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", "cyrillic-a": "а", "greek-o": "ο", "fullwidth": "Ａ", "ligature": "ﬁ", "math": "𝐀",
        "carriage-return": "\r", "vertical-tab": "\v", "form-feed": "\f", "no-break-space": "\u00a0", "kelvin": "K",
        "dotted-i": "İ", "sharp-s": "ẞ", "hangul-filler": "\u3164", "arabic-digits": "٥", "superscript": "10¹²",
    }  # fmt: skip
    for label, character in inside.items():
        yield _file(
            f"characters/{label}.txt",
            f"Attack{character} in Er{character}bil\n\n{STORY} Mr. Ka{character}rim {character}spoke.",
            "either" if label == "nul" else "ok",
        )
    yield _file("characters/only-marks.txt", "\u200b\u200d\ufeff\u202e" * 50, "refused")
    yield _file("characters/only-emoji.txt", "💥" * 500, "refused")
    yield _file("characters/only-punctuation.txt", "?!." * 500, "refused")
    yield _file("characters/all-bidi.txt", "\u202e" + STORY[::-1] + "\u202c")
    yield _file("characters/zalgo.txt", "".join(c + "\u0300\u0315\u0334" * 4 for c in STORY))


def _texts() -> Iterator[Case]:
    yield _file("texts/empty.txt", b"", "refused")
    yield _file("texts/blank.txt", "\n \t \n" * 100, "refused")
    yield _file("texts/one-letter.txt", "a")
    yield _file("texts/one-word-1mb.txt", "A" * 1_000_000)
    yield _file("texts/one-line-1mb.txt", (STORY + " ") * 9_000)
    yield _file("texts/hundred-thousand-sentences.txt", "It was so. " * 100_000)
    yield _file("texts/hundred-thousand-lines.txt", "It was so.\n" * 100_000)
    yield _file("texts/too-large.txt", STORY * 30_000, "refused")
    yield _file("texts/pdf.txt", b"%PDF-1.7\n" + os.urandom(500), "refused")
    yield _file("texts/image.txt", b"\x89PNG\r\n\x1a\n" + bytes(500), "refused")
    yield _file("texts/zeros.txt", bytes(5_000), "refused")
    yield _file("texts/nested-quotes.txt", '"' * 5_000 + STORY + '"' * 5_000)
    yield _file("texts/brackets.txt", "(" * 20_000 + STORY)
    yield _file("texts/tags.txt", "<b " * 5_000 + STORY)
    yield _file("texts/attributes.txt", f'{STORY}\nclass="' + "x" * 50_000 + '"')
    yield _file("texts/entities.txt", "&amp;" * 20_000 + STORY)
    yield _file("texts/dashes.txt", "-" * 100_000 + "\n" + STORY)
    yield _file("texts/spaces.txt", " " * 500_000 + STORY)
    yield _file("texts/bylines.txt", "By A B\n" * 2_000 + STORY)
    yield _file("texts/byline-words.txt", "By " + "Aa de " * 5_000 + "\n\n" + STORY)
    yield _file("texts/dateline.txt", "ERBIL, " * 5_000 + "5 Feb 90 -- " + STORY)
    yield _file("texts/title-only.txt", "Attack in Erbil")
    yield _file("texts/windows-lines.txt", f"Attack\r\n\r\n{STORY}\r\n")
    yield _file("texts/old-mac-lines.txt", f"Attack\r\r{STORY}\r")
    yield _file("texts/script.txt", f"<script>alert(1)</script>\n\n{STORY} <img src=x onerror=alert(1)>")
    yield _file("texts/sql.txt", f"'; drop table marts.fact_incident; --\n\n{STORY} Robert'); DROP TABLE students;--")
    yield _file("texts/formula.txt", f'=HYPERLINK("http://x","y")\n\n{STORY} +1+1 @SUM(A1) -2')
    yield _file("texts/template.txt", f"{{{{7*7}}}} ${{jndi:ldap://x}} %s %n {{0}}\n\n{STORY}")
    yield _file("texts/markdown.txt", f"[x](javascript:alert(1))\n\n{STORY} | a | b |\n|---|---|")


def _pages() -> Iterator[Case]:
    body = f"<p>{STORY}</p>"
    yield _file("pages/plain.html", f"<html><body><h1>Attack</h1>{body}</body></html>")
    yield _file("pages/empty-body.html", "<html><body></body></html>", "refused")
    yield _file("pages/only-script.html", "<html><script>var x = 'killed 5';</script></html>", "refused")
    yield _file("pages/no-tags.html", STORY)
    yield _file("pages/unclosed.html", f"<div><p><b><i><a href='x{body}", "either")
    yield _file("pages/deep.html", "<div>" * 20_000 + STORY + "</div>" * 20_000, "either")
    yield _file("pages/deep-inline.html", "<b>" * 20_000 + STORY, "either")
    yield _file("pages/deep-lists.html", "<ul><li>" * 5_000 + STORY, "either")
    yield _file("pages/wide.html", "<p>x</p>" * 50_000 + body)
    bomb = "".join(
        f'<!ENTITY l{i} "{"&l" + str(i - 1) + ";" if i else "lol"}{("&l" + str(i - 1) + ";") * 9 if i else ""}">'
        for i in range(10)
    )
    yield _file("pages/entity-bomb.html", f"<!DOCTYPE lolz [{bomb}]><html><body>&l9;{body}</body></html>")
    yield _file("pages/external-entity.html", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>{body}')
    yield _file("pages/handlers.html", f"<body onload=alert(1)><img src=x onerror=alert(2)>{body}<svg onload=alert(3)>")
    yield _file("pages/hidden.html", f"<p hidden>Killed 999.</p><template>Killed 998.</template>{body}")
    yield _file("pages/json-deep.html", '<script type="application/ld+json">' + "[" * 50_000 + f"</script>{body}")
    yield _file(
        "pages/json-date.html", f'<script type="application/ld+json">{{"datePublished": "99999-31-02"}}</script>{body}'
    )
    yield _file(
        "pages/json-date-number.html", f'<script type="application/ld+json">{{"datePublished": 1e999}}</script>{body}'
    )
    yield _file("pages/meta-date.html", f'<meta property="article:published_time" content="31 February 2024">{body}')
    yield _file("pages/many-metas.html", "<meta name=a content=b>" * 20_000 + body)
    yield _file("pages/comments.html", "<!--" * 10_000 + "-->" + body, "either")
    yield _file("pages/nul.html", f"<p>a\0b</p>{body}")
    yield _file("pages/cdata.html", f"<![CDATA[ {STORY} ]]>{body}")
    yield _file("pages/attributes.html", "<p " + " ".join(f"a{i}=1" for i in range(20_000)) + f">{STORY}</p>")
    yield _file("pages/base64.html", f'<img src="data:image/png;base64,{"A" * 500_000}">{body}')
    yield _file("pages/frameset.html", f"<frameset><frame src=x></frameset><noframes>{body}</noframes>", "either")
    yield _file(
        "pages/xhtml.html", f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
    )
    yield _file("pages/too-large.html", "<p>" + STORY * 30_000, "refused")


def _lines() -> Iterator[Case]:
    good = json.dumps({"text": STORY, "id": 7})
    for label, line, fate in (
        ("duplicate-keys", '{"text": "one killed", "text": "two killed"}', "refused"),
        ("same-key-same-value", '{"id": 1, "id": 1, "text": "%s"}' % STORY, "ok"),
        ("not-a-number", '{"text": "%s", "id": NaN}' % STORY, "ok"),
        ("infinite", '{"text": "%s", "id": -Infinity}' % STORY, "ok"),
        ("huge-number", '{"text": "%s", "id": %s}' % (STORY, "9" * 4_000), "ok"),
        ("huger-number", '{"text": "%s", "id": %s}' % (STORY, "9" * 10_000), "either"),
        ("huge-exponent", '{"text": "%s", "id": 1e99999}' % STORY, "ok"),
        ("array", "[1, 2, 3]", "refused"),
        ("string", '"text"', "refused"),
        ("null", "null", "refused"),
        ("text-null", '{"text": null}', "refused"),
        ("text-number", '{"text": 5}', "refused"),
        ("text-list", '{"text": ["a"]}', "refused"),
        ("text-object", '{"text": {"a": "b"}}', "refused"),
        ("no-text", '{"title": "x"}', "refused"),
        ("deep", "[" * 100_000, "refused"),
        ("deep-object", '{"text":' * 50_000, "refused"),
        ("lone-surrogate", '{"text": "%s \\ud800"}' % STORY, "ok"),
        ("nul-escape", '{"text": "%s \\u0000 end"}' % STORY, "ok"),
        ("title-object", '{"text": "%s", "title": {"a": [1]}}' % STORY, "ok"),
        ("title-null", '{"text": "%s", "title": null}' % STORY, "ok"),
        ("date-object", '{"text": "%s", "date": {"y": 2024}}' % STORY, "ok"),
        ("date-number", '{"text": "%s", "date": 20240203}' % STORY, "ok"),
        ("date-negative", '{"text": "%s", "date": "-0044-03-15"}' % STORY, "ok"),
        ("url-script", '{"text": "%s", "url": "javascript:alert(1)"}' % STORY, "ok"),
        ("proto", '{"text": "%s", "__proto__": {"x": 1}}' % STORY, "ok"),
        ("bom-inside", "\ufeff" + good, "ok"),
        ("trailing-comma", '{"text": "a",}', "refused"),
        ("single-quotes", "{'text': 'a'}", "refused"),
        ("unterminated", '{"text": "a', "refused"),
        ("empty-object", "{}", "refused"),
        ("upper-case-keys", '{"TEXT": "%s"}' % STORY, "either"),
    ):
        yield _file(f"lines/{label}.jsonl", line + "\n", fate)
    yield _file("lines/blank.jsonl", "\n\n\n", "either")
    yield _file("lines/mixed.jsonl", f"{good}\nnot json\n{good[:-1]}\n\n[]\n{good}\n")
    yield _file("lines/no-newline.jsonl", good)
    yield _file("lines/windows.jsonl", f"{good}\r\n{good}\r\n")
    yield _file("lines/binary.jsonl", os.urandom(3_000).replace(b"\n", b""), "refused")
    yield _file("lines/long-line.jsonl", '{"text": "' + "a" * 17_000_000 + '"}\n', "refused")


def _tables() -> Iterator[Case]:
    row = f'"{STORY}"'
    for label, table, fate in (
        ("formula", f"text,title\n{row},=1+1\n{row},@SUM(A1:A9)\n", "ok"),
        ("formula-text", 'text\n"=cmd|\' /C calc\'!A0 killed"\n', "ok"),
        ("ragged", f"text,title\n{row}\n{row},a,b,c\n{row},fine\n", "ok"),
        ("only-ragged", f"text,title\n{row},a,b\n", "refused"),
        ("no-text-column", "id,title\n1,x\n", "refused"),
        ("no-rows", "text,title\n", "either"),
        ("no-header", f"{row}\n", "refused"),
        ("empty-header", ",,\na,b,c\n", "refused"),
        ("two-text-columns", f"text,text\n{row},other\n", "either"),
        ("unclosed-quote", f'text\n"{STORY}', "either"),
        ("quote-inside", f'text\nab"c"d {STORY.replace(",", "")}\n', "ok"),
        ("nul", f"text\n\"{STORY}\0\"\n", "either"),
        ("semicolons", f"text;title\n{row};x\n", "ok"),
        ("tabs", f"text\ttitle\n{row}\tx\n", "ok"),
        ("bom", f"\ufefftext\n{row}\n", "ok"),
        ("line-in-cell", f'text,title\n"{STORY}\n\n{STORY}",x\n', "ok"),
        ("old-mac", f"text\r{row}\r", "either"),
        ("huge-cell", 'text\n"' + "a " * 3_000_000 + '"\n', "refused"),
        ("many-columns", ",".join(["text", *(f"c{i}" for i in range(5_000))]) + "\n" + row + "," * 5_000 + "\n", "ok"),
        ("sql-header", f"text,\"title'; drop table x; --\"\n{row},1\n", "either"),
        ("dates", f"text,date\n{row},31 February 2024\n{row},99999-01-01\n{row},0000-00-00\n", "ok"),
    ):  # fmt: skip
        yield _file(f"tables/{label}.csv", table, fate)


def _columns() -> Iterator[Case]:
    def parquet(table: pa.Table) -> bytes:
        out = io.BytesIO()
        pq.write_table(table, out)
        return out.getvalue()

    good = parquet(pa.table({"text": [STORY]}))
    yield _file("columns/good.parquet", good)
    yield _file("columns/numbers.parquet", parquet(pa.table({"text": [1, 2, 3]})), "refused")
    yield _file("columns/bytes.parquet", parquet(pa.table({"text": [b"\xff\xfe"]})), "refused")
    yield _file("columns/lists.parquet", parquet(pa.table({"text": [["a"], ["b"]]})), "refused")
    yield _file("columns/structs.parquet", parquet(pa.table({"text": [{"a": 1}]})), "refused")
    yield _file("columns/nulls.parquet", parquet(pa.table({"text": pa.array([None, None], pa.string())})), "refused")
    yield _file("columns/no-text.parquet", parquet(pa.table({"title": ["x"]})), "refused")
    yield _file("columns/no-rows.parquet", parquet(pa.table({"text": pa.array([], pa.string())})), "either")
    yield _file("columns/twice.parquet", parquet(pa.table([[STORY], ["b"]], names=["text", "text"])), "either")
    yield _file("columns/case-twice.parquet", parquet(pa.table([[STORY], ["b"]], names=["text", "TEXT"])), "either")
    yield _file(
        "columns/dates.parquet", parquet(pa.table({"text": [STORY], "date": pa.array([2**40], pa.timestamp("s"))})), "either"
    )
    yield _file("columns/dictionary.parquet", parquet(pa.table({"text": pa.array([STORY] * 3).dictionary_encode()})))
    yield _file("columns/cut.parquet", good[: len(good) // 2], "refused")
    yield _file("columns/flipped.parquet", good[:20] + bytes(b ^ 0xFF for b in good[20:40]) + good[40:], "either")
    yield _file("columns/text.parquet", STORY, "refused")
    yield _file("columns/magic-only.parquet", b"PAR1PAR1", "refused")


def _archives() -> Iterator[Case]:
    good = json.dumps({"text": STORY}).encode() + b"\n"
    packed = gzip.compress(good)
    yield _file("archives/good.jsonl.gz", packed)
    yield _file("archives/cut.jsonl.gz", packed[:-6], "either")
    yield _file("archives/garbage-after.jsonl.gz", packed + b"garbage", "either")
    yield _file("archives/two-members.jsonl.gz", packed + packed)
    yield _file("archives/not-gzip.jsonl.gz", good, "refused")
    yield _file("archives/empty-member.jsonl.gz", gzip.compress(b""), "either")
    yield _file("archives/bomb.jsonl.gz", gzip.compress(b'{"text": "' + bytes(60_000_000)), "refused")
    yield _file("archives/bomb-of-lines.jsonl.gz", gzip.compress(b"\n" * 30_000_000), "either")
    yield _file("archives/bad-checksum.jsonl.gz", packed[:-8] + b"\0" * 8, "either")
    yield _file("archives/zip.zip", b"PK\x03\x04" + bytes(100), "refused")
    yield _file("archives/story.txt.gz", gzip.compress(STORY.encode()), "refused")


def _paths() -> Iterator[Case]:
    def link(name: str, target: str) -> Case:
        def make(folder: Path) -> None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).symlink_to(target)

        return Case(name, make, "refused")

    yield link("paths/passwd.txt", "/etc/passwd")
    yield link("paths/above.txt", "../../../secret.txt")
    yield link("paths/nowhere.txt", "no-such-file.txt")
    yield link("paths/itself.txt", "itself.txt")
    yield link("paths/folder-outside.d", "/etc")
    yield link("paths/folder-inside.d", ".")
    yield link("paths/device.txt", "/dev/zero")

    def folder_as_file(folder: Path) -> None:
        (folder / "paths/folder.txt").mkdir(parents=True, exist_ok=True)

    def pipe(folder: Path) -> None:
        (folder / "paths").mkdir(exist_ok=True)
        os.mkfifo(folder / "paths/pipe.txt")

    yield Case("paths/folder.txt", folder_as_file, "refused")
    yield Case("paths/pipe.txt", pipe, "refused")
    yield _file("paths/" + "d/" * 60 + "deep.txt", STORY)


def _names() -> Iterator[Case]:
    for name in (
        "it's.txt", 'say "x".txt', "two\nlines.txt", "semi;colon.txt", "'; drop table staging.source; --.txt", "a#1.txt", "$HOME.txt",
        "`id`.txt", "--help.txt", "%s%n.txt", "<img src=x onerror=alert(1)>.txt", "=1+1.txt", "na\u202eme.txt", "é.txt", "e\u0301.txt", "💥.txt",
        " lead.txt", "trail .txt", "tab\there.txt", "back\\slash.txt", "star*?.txt", "{a}.txt", "UPPER.TXT", "x" * 200 + ".txt", "con.txt",
        "a|b.txt", "a,b.txt", "..txt",
    ):  # fmt: skip
        yield _file(f"names/{name}", f"{STORY} {name.encode().hex()}", "either" if name == "..txt" else "ok")
    yield _file("names/table.csv", f'text\n"{STORY} one"\n')
    yield _file("names/table.csv#1", STORY, "refused")  # the id of the table's first row
    yield _file("names/no-ending", STORY, "refused")
    yield _file("names/odd.exe", STORY, "refused")
    yield _file("names/double.txt.html", f"<p>{STORY} twice</p>")

    def broken_name(folder: Path) -> None:
        (folder / "names").mkdir(exist_ok=True)
        Path(os.fsdecode(os.fsencode(folder / "names") + b"/bad-\xff.txt")).write_text(STORY)

    yield Case("names/bad-\\udcff.txt", broken_name, "refused")


def _dates() -> Iterator[Case]:
    for number, day in enumerate(
        (
            "31 February 2024", "February 30, 2024", "2024-02-31", "0 January 2024", "32 December 2024", "1 Smarch 2024",
            "January 1, 99999", "99999-01-01", "2024-13-45", "1 January 0000", "29 February 2023", "13/13/2024", "00/00/0000",
            "1 Jan 1", "5 Feb -90", "9999-12-31", "٣ فبراير ٢٠٢٤", "２０２４-０２-０３", "2024-02-03T99:99:99Z",
        )
    ):  # fmt: skip
        yield _file(
            f"dates/{number}.txt",
            f"Attack in Erbil\nPublished: {day}\n\nOn {day} gunmen killed 5 people. {STORY} Since {day}.",
        )


def _counts() -> Iterator[Case]:
    for number, count in enumerate(
        (
            "10^12", "1e308", "9" * 400, "-5", "0.5", "3.7", "1,0,0,0", "12,34,567", "½", "٥", "五", "two and a half", "minus three",
            "1/3", "∞", "NaN", "0x1F", "1.000.000", "1 000 000", "a million billion trillion", "hundred " * 500, "twenty-" * 300,
            "between 9 and 3", "-3 to -9", "more than " * 200 + "5", "99999999999 to 1", "12-34-56", "IV", "100%", "$5",
        )
    ):  # fmt: skip
        yield _file(
            f"counts/{number}.txt", f"Attack in Erbil\n\nGunmen killed {count} people and wounded {count} others. {STORY}"
        )
