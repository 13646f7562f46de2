"""What the chat costs the page that embeds it: `python -m tests.benchmarks.widget`.

Loads a plain page in Chromium with nothing, with Handrail's script, and with rasa-webchat 1.0.1 from the npm
registry (fetched with `npm pack`; left out, saying so, where that fails): bytes, time on the main thread,
layout shift. With `--server URL` of a running assistant also the time from the button to the greeting.
The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import subprocess
import tarfile
import tempfile
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Dict, Iterator, Optional

from playwright.sync_api import Browser, sync_playwright

from bot.channels.pages import widget_script
from bot.content.profile import read_profile
from bot.settings import read_settings

OTHER = "rasa-webchat@1.0.1"
PAGE = (
    "<!doctype html><meta charset=utf-8><title>A page</title><h1>A page</h1><p>Words.</p><div id=chat></div>"
)
START_OTHER = "<script>WebChat.default({selector: '#chat', socketUrl: location.origin}, null)</script>"
SHIFTS = (
    "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => "
    "{ shift += one.value })).observe({type: 'layout-shift', buffered: true})"
)

GREETED = """() => new Promise((resolve) => {
  const start = performance.now();
  document.addEventListener('handrail:answer', () => resolve(performance.now() - start), { once: true });
  Handrail.open();
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", help="address of a running assistant")
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        figures = compare(browser, folder, given.rounds)
        if given.server:
            figures["greeting_ms"] = greeting(browser, given.server, given.rounds)
        browser.close()
    for kind, costs in figures.items():
        print(kind, costs)
    print(json.dumps(figures))


def compare(browser: Browser, folder: Path, rounds: int) -> Dict[str, Any]:
    """The costs of the bare page, and of each chat beyond it."""
    write_pages(folder)
    figures: Dict[str, Any] = {}
    with serving(folder) as address:
        for kind in ("bare", "handrail", "other"):
            if not (folder / f"{kind}.html").exists():
                print(f"{OTHER} could not be fetched with npm: it is left out.")
                continue
            script = folder / f"{kind}.js"
            packed = gzip.compress(script.read_bytes()) if script.exists() else b""
            figures[kind] = {
                "bytes": script.stat().st_size if script.exists() else 0,
                "bytes_gzipped": len(packed),
                **loaded(browser, f"{address}/{kind}.html", rounds),
            }
    return figures


def write_pages(folder: Path) -> None:
    """One page for each chat, with its script beside it."""
    (folder / "bare.html").write_text(PAGE)
    script = widget_script(read_profile(read_settings().profile_path))
    (folder / "handrail.js").write_text(script)
    (folder / "handrail.html").write_text(f'{PAGE}<script src="handrail.js" defer></script>')
    other = fetched(folder)
    if other is not None:
        other.rename(folder / "other.js")
        (folder / "other.html").write_text(f'{PAGE}<script src="other.js"></script>{START_OTHER}')


def fetched(folder: Path) -> Optional[Path]:
    """The other chat's script; None when npm cannot bring it."""
    try:
        subprocess.run(
            ["npm", "pack", "--silent", OTHER], cwd=folder, check=True, capture_output=True, timeout=120
        )
    except (OSError, subprocess.SubprocessError):
        return None
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        archive.extract("package/lib/index.js", folder)
    return folder / "package" / "lib" / "index.js"


def loaded(browser: Browser, url: str, rounds: int) -> Dict[str, float]:
    """Medians over fresh visits, in milliseconds of the main thread."""
    tasks, scripts, shifts = [], [], []
    for _ in range(rounds):
        page = browser.new_page()
        page.add_init_script(SHIFTS)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        page.goto(url, wait_until="load")
        page.wait_for_timeout(300)
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        tasks.append(metrics["TaskDuration"] * 1000)
        scripts.append(metrics["ScriptDuration"] * 1000)
        shifts.append(page.evaluate("window.shift"))
        page.close()
    return {
        "main_thread_ms": round(statistics.median(tasks), 1),
        "script_ms": round(statistics.median(scripts), 1),
        "layout_shift": round(max(shifts), 4),
    }


def greeting(browser: Browser, server: str, rounds: int) -> Dict[str, float]:
    """From the press of the button to the greeting, on a warm server."""
    times = []
    for _ in range(rounds + 1):
        page = browser.new_context().new_page()
        page.goto(server)
        times.append(page.evaluate(GREETED))
        page.close()
    warm = sorted(times[1:])
    return {"p50": round(statistics.median(warm)), "p95": round(warm[int(0.95 * (len(warm) - 1))])}


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A plain web server over a folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


if __name__ == "__main__":
    main()
