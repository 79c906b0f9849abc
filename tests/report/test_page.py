"""A worksheet as one HTML file."""

from datetime import date
from html.parser import HTMLParser

import pytest
from axe_playwright_python.sync_playwright import Axe

from playbook.report import sheet_html, summarise
from playbook.worksheet.kinds.date import written_date

HOSTILE = [
    '</script><script>window.hit=1</script><img src=x onerror="window.hit=1">',
    '"><svg onload=alert(1)> &amp; </style></title><h1>Mine</h1> {{ 7*7 }} {% raw %}',
    "שלום עולם reversed \u05d0",
    "x" * 240,
]
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Tree(HTMLParser):
    """Checks that tags close in order, and keeps tags, ids and text."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.texts = [], [], [], []
        self.attributes = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self):
        return "".join(self.texts)


@pytest.fixture
def page(catalyst, framework):
    def written(worksheet, assessment, **values):
        given = {
            "name": "North branches",
            "saved_at": "2027-01-03 10:32",
            "printed": date(2027, 1, 4),
        }
        return sheet_html(catalyst, worksheet, assessment, framework, **{**given, **values})

    return written


def test_it_is_one_well_formed_page_that_needs_nothing_else(page, example):
    tree = Tree(page(*example))
    assert len(tree.ids) == len(set(tree.ids))
    assert [tree.tags.count(tag) for tag in ("html", "title", "main", "h1")] == [1, 1, 1, 1]
    assert ("lang", "en") in tree.attributes
    assert not {"script", "link", "img", "iframe", "object"} & set(tree.tags)
    assert not {"src", "href", "style", "onclick"} & {name for name, _ in tree.attributes}
    labelled = {value for name, value in tree.attributes if name == "aria-labelledby"}
    assert labelled <= set(tree.ids)


def test_it_tells_verdict_reasons_with_sources_steps_and_every_answer(
    page, catalyst, framework, example
):
    text = " ".join(Tree(page(*example)).text.split())
    worksheet, assessment = example
    told = summarise(catalyst, worksheet, assessment, framework)
    assert told.head in text
    for finding in told.findings:
        assert (finding.question or finding.heading) in text
        assert finding.answer in text
        assert finding.text in text
        assert finding.who.reading in text
        assert (finding.who.basis or finding.who).source in text
    assert told.next.text in text
    labels = {c.id: c.label for s in catalyst.sections for q in s.questions for c in q.choices}
    dates = {q.id for q in catalyst.questions("candidates") if q.kind == "date"}
    for row in worksheet.rows("candidates"):
        for question, value in row.answers.items():
            if question in dates:
                assert written_date(date.fromisoformat(value), framework.words) in text
                continue
            items = [value] if isinstance(value, str) else value
            assert all(labels.get(item, item)[:40] in text or item in ANSWERS for item in items)


ANSWERS = ("yes", "partly", "no", "dont_know")


def test_our_judgement_is_marked_as_often_as_it_is_used(page, framework, example):
    ours = sum(finding.ours for finding in example[1].findings)
    badge = f'<span class="ours">{framework.words.text("cards.ours")}</span>'
    assert page(*example).count(badge) == ours > 0


def test_an_example_says_that_it_is_ours_to_tell(page, framework, example):
    note = framework.examples["catalyst"].note
    assert note in Tree(page(*example, example=note)).text
    assert note not in Tree(page(*example)).text


def test_the_same_worksheet_gives_the_same_page_but_for_the_day(page, example):
    one, two = page(*example), page(*example, printed=date(2027, 3, 31))
    assert one == page(*example)
    assert two == one.replace("4 January 2027", "31 March 2027")


def test_a_blank_worksheet_is_a_page_too(page, filled, framework):
    text = Tree(page(*filled(), saved_at="")).text
    assert framework.words.text("level.unknown") in text
    assert "Last saved" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_typed_stays_text(page, filled, text):
    candidates = [{"what": text, "breaks": "yes"}, {"what": "B", "breaks": "no"}]
    html = page(*filled(*candidates, first_step=text, first_step_owner=text), name=text)
    tree = Tree(html)
    clean = Tree(
        page(
            *filled(*({**c, "what": "A"} for c in candidates), first_step="A", first_step_owner="A")
        )
    )
    assert tree.tags == clean.tags
    assert tree.text.count(text) >= 3


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_nothing_is_fetched(page, filled, chromium, scheme):
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 390, "height": 800})
    tab, asked_for, trouble = context.new_page(), [], []
    tab.on("request", lambda request: asked_for.append(request.url))
    tab.on("console", lambda message: trouble.append(message.text))
    hostile = {"what": HOSTILE[0], "breaks": "yes"}
    tab.set_content(page(*filled(hostile, {"what": HOSTILE[3], "breaks": "no"}, chosen="row1")))
    wide = tab.evaluate("[window.hit, document.documentElement.scrollWidth]")
    assert wide == [None, 390]
    serious = ("serious", "critical")
    found = Axe().run(tab).response
    problems = [
        (rule["id"], rule["nodes"][0]["html"])
        for rule in found["violations"]
        if rule["impact"] in serious
    ]
    context.close()
    assert "color-contrast" in {rule["id"] for rule in found["passes"]}
    assert problems == []
    assert (asked_for, trouble) == ([], [])


@pytest.mark.browser
def test_on_paper_it_is_dark_on_light_whatever_the_screen_is(page, example, chromium):
    context = chromium.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.set_content(page(*example))
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    ink = "getComputedStyle(document.body).color"
    dark = tab.evaluate(f"[{scheme}, {ink}]")
    tab.emulate_media(media="print", color_scheme="dark")
    paper = tab.evaluate(f"[{scheme}, {ink}]")
    context.close()
    assert dark[1] == "rgb(237, 242, 243)"
    assert paper == ["light", "rgb(23, 36, 44)"]
