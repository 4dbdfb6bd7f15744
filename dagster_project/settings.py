"""The settings of a run, read from environment variables once.

Belongs here: names, defaults and validation of settings. A bad value is a configuration error with what to do.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[1]


class ConfigurationError(ValueError):
    """A setting cannot be used; the message says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to read, where to write, and how."""

    articles_dir: Path
    warehouse_dir: Path
    manifest: Path | None  # None: none given; a manifest.csv beside the articles is found by from_environment
    spacy_model: str | None  # None: the bundled one
    max_document_bytes: int  # of decoded text, as UTF-8
    publish_text: bool
    backend: str  # inline | processes | ray
    workers: int
    shard_words: int  # words per extraction shard
    keep_versions: int  # published versions kept for rollback
    lock_wait_seconds: int  # how long a run waits for another one on the same warehouse
    keep_logs: int = 400  # logs of runs kept
    worker_memory_mb: int = 6_144  # data a reading process may hold
    alert_webhook: str | None = None  # told of failed runs
    alert_email: str | None = None
    alert_smtp: str = "localhost:25"
    incident_registry: Path | None = None  # ids of incidents that another warehouse gave

    @property
    def work_dir(self) -> Path:
        return self.warehouse_dir / "work"

    @property
    def logs_dir(self) -> Path:
        return self.warehouse_dir / "logs"

    @property
    def published(self) -> Path:
        return self.warehouse_dir / "warehouse.duckdb"

    @property
    def published_inputs(self) -> Path:
        """What the published version was built from, in a few characters."""
        return self.work_dir / "published.json"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Settings from the environment; relative paths are relative to the project root.

        Raises:
            ConfigurationError: a value that is no number, no known choice, or a named file that is not there.
        """
        articles = _path(environ.get("ARTICLES_DIR") or "seeds/articles")
        warehouse = _path(environ.get("WAREHOUSE_DIR") or "data")
        if not articles.is_dir():
            raise ConfigurationError(f"ARTICLES_DIR={articles} is not a folder: name the folder that holds the articles")
        if articles.resolve().is_relative_to(warehouse.resolve()):
            raise ConfigurationError(
                f"ARTICLES_DIR={articles} lies in WAREHOUSE_DIR={warehouse}, which belongs to the warehouse: use another folder"
            )
        cpus = os.cpu_count() or 1
        return cls(
            articles_dir=articles,
            warehouse_dir=warehouse,
            manifest=_manifest(environ.get("MANIFEST"), articles),
            spacy_model=environ.get("SPACY_MODEL") or None,
            max_document_bytes=_number(environ, "MAX_DOCUMENT_BYTES", 2 * 1024 * 1024),
            publish_text=_choice(environ, "PUBLISH_TEXT", "yes", ("yes", "no")) == "yes",
            backend=_choice(environ, "BACKEND", "processes", ("inline", "processes", "ray")),
            workers=_number(environ, "WORKERS", cpus),
            shard_words=_number(environ, "SHARD_WORDS", 60_000),
            keep_versions=_number(environ, "KEEP_VERSIONS", 7),
            lock_wait_seconds=_number(environ, "LOCK_WAIT_SECONDS", 600),
            keep_logs=_number(environ, "KEEP_LOGS", 400),
            worker_memory_mb=_number(environ, "WORKER_MEMORY_MB", 6_144),
            alert_webhook=_webhook(environ.get("ALERT_WEBHOOK")),
            alert_email=_address(environ.get("ALERT_EMAIL")),
            alert_smtp=environ.get("ALERT_SMTP") or "localhost:25",
            incident_registry=_registry(environ.get("INCIDENT_REGISTRY")),
        )


def _path(value: str) -> Path:
    path = Path(value).expanduser()
    return path if path.is_absolute() else PROJECT_ROOT / path


def _manifest(value: str | None, articles: Path) -> Path | None:
    if value == "none":
        return None
    if value:
        path = _path(value)
        if not path.is_file():
            raise ConfigurationError(f"MANIFEST={value} is not a file: name a CSV file, or 'none' to use no manifest")
        return path
    beside = articles / "manifest.csv"
    return beside if beside.is_file() else None


def _registry(value: str | None) -> Path | None:
    if not value:
        return None
    path = _path(value)
    if not path.is_file():
        raise ConfigurationError(
            f"INCIDENT_REGISTRY={value} is not a file: name an exported incident_registry.csv, or leave it empty"
        )
    return path


def _webhook(value: str | None) -> str | None:
    if value and not value.startswith(("http://", "https://")):
        raise ConfigurationError("ALERT_WEBHOOK is no http or https address: give one, or leave it empty")
    return value or None


def _address(value: str | None) -> str | None:
    if value and (value.count("@") != 1 or not value.isprintable() or " " in value):
        raise ConfigurationError("ALERT_EMAIL is no mail address: give one, or leave it empty")
    return value or None


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not value.isdecimal() or int(value) < 1:
        raise ConfigurationError(f"{name}={value} is not a whole number above 0")
    return int(value)


def _choice(environ: Mapping[str, str], name: str, default: str, choices: tuple[str, ...]) -> str:
    value = (environ.get(name) or default).lower()
    if value not in choices:
        raise ConfigurationError(f"{name}={value} is none of {', '.join(choices)}")
    return value
