"""Build hook: makes widgets/static/vega.js, which draws every chart without a network.

vl-convert carries Vega, Vega-Lite and Vega-Embed (with the interpreter that `ast: true` needs) and
bundles them offline. The licences are in widgets/static/THIRD_PARTY_NOTICES.txt.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = Path("widgets", "static", "vega.js")

# Named on globalThis because a module's own names stay inside it: pages load the file with
# <script type="module">, the Chart widget imports it from a blob.
SNIPPET = """
globalThis.vegaEmbed = vegaEmbed;
globalThis.vega = vega;
globalThis.vegaLite = vegaLite;
"""


class VegaBundle(BuildHookInterface):  # type: ignore[type-arg]  # hatchling picks the config type
    """Runs for wheels and for editable installs alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        make_bundle(Path(self.root, BUNDLE))


def make_bundle(target: Path) -> None:
    """Write the bundle to `target`, unless this release of vl-convert already made it."""
    stamp = f"/* vl-convert-python {version('vl-convert-python')}; see THIRD_PARTY_NOTICES.txt */\n"
    if target.is_file() and target.read_text(encoding="utf-8").startswith(stamp):
        return
    import vl_convert  # late: 80 MB that a build with a bundle in place can do without

    fresh = target.with_suffix(".part")
    fresh.write_text(stamp + vl_convert.javascript_bundle(SNIPPET), encoding="utf-8")
    fresh.replace(target)
