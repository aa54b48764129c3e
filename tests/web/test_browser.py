"""The page as a reader meets it: Debian's Chromium, the real server, the example reports.

Nothing may be asked of another host than this one: every request of the browser is written down.
`WENBAO_SCREENSHOTS=1` (`make screenshots`) keeps two pictures in docs/screenshots.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
QUESTION = "2023年上海市收到多少政府信息公开申请？"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: a slow machine should wait, not fail
PATIENCE = 30_000


@dataclass
class Site:
    """A running server and its data folder."""

    url: str
    data: Path

    def run(self, *arguments: str) -> None:
        """The `wenbao` command on this server's store, as another process."""
        subprocess.run(
            [*WENBAO, *arguments, "--data", str(self.data)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            timeout=120,
        )


@dataclass
class Visit:
    """An open page and what its browser asked for."""

    page: Page
    urls: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, text: str) -> Locator:
        """Type a question, press Enter, wait for the answer; gives the answer."""
        answers = self.page.locator("#wb-chat .wb-answer:not(.wb-working)")
        before = answers.count()
        self.page.fill("#wb-question textarea", text)
        self.page.press("#wb-question textarea", "Enter")
        expect(answers).to_have_count(before + 1)
        assert answers.last.locator(".chip_error").count() == 0, answers.last.inner_text()
        expect(self.page.locator(".wb-for")).to_contain_text(text)
        return answers.last

    def reports(self) -> Locator:
        return self.page.locator(".wb-reports tr[data-report]")


WENBAO = [sys.executable, "-c", "import app; app.main()"]
Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        wanted = "no Chromium here: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("WENBAO_REQUIRE_BROWSER") == "1":
            pytest.fail(wanted)
        pytest.skip(wanted)
    return found


@pytest.fixture(scope="module")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Site(f"http://127.0.0.1:{port}", folder / "data")
    made.run("ingest", str(EXAMPLES), "--no-vectors")
    environment = os.environ | {
        "GRADIO_TEMP_DIR": str(folder / "gradio"),
        "WENBAO_MAX_UPLOAD_MB": "1",
    }
    with (folder / "log").open("w+b") as log:
        server = subprocess.Popen(
            [*WENBAO, "serve", "--data", str(made.data), "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(made.url, server, folder / "log")
            yield made
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    playwright: Playwright
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Open]:
    """Opens the page; afterwards looks at what all open pages asked for."""
    visits: list[Visit] = []

    def start(locale: str = "zh-CN", path: str = "/", **options: Any) -> Visit:
        size = {"width": 1360, "height": 900}
        context = browser.new_context(**{"locale": locale, "viewport": size, **options})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        made = Visit(page)
        page.on("request", lambda request: made.urls.append(request.url))
        page.on("websocket", lambda socket: made.urls.append(socket.url))
        page.on("pageerror", lambda error: made.errors.append(str(error)))
        page.on("dialog", lambda dialog: made.errors.append(dialog.message))
        page.goto(site.url + path)
        expect(page.locator(".wb-title h1")).to_be_visible()
        expect(made.reports().first).to_be_visible()
        visits.append(made)
        return made

    yield start
    for one in visits:
        one.page.context.close()
        hosts = {
            urlsplit(url).hostname for url in one.urls if not url.startswith(("data:", "blob:"))
        }
        assert hosts == {"127.0.0.1"}
        assert one.errors == []


@pytest.mark.parametrize(
    ("locale", "name", "question"),
    [
        ("zh-CN", "page-zh.png", QUESTION),
        ("en-US", "page-en.png", "How many applications were received in Shanghai in 2023?"),
    ],
)
def test_pictures(visit: Open, tmp_path: Path, locale: str, name: str, question: str) -> None:
    keep = os.environ.get("WENBAO_SCREENSHOTS") == "1"
    folder = ROOT / "docs" / "screenshots" if keep else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    reader = visit(locale)
    # the first test of the module: only the examples are in the store
    expect(reader.reports()).to_have_count(len([p for p in EXAMPLES.iterdir() if "年" in p.name]))
    expect(reader.page.locator(".wb-list progress")).to_have_count(0, timeout=120_000)
    reader.ask(question)
    expect(reader.page.locator("td.lit").first).to_be_in_viewport()
    reader.page.screenshot(path=folder / name, full_page=True)
    assert (folder / name).stat().st_size > 20_000


def test_an_answer_lights_its_cell_and_a_follow_up_is_understood(visit: Open) -> None:
    reader = visit()
    page = reader.page
    answer = reader.ask(QUESTION)
    expect(answer).to_contain_text("34290")
    expect(answer.locator(".wb-chip")).to_have_text("出自表格单元")
    lit = page.locator("td.lit:not(.aside)")
    expect(lit).to_have_text(["34290"])
    expect(lit).to_be_in_viewport()
    expect(page.locator(".lit-head", has_text="总计")).to_be_visible()

    answer = reader.ask("其中商业企业多少？")
    expect(answer).to_contain_text("1651")
    expect(lit).to_have_text(["1651"])

    # an earlier answer can be looked at again
    page.locator("#wb-chat .wb-answer").first.click()
    expect(lit).to_have_text(["34290"])


def test_an_example_question_has_an_answer_and_start_over_clears(visit: Open) -> None:
    page = visit().page
    page.locator("#wb-examples button:visible").first.click()
    expect(page.locator("#wb-chat .wb-chip")).to_be_visible()
    expect(page.locator(".wb-evidence .lit").first).to_be_visible()
    page.click("#wb-restart")
    expect(page.locator("#wb-chat .wb-answer")).to_have_count(0)
    expect(page.locator(".lit")).to_have_count(0)


def test_a_computed_answer_lights_every_operand(visit: Open) -> None:
    reader = visit()
    answer = reader.ask("2023年上海市不予公开占多少？")
    expect(answer).to_contain_text("4.69%")
    expect(answer.locator(".wb-chip")).to_have_text("按公式计算")
    expect(reader.page.locator(".wb-formula").first).to_contain_text("40+12+59+209+183+189+93+830")
    printed = ["40", "12", "59", "209", "183", "189", "93", "830", "34430"]
    expect(reader.page.locator("td.lit")).to_have_text(printed)


def test_a_narrative_answer_marks_its_sentence(visit: Open) -> None:
    reader = visit()
    answer = reader.ask("2023年上海市存在哪些问题？")
    expect(answer.locator(".wb-chip")).to_have_text("出自原文")
    expect(reader.page.locator("mark.lit").first).to_be_in_viewport()
    assert "政策公开" in " ".join(reader.page.locator("mark.lit").all_inner_texts())


def test_what_the_reports_do_not_hold_says_so(visit: Open) -> None:
    reader = visit()
    answer = reader.ask("2023年上海市的国内生产总值是多少？")
    expect(answer.locator(".wb-chip")).to_have_text("报告里没有")


def test_a_question_that_cannot_be_taken_is_answered_in_words(visit: Open) -> None:
    reader = visit()
    page = reader.page
    page.fill("#wb-question textarea", "多少" * 2400)
    page.press("#wb-question textarea", "Enter")
    expect(page.locator("#wb-chat .chip_error")).to_be_visible()


def test_language_follows_the_browser_and_the_switch(visit: Open) -> None:
    reader = visit("en-US")
    page = reader.page
    expect(page.locator("#wb-send")).to_have_text("Ask")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    answer = reader.ask(QUESTION)
    expect(answer.locator(".wb-chip")).to_have_text("From a table cell")

    page.locator("#wb-language label", has_text="中文").click()
    expect(page.locator("#wb-send")).to_have_text("提问")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("#wb-chat .wb-chip")).to_have_text("出自表格单元")
    expect(page.locator("td.lit").first).to_have_text("34290")

    page.reload()
    expect(page.locator("#wb-send")).to_have_text("提问")
    expect(visit("zh-CN", "/?lang=en").page.locator("#wb-send")).to_have_text("Ask")


def test_uploads_are_answered_one_by_one(visit: Open, tmp_path: Path) -> None:
    strange, empty, good = (tmp_path / name for name in ("怪.xyz", "空.txt", "新.txt"))
    strange.write_bytes(bytes(range(256)) * 8)
    empty.write_bytes(b"")
    text = (EXAMPLES / "示例市2023年政府信息公开工作年度报告.txt").read_text(encoding="utf-8")
    good.write_text(text.replace("示例市", "上传市"), encoding="utf-8")
    reader = visit()
    page = reader.page
    page.set_input_files("#wb-upload input[type=file]", [strange, empty, good])
    lines = page.locator(".wb-uploads > li")
    said = ["怪.xyz 没有读成：", "空.txt 没有读成：", "新.txt 已收入：3 张表"]
    expect(lines).to_contain_text(said)
    expect(reader.reports().filter(has_text="上传市")).to_be_visible()
    expect(reader.ask("上传市2023年收到多少申请？")).to_contain_text("1343")

    # the box is ready again, also for the same file, and for an archive of files
    packed = tmp_path / "包.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲/又.txt", good.read_bytes())
        archive.writestr("__MACOSX/._又.txt", b"x")
        archive.writestr("坏.docx", b"x")
    page.set_input_files("#wb-upload input[type=file]", [good, packed])
    said = [
        "新.txt 库里已有同样的文件",
        "包.zip/甲/又.txt 库里已有同样的文件",
        "包.zip/坏.docx 没有读成：",
    ]
    expect(lines).to_contain_text(said)


def test_a_file_that_is_too_large_is_refused_by_name(visit: Open, tmp_path: Path) -> None:
    large = tmp_path / "大.txt"
    large.write_bytes(b"a" * 1_200_000)
    page = visit().page
    page.set_input_files("#wb-upload input[type=file]", [large])
    expect(page.locator(".toast-body")).to_contain_text("大.txt")


def test_two_readers_do_not_meet(visit: Open) -> None:
    one, other = visit(), visit()
    one.ask(QUESTION)
    other.ask("2023年示例市收到多少申请？")
    expect(one.page.locator("#wb-chat .wb-answer")).to_have_count(1)
    expect(one.ask("其中商业企业多少？")).to_contain_text("1651")


def test_no_file_of_this_machine_is_served(visit: Open, site: Site) -> None:
    page = visit().page
    for path in (ROOT / "app.py", site.data, Path("/etc/passwd")):
        assert page.request.get(f"{site.url}/gradio_api/file={path}").status in (403, 404)


def test_a_report_that_another_process_ingests_appears(
    visit: Open, site: Site, tmp_path: Path
) -> None:
    reader = visit()
    text = (EXAMPLES / "示例市2022年政府信息公开工作年度报告.md").read_text(encoding="utf-8")
    path = tmp_path / "旁市.md"
    path.write_text(text.replace("示例市", "旁市"), encoding="utf-8")
    site.run("ingest", str(path), "--no-vectors")
    expect(reader.reports().filter(has_text="旁市")).to_be_visible()


def test_a_hostile_report_loads_and_runs_nothing(visit: Open, tmp_path: Path) -> None:
    image = '<img src="http://evil.example/a.png" onerror="window.hacked=1">'
    link = "![x](http://evil.example/b.png) **粗** ${window.hacked=1} {{value}} $$x$$"
    text = (EXAMPLES / "上海市2023年政府信息公开工作年度报告.txt").read_text(encoding="utf-8")
    text = text.replace("上海市", "恶市")
    text = text.replace("一是政策公开", f"一是{image}{link}政策公开")
    text = text.replace("，修改14件）", f"，修改14件{image}）")
    path = tmp_path / f"恶市2023{link[:4]}.txt"
    path.write_text(text, encoding="utf-8")
    reader = visit()
    page = reader.page
    page.set_input_files("#wb-upload input[type=file]", [path])
    expect(page.locator(".wb-uploads > li")).to_contain_text("已收入")
    expect(reader.reports().filter(has_text="恶市")).to_be_visible()

    answer = reader.ask("2023年恶市存在哪些问题？")
    expect(answer).to_contain_text("<img src=")
    expect(page.locator("mark.lit", has_text="<img src=").first).to_be_visible()
    printed = page.locator(".wb-paragraph", has_text="[x](http://evil.example/b.png) **粗** ${w")
    expect(printed.first).to_be_visible()
    reader.ask("2023年恶市本年制发规章多少件？")
    expect(page.locator("td.lit", has_text="<img src=")).to_be_visible()
    reader.ask(f"{image} {link} 2023年恶市收到多少申请？")
    page.wait_for_timeout(500)
    assert page.locator("#wb-chat img, #wb-evidence img, #wb-store img").count() == 0
    assert page.locator("#wb-chat a, #wb-evidence a").count() == 0
    assert page.evaluate("window.hacked") is None
    assert not any("evil" in url for url in reader.urls)


def test_answer_and_sources_can_be_copied(visit: Open) -> None:
    reader = visit(permissions=["clipboard-read", "clipboard-write"])
    reader.ask(QUESTION)
    reader.page.click(".wb-copy")
    expect(reader.page.locator(".wb-copy")).to_have_text("已复制")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert "34290" in copied
    assert "上海市 2023年 | " in copied
    assert "<" not in copied


def test_a_phone_shows_all_without_scrolling_sideways(visit: Open) -> None:
    reader = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    reader.ask(QUESTION)
    page = reader.page
    expect(page.locator("td.lit:not(.aside)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # the lit cell is in sight inside its own box
    box, lit = page.locator(".wb-scroll").first, page.locator("td.lit:not(.aside)")
    outer, inner = box.bounding_box(), lit.bounding_box()
    assert outer is not None
    assert inner is not None
    assert outer["x"] <= inner["x"]
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_its_ground(visit: Open, scheme: str) -> None:
    reader = visit(color_scheme=scheme)
    reader.ask(QUESTION)
    looked = reader.page.evaluate(CONTRAST)
    assert looked["seen"] > 100
    assert looked["low"] == []


#: words whose contrast with their ground is under WCAG's 4.5
CONTRAST = """() => {
  const rgb = (text) => {
    const [r, g, b, a] = text.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a: a === undefined ? 1 : a };
  };
  const light = (c) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b);
  };
  const low = [];
  let seen = 0;
  for (const element of document.querySelectorAll(
    '[class^="wb-"], [class^="lit"], .wb-table th, .wb-table td, #wb-send, .wb-example',
  )) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.offsetParent) continue;
    seen += 1;
    let ground = element;
    while (ground && rgb(getComputedStyle(ground).backgroundColor).a < 1) {
      ground = ground.parentElement;
    }
    const back = light(rgb(getComputedStyle(ground || document.body).backgroundColor));
    const fore = light(rgb(getComputedStyle(element).color));
    const ratio = (Math.max(back, fore) + 0.05) / (Math.min(back, fore) + 0.05);
    if (ratio < 4.5) low.push(`${element.className}: ${ratio.toFixed(2)}`);
  }
  return { seen, low: [...new Set(low)] };
}"""
