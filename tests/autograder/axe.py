"""axe-core on a page, in a browser without a window: what who sees little, or uses no mouse, would stumble over.

axe-core comes from npm, once, and is kept in the user's cache folder.
"""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

from browser import dom_of
from rival_install import cache_folder

VERSION = "4.10.3"
# Chosen by hand where a page is printed or read in the dark, so that each can be looked at without a setting.
DARK = {"@media (prefers-color-scheme: dark)": "@media all", "color-scheme: light dark": "color-scheme: dark"}
_RUN = """
axe.run().then(found => {
  const shown = found.violations.map(one => [one.id, one.help, one.nodes.map(node => node.html.slice(0, 200))]);
  const out = document.createElement("pre");
  out.id = "axe-found";
  out.textContent = JSON.stringify({violations: shown, passes: found.passes.length});
  document.body.replaceChildren(out);
});
"""


class NoAxe(Exception):
    """axe-core cannot be had here. The message says why."""


def axe_source() -> str:
    """The text of axe-core.

    Raises:
        NoAxe: it is not in the cache, and npm cannot bring it.
    """
    kept = cache_folder() / f"axe-{VERSION}.min.js"
    if not kept.exists():
        _fetch(kept)
    return kept.read_text("utf-8")


def _fetch(kept: Path) -> None:
    npm, folder = shutil.which("npm"), kept.parent / f"axe-{VERSION}"
    if npm is None:
        raise NoAxe("npm is not installed")
    command = [npm, "install", "--no-save", "--silent", "--prefix", str(folder), f"axe-core@{VERSION}"]
    try:
        subprocess.run(command, capture_output=True, timeout=60, check=True)
        (folder / "node_modules" / "axe-core" / "axe.min.js").replace(kept)
    except (OSError, subprocess.SubprocessError) as error:
        raise NoAxe(f"npm could not bring axe-core: {type(error).__name__}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def without_policy(page: str) -> str:
    """A page in which scripts may run."""
    return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)


def violations(page: str, folder: Path, *, dark: bool = False) -> list[tuple[str, str, list[str]]]:
    """What axe-core finds on a page: rule, sentence, elements; everything folded is unfolded first.

    Raises:
        NoAxe, NoBrowser: it cannot be tried here.
    """
    page = without_policy(page).replace("<details", "<details open")
    for light, other in DARK.items() if dark else ():
        assert light in page
        page = page.replace(light, other)
    copy = folder / "copy.html"
    copy.write_text(page.replace("</body>", f"<script>{axe_source()}</script><script>{_RUN}</script></body>"), "utf-8")
    dom = dom_of(copy.as_uri(), folder / "profile", seconds=20)
    found = re.search(r'<pre id="axe-found">(.*?)</pre>', dom, re.DOTALL)
    assert found, "axe did not come to an end"
    said = json.loads(html.unescape(found[1]))
    assert said["passes"], "it has looked at nothing"
    return said["violations"]
