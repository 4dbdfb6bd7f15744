"""A published version whose every word from outside tries to be code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dagster_project.publication.publish import build_path, publish
from dagster_project.warehouse.build import build
from tests.support.rows import STRIKE, run_record, small_world

SCRIPT = "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>"
BREAKOUT = "\"' onmouseover='window.hacked=3' </script></style><svg onload=window.hacked=4>"
FORMULA = '=HYPERLINK("http://example.org","x")'


def published(folder: Path, is_text_published: bool = True) -> Path:
    """``folder/data`` with the small world and hostile names, titles, texts and addresses; the folder."""
    home = folder / "data"
    home.mkdir(parents=True)
    world = small_world()
    hostile = f"{SCRIPT} {{{{7*7}}}} An air strike near Al Bukamal killed nine {BREAKOUT}."
    world.document("doc-x", f"{SCRIPT}\n\n{hostile}", publisher=f"Paper {SCRIPT}", url="javascript:window.hacked=5")
    world.report("doc-x", 0, "inc-strike", hostile)
    world.claim("doc-x", 0, 0, hostile, number=9, count_text="nine", victims=f"nine {BREAKOUT}")
    world.statement("doc-x", 0, hostile, category="ACCUSE")
    world.statement("doc-a", 0, STRIKE, speaker_actor_no=0, category="THREATEN")
    world.mention("doc-a", "GPE", "Al Bukamal")
    world.mention("doc-a", "ORG", "American")
    world.rows["resolved_actor"][1]["name"] = f"US military {SCRIPT}"
    world.rows["incident"][0]["title"] = f"Air strike {BREAKOUT}"
    world.rows["incident"][1]["title"] = FORMULA
    world.rows["resolved_place"][2]["name"] = FORMULA
    target = build_path(home, "run-1")
    inputs = world.inputs(folder / "in", run=run_record("run-1"))
    build(target, replace(inputs, is_text_published=is_text_published))
    publish(target, home)
    return home
