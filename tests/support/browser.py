"""Headless Chromium through the WebDriver protocol (chromedriver), without a client library."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MISSING = "needs Chromium and chromedriver (Debian: apt-get install chromium chromium-driver)"


def is_installed() -> bool:
    return bool((shutil.which("chromium") or shutil.which("google-chrome")) and shutil.which("chromedriver"))


class Browser:
    """One browser window with logs of console and network."""

    def __init__(self, base: str, dark: bool, width: int, height: int) -> None:
        arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            f"--window-size={width},{height}",
        ]
        # Its own services (updates, safe browsing) are no requests of the page.
        arguments += ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
        arguments += ["--blink-settings=preferredColorScheme=0"] if dark else []
        options = {
            "goog:chromeOptions": {"args": arguments, "binary": shutil.which("chromium") or shutil.which("google-chrome")},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        self._base = base
        self._session = f"{base}/session/{self._send('POST', f'{base}/session', {'capabilities': {'alwaysMatch': options}})['sessionId']}"

    def _send(self, method: str, url: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def open(self, page: Path | str) -> None:
        self._send("POST", f"{self._session}/url", {"url": page.as_uri() if isinstance(page, Path) else page})

    def run(self, script: str, *arguments: Any) -> Any:
        return self._send("POST", f"{self._session}/execute/sync", {"script": script, "args": list(arguments)})

    def until(self, condition: str, seconds: float = 20) -> None:
        """Wait until a JavaScript expression is true."""
        end = time.monotonic() + seconds
        while not self.run(f"return Boolean({condition})"):
            if time.monotonic() > end:
                raise TimeoutError(f"{condition} did not come true; console: {self.console()}")
            time.sleep(0.1)

    def phone(self, width: int = 390, height: int = 844) -> None:
        """Give the window the size of a phone's screen."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True}
        self._send(
            "POST",
            f"{self._session}/goog/cdp/execute",
            {"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics},
        )

    def screenshot(self, target: Path, whole: bool = False) -> None:
        if whole:
            parameters = {"captureBeyondViewport": True}
            data = self._send(
                "POST", f"{self._session}/goog/cdp/execute", {"cmd": "Page.captureScreenshot", "params": parameters}
            )["data"]
        else:
            data = self._send("GET", f"{self._session}/screenshot")
        target.write_bytes(base64.b64decode(data))

    def console(self) -> list[str]:
        """Messages since the last call."""
        return [entry["message"] for entry in self._log("browser")]

    def requests(self) -> list[str]:
        """Addresses asked for since the last call."""
        found = []
        for entry in self._log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.append(message["params"]["request"]["url"])
        return found

    def _log(self, kind: str) -> list[dict[str, Any]]:
        return self._send("POST", f"{self._session}/se/log", {"type": kind})

    def close(self) -> None:
        self._send("DELETE", self._session)


@contextmanager
def browser(dark: bool = False, width: int = 1200, height: int = 900) -> Iterator[Browser]:
    """A browser of its own, closed on leaving."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = subprocess.Popen(
        [shutil.which("chromedriver") or "chromedriver", f"--port={port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        end = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"{base}/status", timeout=5):
                    break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        opened = Browser(base, dark, width, height)
        try:
            yield opened
        finally:
            opened.close()
    finally:
        driver.terminate()
        driver.wait(timeout=30)
