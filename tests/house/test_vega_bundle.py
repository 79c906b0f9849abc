"""The bundle that hatch_build.py makes draws charts as the strictest of our pages allow it.

The page draws by its own script, because what Playwright evaluates is exempt from the policy.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import vl_convert
from playwright.sync_api import Browser, Page, Route, expect

import hatch_build

ORIGIN = "http://page.invalid"  # never reached: the test answers every request itself
POLICY = "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'"

# How a page of ours loads the bundle, and how an anywidget in JupyterLab does.
AS_MODULE = 'import "/vega.js";'
FROM_BLOB = """
const source = await (await fetch("/vega.js")).text();
await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
"""

# A calculated field and a tooltip make Vega evaluate expressions, which needs the interpreter.
DRAW = """
const spec = {
  data: {values: [{kind: "a", count: 1}, {kind: "b", count: 2}, {kind: "c", count: 3}]},
  transform: [{calculate: "datum.count * 2", as: "twice"}],
  mark: {type: "bar", tooltip: true},
  encoding: {x: {field: "kind"}, y: {field: "twice", type: "quantitative"}},
};
const options = {ast: %s, actions: false, defaultStyle: false, renderer: "svg"};
try {
  await globalThis.vegaEmbed("#chart", spec, options);
} catch (error) {
  document.querySelector("#chart").textContent = error;
}
document.title = "finished";
"""
BARS = ["kind: a; twice: 2", "kind: b; twice: 4", "kind: c; twice: 6"]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("bundle") / "vega.js"
    hatch_build.make_bundle(target)
    return target


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def draw(page: Page, bundle: Path, script: str) -> tuple[list[str], str]:
    """Open a page that runs `script` under POLICY: its bars' labels, and its text."""
    html = "<!doctype html><title>drawing</title><div id=chart></div>"
    bodies = {
        "/": ("text/html", f'{html}<script type="module" src="/draw.js"></script>'),
        "/draw.js": ("text/javascript", script),
        "/vega.js": ("text/javascript", bundle.read_text(encoding="utf-8")),
    }

    def answer(route: Route) -> None:
        kind, body = bodies[route.request.url.removeprefix(ORIGIN)]
        headers = {"Content-Security-Policy": POLICY, "Content-Type": f"{kind}; charset=utf-8"}
        route.fulfill(body=body, headers=headers)

    page.route("**/*", answer)
    page.goto(ORIGIN)
    expect(page).to_have_title("finished")
    bars = page.locator("#chart path[aria-roledescription=bar]").all()
    return [bar.get_attribute("aria-label") or "" for bar in bars], page.inner_text("#chart")


@pytest.mark.browser
@pytest.mark.parametrize("load", [AS_MODULE, FROM_BLOB], ids=["as a module", "from a blob"])
def test_it_draws_under_a_policy_without_eval(page: Page, bundle: Path, load: str) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    assert draw(page, bundle, load + DRAW % "true")[0] == BARS
    assert problems == []


@pytest.mark.browser
def test_the_policy_does_forbid_eval(page: Page, bundle: Path) -> None:
    bars, text = draw(page, bundle, AS_MODULE + DRAW % "false")
    assert bars == []
    assert "unsafe-eval" in text


def test_it_is_made_again_only_by_another_release_of_vl_convert(
    bundle: Path, tmp_path: Path
) -> None:
    stamp = bundle.read_text(encoding="utf-8").partition("\n")[0]
    kept = tmp_path / "vega.js"
    kept.write_text(f"{stamp}\nkept")
    hatch_build.make_bundle(kept)
    assert kept.read_text() == f"{stamp}\nkept"
    kept.write_text("/* vl-convert-python 0.1; made long ago */\nold")
    hatch_build.make_bundle(kept)
    assert kept.read_bytes() == bundle.read_bytes()


def test_the_notices_name_the_releases_that_are_in_it(root: Path) -> None:
    notices = (root / "widgets" / "static" / "THIRD_PARTY_NOTICES.txt").read_text()
    words = " ".join(notices.split())
    newest = vl_convert.get_vegalite_versions()[-1]
    for release in (
        f"vega {vl_convert.get_vega_version()}",
        f"vega-embed {vl_convert.get_vega_embed_version()}",
        f"vega-themes {vl_convert.get_vega_themes_version()}",
        f"vega-lite {newest}.",
    ):
        assert release in words
