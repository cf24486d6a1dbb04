"""A headless Chromium to look at pages with: no network, a profile of its own, everything it says kept."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

__all__ = ["CHROMIUM", "DRIVER", "Browser", "open_browser"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = "/usr/bin/chromedriver"
_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--hide-scrollbars", "--proxy-server=127.0.0.1:9"),
)
"""The proxy is a closed port: whatever would go out fails."""


class Browser:
    """A browser that shows one page.

    Args:
        driver: The selenium driver.
    """

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def show(self, page: Path, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Open a page in a window of a size, in light or dark."""
        self.command(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.command("Emulation.setEmulatedMedia", {"features": [scheme, still]})
        self.driver.get(page.as_uri())

    def command(self, name: str, arguments: dict[str, Any]) -> Any:
        """Send a command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, arguments)

    def ask(self, script: str, *arguments: Any) -> Any:
        """Return what an expression of JavaScript gives; ``arguments[0]`` is the first argument."""
        return self.driver.execute_script(f"return ({script})", *arguments)

    def do(self, script: str, *arguments: Any) -> None:
        """Run JavaScript."""
        self.driver.execute_script(script, *arguments)

    def one(self, selector: str) -> Any:
        """Return the first element that a selector finds."""
        from selenium.webdriver.common.by import By

        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def click(self, selector: str) -> None:
        """Bring an element into sight and click it."""
        element = self.one(selector)
        self.do("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def wait(self, script: str) -> None:
        """Wait until an expression is true."""
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 20).until(lambda _: self.ask(script))

    def press(self, *keys: str) -> None:
        """Press keys, by the names of :class:`selenium.webdriver.common.keys.Keys`."""
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys

        actions = ActionChains(self.driver)
        for key in keys:
            actions = actions.send_keys(getattr(Keys, key))
        actions.perform()

    def complaints(self) -> list[str]:
        """Return what the console said since the last time."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Return the addresses that were asked for since the last time."""
        events = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]


@contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    """Open a browser whose profile and downloads lie in a folder; skip the test where there is none."""
    if CHROMIUM is None or not os.access(DRIVER, os.X_OK):
        pytest.skip("there is no browser here (Debian: apt-get install chromium chromium-driver)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*_FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        driver.set_script_timeout(120)
        browser = Browser(driver)
        downloads = {"behavior": "allow", "downloadPath": str(folder / "downloads")}
        browser.command("Browser.setDownloadBehavior", downloads)
        yield browser
    finally:
        driver.quit()
