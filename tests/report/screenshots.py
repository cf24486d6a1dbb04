"""``make screenshots``: the pictures of docs/images, taken of the real page of the sample corpus."""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

from tests.commandline import ROOT, run
from tests.report.browser import CHROMIUM, Browser, open_browser

__all__ = ["main"]

IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 300_000
SHOTS = (
    ("report-head", "en", 1280, False, ".masthead", 620),
    ("report-panes", "en", 1280, False, "#pair-1", 690),
    ("report-panes-dark", "zh", 1280, True, "#pair-1", 690),
    ("report-themes", "zh", 1280, False, "#themes", 640),
    ("report-similarity", "en", 1280, False, "#similarity", 700),
    ("report-phone", "zh", 390, False, "#reuse", 844),
)
"""Name, language, width, dark, what stands at the top, height."""


def _shoot(browser: Browser, selector: str, width: int, height: int) -> bytes:
    browser.do("document.querySelector(arguments[0]).scrollIntoView()", selector)
    browser.do("document.querySelectorAll('.chip:nth-of-type(2)').forEach(chip => chip.click())")
    browser.driver.execute_async_script("setTimeout(arguments[0], 400)")
    clip = {"x": 0, "y": browser.ask("scrollY"), "width": width, "height": height, "scale": 1}
    shot = browser.command("Page.captureScreenshot", {"format": "png", "clip": clip})
    return base64.b64decode(shot["data"])


def main() -> None:
    """Make all pictures; the report has the date of its input, so that they stay the same."""
    if CHROMIUM is None:
        sys.exit(
            "screenshots need chromium and chromedriver (Debian: apt-get install chromium chromium-driver)"
        )
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, open_browser(Path(scratch)) as browser:
        for name, language, width, dark, selector, height in SHOTS:
            page = Path(scratch) / f"{language}.html"
            epoch = {"SOURCE_DATE_EPOCH": "1767225600"}
            done = run(["report", "seeds", "-q", "-o", str(page), "--lang", language], ROOT, env=epoch)
            assert done.returncode == 0, done.stderr.decode()
            browser.show(page, width, height, dark)
            picture = _shoot(browser, selector, width, height)
            assert len(picture) <= MOST_BYTES, (name, len(picture))
            (IMAGES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
