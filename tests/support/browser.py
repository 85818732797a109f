"""A real browser: Debian's Chromium, driven by playwright. Nothing is downloaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium", "chromium-browser")
FLAGS = (
    "--no-sandbox",  # the browser refuses to run as root with it; it opens our own pages only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Return the path of an installed Chromium, None when there is none."""
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)


@contextmanager
def running_browser(program: str) -> Iterator[Browser]:
    """Start the browser and end it again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
