"""The pages in a real Chromium (Debian: chromium)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from support.chronicle import Chronicle
from support.listener import Listener
from support.reader import Visited
from support.reader_story import EDITED, FACTS, HOSTILE, HOSTILE_URL

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "iframes": False,
}
NARROW = ViewportSize(width=320, height=640)
LOOKS = (("vi", "light", 1200), ("en", "dark", 320), ("vi", "dark", 768), ("en", "light", 320))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        message = "there is no Chromium here: install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of the pages are left: `$HDND_SCREENSHOTS`, if that is set."""
    folder = Path(os.environ.get("HDND_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def kinds(reader: Visited, chronicle: Chronicle) -> dict[str, str]:
    """An address of each kind of page."""
    edited, facts = chronicle.id_of(EDITED), chronicle.id_of(FACTS)
    versions = reader.get(f"/articles/{edited}/versions")
    url = reader.get(f"/articles/{edited}.json").json["url"]
    moved = reader.get(f"/replay/2024/{url}")
    return {
        "front": "/",
        "search": "/search?q=h%E1%BB%8Dp&history=1",
        "article": f"/articles/{facts}?facts=1&q=ngan+sach",
        "versions": f"/articles/{edited}/versions",
        "diff": str(versions.page.select(".timeline a")[0]["href"]),
        "cite": f"/cite/{edited}",
        "changes": "/changes",
        "people": "/people",
        "documents": "/documents",
        "activities": "/activities",
        "promises": "/promises",
        "coverage": "/coverage",
        "run": "/runs/2",
        "status": "/status",
        "help": "/help",
        "replay": str(moved.headers["Location"]),
        "captures": f"/replay/*/{url}",
        "error": "/articles/nothing-1",
    }


def looked_at(
    reader: Visited, browser: Browser, kinds: dict[str, str], look: tuple[str, str, int], to: Path
) -> list[str]:
    """What is wrong with pages in a language, a colour scheme and a width; pictures go to `to`."""
    language, scheme, width = look
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=800),
        color_scheme="dark" if scheme == "dark" else "light",
        locale=language,
    )
    page, axe, wrong = context.new_page(), Axe(), []
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    for kind, address in kinds.items():
        page.goto(reader.address + address)
        page.screenshot(path=to / f"{kind}-{width}-{scheme}.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{kind}: wider than {width}")
        found = axe.run(page, options=RULES).response["violations"]
        wrong += [f"{kind}: {v['id']} {[n['html'] for n in v['nodes']][:3]}" for v in found]
    context.close()
    return wrong + [one for one in said if "404" not in one]


def test_every_kind_of_page_is_for_everyone(
    reader: Visited, browser: Browser, kinds: dict[str, str], screenshots: Path
) -> None:
    wrong = []
    for n, look in enumerate(LOOKS):
        part = dict(list(kinds.items())[n :: len(LOOKS)])
        wrong += looked_at(reader, browser, part, look, screenshots)
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.soak
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_in_every_look(
    reader: Visited,
    browser: Browser,
    kinds: dict[str, str],
    screenshots: Path,
    look: tuple[str, str, int],
) -> None:
    assert looked_at(reader, browser, kinds, look, screenshots) == []


def test_a_hostile_page_reaches_nobody_and_runs_nothing(
    reader: Visited, browser: Browser, listener: Listener
) -> None:
    context = browser.new_context()
    context.add_cookies([{"name": "lang", "value": "vi", "url": reader.address}])
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{reader.address}/replay/2030/{HOSTILE_URL}", wait_until="networkidle")
    assert [url for url in asked if not url.startswith(reader.address)] == []
    assert listener.heard == []
    (frame,) = page.frames[1:]
    assert "Chữ của trang" in frame.locator("body").inner_text()
    assert frame.locator("script, iframe, object, embed, base, template").count() == 0
    before = page.url
    frame.locator("#out").click()
    page.wait_for_url(lambda url: url != before)
    assert page.url.startswith(f"{reader.address}/replay/")
    assert listener.heard == []
    context.close()


def test_without_scripts_and_by_keyboard_alone_an_article_is_found(
    reader: Visited, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="vi", viewport=NARROW)
    page = context.new_page()
    page.goto(reader.address)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Đến thẳng nội dung"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("ky hop thu muoi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    page.locator(".hits h3 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    assert page.locator("h1").inner_text() == "Kỳ họp thứ mười"
    context.close()


def test_a_printed_article_has_its_citation_and_no_menu(
    reader: Visited, browser: Browser, chronicle: Chronicle
) -> None:
    page: Page = browser.new_page()
    page.goto(f"{reader.address}/articles/{chronicle.id_of(HOSTILE)}")
    page.emulate_media(media="print")
    assert page.locator(".citation").is_visible()
    assert not page.locator("nav").first.is_visible()
    assert not page.locator(".strip").is_visible()
    page.close()
