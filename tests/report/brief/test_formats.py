"""Every format: one page, nothing private, the same bytes again, read by whoever can't see it."""

import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from playbook.assessing.workbook import Workbook
from playbook.cohort.results_files import ClassResults, as_pdf
from playbook.model import InputError
from playbook.report.brief.fit import LIMITS, PAGE_LINES, page_lines
from playbook.report.brief.formats import FORMATS, file_name, format_of
from playbook.report.brief.html_page import notes
from playbook.report.brief.pdf_file import brief_pdf
from playbook.report.take_home.pdf_file import take_home_pdf
from playbook.report.take_home.take_home import take_home
from playbook.worksheet.kinds import max_length
from tests.depth import examples as depth
from tests.report.votes import class_told
from tests.verapdf import assert_compliant

WIDE_FONT = "* { font-family: 'DejaVu Sans', Verdana, sans-serif !important }"
SECRETS = (
    "The head of payments",
    "Four people on call",
    "Call people back each time the backlog",
    "two temporary handlers in his queue",
    "Dana Cole",
    "the trial with evening calls had failed",
)
"""Private answers of the example: who loses what, and what is said of supervisors."""


def long_answers(answers, text):
    """The example with every text of every sheet as long as its question allows."""
    from playbook.framework import load_framework

    framework, given = load_framework(), answers()
    for name, one in given.items():
        sheet = framework.sheets[name]
        for table in (None, *(it.id for it in sheet.tables)):
            rows = one.get(table, []) if table else [one]
            for question in sheet.questions(table):
                if question.kind in ("text", "long_text") and not question.codes:
                    for row in rows:
                        if question.id in row:
                            most = max_length(question)
                            row[question.id] = (text * (most // len(text) + 1))[:most].strip()
    return given


@pytest.mark.parametrize(
    "text",
    [
        "A long sentence about everything that has to be said. ",
        "W" * 40,
        "Donaudampfschifffahrtsgesellschaft ",
        "記録を残す",
        "a\u0301\u0301 ",
        "🙂 ",
        "</script><b>#[] $x$ \\ {catalyst.loss} **no** ",
    ],
)
def test_hostile_text_is_cut_to_one_page_and_the_screen_says_so(text, answers, brief_of, framework):
    brief = brief_of(long_answers(answers, text), private=True)
    assert page_lines(brief) <= PAGE_LINES
    assert notes(brief, framework.words)[0].startswith("Shortened: ")
    made = PdfReader(BytesIO(brief_pdf(brief, framework.words)))
    assert len(made.pages) == 1
    assert made.pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)  # A4: 210 mm
    for name in ("html", "docx", "pptx", "email"):
        assert FORMATS[name].make(brief, framework.words)


@pytest.mark.browser
def test_print_keeps_to_one_page_with_a_wide_font_too(
    answers, brief, brief_of, framework, tmp_path, chromium
):
    long = long_answers(answers, "Many words that say little. ")
    sponsor = (brief_of(answers(), "act"), brief_of(long, "act"))
    for place, one in enumerate((brief, brief_of(long, private=True), *sponsor)):
        file = tmp_path / f"{place}.html"
        file.write_bytes(FORMATS["html"].make(one, framework.words))
        with chromium.new_context() as context:
            page = context.new_page()
            page.goto(file.as_uri())
            page.add_style_tag(content=WIDE_FONT)
            printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
            assert len(printed.pages) == 1
            page.set_viewport_size({"width": 703, "height": 1100})  # 186 mm
            page.emulate_media(media="print")
            cut = "e => e.scrollHeight - e.clientHeight"
            assert page.locator(".a4").evaluate(cut) <= 1  # nothing is cut off at the foot
            small = page.locator(".a4").evaluate(
                "e => Math.min(...[...e.querySelectorAll('p, li, dt, dd, span, h2')]"
                ".map(x => parseFloat(getComputedStyle(x).fontSize)))"
            )
            assert small >= 11.9  # 9 pt are 12 px


def test_no_private_answer_is_in_any_format(brief, shown):
    for name, text in shown(brief).items():
        assert [secret for secret in SECRETS if secret in text] == [], name
    assert brief.left_out == 1


def test_with_the_tick_the_losers_role_is_told(examples, shown):
    from playbook.report.brief import build_brief

    told = build_brief(examples, "recognise", private=True)
    assert [part.title for part in told.parts if part.id == "opponents"]
    for name, text in shown(told).items():
        assert SECRETS[0] in text, name


@settings(
    max_examples=depth(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_is_private_stays_out_of_every_format(data, framework, answers, brief_of, shown):
    """Every private answer gets a mark of its own; none turns up anywhere."""
    told, mark = answers(), data.draw(st.from_regex(r"\Aqz[0-9]{8}\Z"))
    for name, one in told.items():
        sheet = framework.sheets[name]
        for table in (None, *(it.id for it in sheet.tables)):
            questions = (q for q in sheet.questions(table) if q.kind.endswith("text"))
            private = [q for q in questions if q.private]
            rows = one.setdefault(table, []) if table and private else [one]
            for row in rows:
                for question in private:
                    if data.draw(st.booleans()) or question.id in row:
                        row[question.id] = mark if question.codes else f"{mark} {question.id}"
    for name, text in shown(brief_of(told)).items():
        assert mark not in text, name


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_answers_give_the_same_bytes(name, brief, framework):
    make = FORMATS[name].make
    assert make(brief, framework.words) == make(brief, framework.words)


def test_pdf_says_its_title_language_and_structure(brief, framework):
    root = PdfReader(BytesIO(brief_pdf(brief, framework.words))).trailer["/Root"]
    about = PdfReader(BytesIO(brief_pdf(brief, framework.words))).metadata
    assert about.title == brief.title
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    tags = set(tagged(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/P", "/L", "/Figure"} <= tags


def tagged(element):
    """The kinds of all elements of a structure tree."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if hasattr(found, "get") and "/S" in found:
            yield found["/S"]
            yield from tagged(found)


def test_verapdf_finds_the_pdf_compliant_with_pdf_ua_1(
    brief, brief_of, answers, framework, tmp_path
):
    made = {"filled": brief, "blank": brief_of({})}
    made["charter"] = brief_of(answers(), "create")
    made["charter with private rows"] = brief_of(answers(), "create", private=True)
    made["sponsor page"] = brief_of(answers(), "act")
    made["sponsor page, long"] = brief_of(long_answers(answers, "Much is to be said. "), "act")
    made["sponsor page, blank"] = brief_of({}, "act")
    files = {name: brief_pdf(one, framework.words) for name, one in made.items()}
    told = class_told()
    home = take_home(told, Workbook(framework, told.day).examples)
    files["take home"] = take_home_pdf(home, framework.words)
    shown = ClassResults(told.cohort, told.day, told.votes, told.agreements, told.least)
    files["results"] = as_pdf(shown, framework.words)
    assert_compliant(files, tmp_path)


def test_pdf_needs_no_fonts_of_the_machine(brief, framework, monkeypatch):
    """The fonts in the file are those that come with typst."""
    monkeypatch.setenv("FONTCONFIG_PATH", "/nowhere")
    fonts = PdfReader(BytesIO(brief_pdf(brief, framework.words))).pages[0]["/Resources"]["/Font"]
    names = {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts.values()}
    assert {name.partition("-")[0] for name in names} <= {
        "LibertinusSerif",
        "NewCMMath",
        "NewCM10",
        "DejaVuSansMono",
    }


def test_headings_language_and_pictures_of_word_and_slide_are_named(brief, shown):
    docx, pptx = shown(brief)["docx"], shown(brief)["pptx"]
    assert docx.count('<w:pStyle w:val="Heading2"/>') == len(brief.parts)
    assert '<w:lang w:val="en-GB"/>' in docx
    for text in (docx, pptx):
        assert 'descr="Map of the places. 1 Kingsmead home claims: impact' in text


def test_files_are_named_by_brief_and_day(brief, framework):
    kind = format_of("pdf", framework.words)
    assert file_name(brief, kind, framework.words) == "Pilot brief 2026-12-14.pdf"
    with pytest.raises(InputError, match="made as html, pdf, docx, pptx, email; not as 'odt'"):
        format_of("odt", framework.words)


def test_the_rule_tries_the_whole_text_first():
    assert list(LIMITS) == sorted(LIMITS, reverse=True)


def test_nothing_that_makes_files_is_loaded_before_a_file_is_made():
    code = (
        "import widgets.app, playbook.cli.main, sys; "
        "print(*{m.partition('.')[0] for m in sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"typst", "docx", "pptx", "pypdf", "lxml"} & set(run.stdout.split()) == set()
