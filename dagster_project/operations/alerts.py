"""Telling somebody that a run failed: a webhook, an e-mail, or (the default) nobody.

Belongs here: delivery. Does not belong: when to tell (``orchestration/``). ``ALERT_WEBHOOK`` (http or https) gets a POST of
JSON with ``text`` (which chat services show) and the fields of the failure; ``ALERT_EMAIL`` gets a mail through
``ALERT_SMTP`` (host:port). Articles' texts are never sent.
"""

from __future__ import annotations

import json
import logging
import smtplib
import urllib.request
from dataclasses import asdict, dataclass
from email.message import EmailMessage

from dagster_project.retry import retried
from dagster_project.settings import Settings

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 10
_MAX_REASON = 1_000


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed run: what it worked on and why it failed."""

    run_id: str
    job: str
    warehouse: str
    reason: str

    @property
    def text(self) -> str:
        return f"{self.job} failed on {self.warehouse} (run {self.run_id}): {self.reason[:_MAX_REASON]}"


def alert(failure: Failure, settings: Settings) -> list[str]:
    """Send the failure wherever it is to be sent; the channels that were reached.

    An alert that cannot be delivered is logged and never fails anything itself.
    """
    reached = []
    for channel, target, send in (
        ("webhook", settings.alert_webhook, _post),
        ("e-mail", settings.alert_email, _mail),
    ):
        if not target:
            continue
        try:
            retried(lambda send=send: send(failure, settings))  # type: ignore[misc]
        except (OSError, smtplib.SMTPException) as error:
            logger.error("the alert by %s was not delivered: %s", channel, error, extra={"stage": "alert"})
        else:
            reached.append(channel)
    return reached


def _post(failure: Failure, settings: Settings) -> None:
    assert settings.alert_webhook is not None
    body = json.dumps({"text": failure.text, **asdict(failure)}).encode()
    request = urllib.request.Request(settings.alert_webhook, data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
        answer.read(1024)


def _mail(failure: Failure, settings: Settings) -> None:
    assert settings.alert_email is not None
    message = EmailMessage()
    message["Subject"] = f"{failure.job} failed (run {failure.run_id[:8]})"
    message["From"] = message["To"] = settings.alert_email
    message.set_content(failure.text)
    host, _, port = settings.alert_smtp.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=TIMEOUT_SECONDS) as server:
        server.send_message(message)
