"""The page around a notebook, as it leaves the server."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest

KINDS = {"css": "text/css", "js": "text/javascript", "json": "application/json"}


class Page(HTMLParser):
    """Start tags with their attributes, and the text of a few elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data):
        self.texts[self._inside] = self.texts.get(self._inside, "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def assets(self) -> list[str]:
        """What the page asks a server for: scripts, styles, the states of its widgets where they
        are a file, and the chart script it names."""
        scripts = [attrs["src"] for attrs in self.all("script") if attrs.get("src")]
        links = [attrs["href"] for attrs in self.all("link")]
        vega = [attrs["content"] for attrs in self.all("meta") if attrs.get("name") == "pb-vega"]
        return [url for url in scripts + links + vega if not url.startswith("data:")]


@pytest.fixture(scope="module")
def answer(served):
    with served.owner() as owner:
        yield owner.get("/voila/render/00_home.ipynb")


@pytest.fixture(scope="module")
def home(answer):
    return Page(answer.text)


def test_it_says_its_language_and_its_title(home):
    assert home.all("html") == [{"lang": "en"}]
    assert home.texts["title"].strip() == "Pathway – Redefining Work Playbook"


def test_a_notebook_without_a_title_goes_by_its_file_name(served, owner):
    html, _ = served.open(owner, "01_catalyst")
    assert Page(html).texts["title"].strip() == "01_catalyst – Redefining Work Playbook"


def test_a_keyboard_reaches_the_one_main_part_by_its_first_link(home):
    first_link = home.all("a")[0]
    assert first_link["href"] == "#main"
    assert [attrs["id"] for attrs in home.all("main")] == ["main"]


def test_the_way_home_is_in_the_bar_and_knows_where_it_is(home, served, owner):
    in_bar = [link for link in home.all("a") if "/" in link["href"]]
    assert in_bar[0] == {"href": "/voila/render/00_home.ipynb", "aria-current": "page"}
    elsewhere = Page(served.open(owner, "01_catalyst")[0])
    assert not [link for link in elsewhere.all("a") if "aria-current" in link]


def test_a_notebook_may_name_more_ways_for_the_bar(home, answer):
    hrefs = [link["href"] for link in home.all("a")]
    assert "/voila/render/01_catalyst.ipynb" in hrefs
    assert ">Catalyst &amp; more</a>" in answer.text


def test_no_link_is_dead(home, owner):
    links = {link["href"] for link in home.all("a") if not link["href"].startswith("#")}
    assert links
    for href in links:
        assert owner.get(urljoin("/voila/render/00_home.ipynb", href)).status_code == 200


def test_widgets_find_their_places_in_it(home):
    attributes = {name for _, attrs in home.tags for name in attrs}
    assert {"data-pb-save", "data-pb-live", "data-pb-alert", "data-pb-opening"} <= attributes
    (body,) = home.all("body")
    assert body["class"] == "pb page"


def test_without_scripts_it_says_what_it_needs(answer):
    (shown,) = re.findall(r"<noscript>(.*?)</noscript>", answer.text, flags=re.S)
    assert "works with JavaScript" in shown


def test_prose_is_there_before_any_script_runs_and_source_never_is(answer):
    assert "<em>prose</em>" in answer.text
    assert "import anywidget" not in answer.text


def test_it_asks_nothing_of_another_host(home, answer):
    assert home.assets()
    assert all(url.startswith("/") and not url.startswith("//") for url in home.assets())
    shown = re.sub(r"http://www\.w3\.org/2000/svg", "", answer.text)
    assert not re.findall(r"https?://[^\s\"')]+", shown)


def test_every_asset_is_there_compressed_and_cached_for_good(home, stranger):
    for url in home.assets():
        asset = stranger.get(url, headers={"Accept-Encoding": "gzip"})
        assert asset.status_code == 200
        assert asset.headers["Content-Type"] == KINDS[url.rpartition(".")[2]]
        assert asset.headers["Content-Encoding"] == "gzip"
        assert int(asset.headers["Content-Length"]) < len(asset.content) / 2
        assert asset.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert asset.headers["Vary"] == "Accept-Encoding"
        plain = stranger.get(url, headers={"Accept-Encoding": "identity"})
        assert "Content-Encoding" not in plain.headers
        assert plain.content == asset.content


def test_an_asset_outside_the_folders_does_not_exist(home, stranger):
    place = home.assets()[0].rsplit("/", 1)[0]
    for path in ("..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/conf.json", "%2fetc%2fpasswd", ""):
        assert stranger.get(f"{place}/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/", "/voila/render/00_home.ipynb", "/login", "/health", "/nothing", "/api/kernels/a-a-a-a-a"],
)
def test_everything_but_assets_is_guarded_and_never_stored(owner, path):
    headers = owner.get(path).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_assets_are_guarded_too(home, stranger):
    headers = stranger.get(home.assets()[0]).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_page_travels_compressed(owner):
    answer = owner.get("/voila/render/00_home.ipynb", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_only_scripts_with_this_answers_number_run(home, answer, served, owner):
    (nonce,) = re.findall(r"'nonce-([\w-]+)'", answer.headers["Content-Security-Policy"])
    inline = [
        attrs
        for attrs in home.all("script")
        if not attrs.get("src") and "json" not in (attrs.get("type") or "")
    ]
    assert inline
    assert all(attrs["nonce"] == nonce for attrs in inline)
    again, _ = served.open(owner, "00_home")
    assert nonce not in again


def test_the_token_stays_out_of_the_address_the_page_and_the_kernel(served, stranger):
    asked = stranger.get("/voila/render/03_env.ipynb", params={"token": served.token})
    assert asked.headers["Location"] == "/voila/render/03_env.ipynb"
    page = stranger.get("/voila/render/03_env.ipynb").text
    assert "PLAYBOOK_SERVE" in page  # the kernel's environment, shown by that notebook
    assert served.token not in page


def test_a_kernel_knows_the_data_folder(served, owner):
    page, _ = served.open(owner, "03_env")
    assert f"'PLAYBOOK_HOME': '{served.home}'" in page.replace("\\u0027", "'")


def test_a_crashed_notebook_says_so_in_our_words_and_shows_no_source(served, owner):
    page, _ = served.open(owner, "02_broken")
    assert "could not be opened" in page
    for secret in ("ZeroDivisionError", "my secret source", "Traceback", "show_tracebacks"):
        assert secret not in page


def test_template_and_theme_cannot_be_chosen_by_the_address(owner):
    page = owner.get("/voila/render/00_home.ipynb?template=lab&theme=%22%3E%3Cscript%3E").text
    assert '<body class="pb page"' in page
    assert '"><script>' not in page
