"""Lists of people from hell give the right people, or one plain sentence."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from playbook.framework import load_framework
from playbook.model import InputError
from playbook.worksheet.roster import Attribute, Roster
from playbook.worksheet.roster_file import MOST_BYTES, MOST_PEOPLE, read_roster

WORDS = load_framework().words
PLAIN = "name,function,years\nZoë,Claims,3.5\nBen,Data,12\nCem,Claims,1\n"
PEOPLE = (
    ("Zoë", "Ben", "Cem"),
    ("category", ("Claims", "Data", "Claims")),
    ("number", (3.5, 12.0, 1.0)),
)


def read(given, name="roster.csv"):
    return read_roster(given, name, WORDS)


def told(found):
    return (
        found.roster.names,
        *((one.kind, one.values) for one in found.roster.attributes),
    )


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FORMS = {
    "text": PLAIN,
    "UTF-8": PLAIN.encode(),
    "UTF-8 with a mark": PLAIN.encode("utf-8-sig"),
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16 little": PLAIN.encode("utf-16-le"),
    "UTF-16 big": PLAIN.encode("utf-16-be"),
    "Windows-1252": PLAIN.encode("cp1252"),
    "Windows lines": PLAIN.replace("\n", "\r\n").encode(),
    "old Mac lines": PLAIN.replace("\n", "\r").encode(),
    "blank lines": "\n\n" + PLAIN + "\n,,\n",
    "semicolons": PLAIN.replace(",", ";"),
    "decimal commas": PLAIN.replace(",", ";").replace("3.5", "3,5"),
    "tabs": PLAIN.replace(",", "\t"),
    "bars": PLAIN.replace(",", "|"),
    "quotes": PLAIN.replace("Claims", '"Claims"'),
    "name last": "function,years,Name\nClaims,3.5,Zoë\nData,12,Ben\nClaims,1,Cem\n",
    "workbook": workbook(
        ("Name", "function", "years"),
        ("Zoë", "Claims", 3.5),
        ("Ben", "Data", 12),
        ("Cem", "Claims", 1),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_however_it_was_saved_the_people_are_the_same(form):
    assert told(read(FORMS[form])) == PEOPLE


def test_two_people_of_one_name_are_told_apart_and_a_person_may_be_called_na():
    found = read("name,function\nAlex Kim,a\nNA,NA\nAlex  Kim,b\nNaN,a\nAlex Kim,a\nnull,a\n")
    names = ("Alex Kim", "NA", "Alex Kim (2)", "NaN", "Alex Kim (3)", "null")
    assert found.roster.names == names
    assert found.renamed == ("Alex Kim (2)", "Alex Kim (3)")
    assert found.roster.attributes[0].values[1] == "NA"


def test_a_name_that_is_numbered_already_is_not_taken_twice():
    assert read("name\nA (2)\nA\nA\n").roster.names == ("A (2)", "A", "A (3)")


@pytest.mark.parametrize(
    ("cells", "kind", "values"),
    [
        (("1", "2,5", "-3"), "number", (1.0, 2.5, -3.0)),
        (("1", "n/a", ""), "number", (1.0, None, None)),
        (("yes", "No", ""), "yes_no", (True, False, None)),
        (("ja", "nein", "Ja"), "yes_no", (True, False, True)),
        (("x", "", "X"), "yes_no", (True, False, True)),
        (("claims", "Claims", "CLAIMS "), "category", ("claims", "claims", "claims")),
        (("2 years", "3", "3"), "category", ("2 years", "3", "3")),
        (("=1+1", "=1+1", "a"), "category", ("=1+1", "=1+1", "a")),
        (("1e999", "2", "2"), "category", ("1e999", "2", "2")),
        (("Mon 9-11", "tue 14:00–15:00, mo 0-1", ""), "hours", ({9, 10}, {38, 0}, set())),
        (("Mon 9-25", "a", "a"), "category", ("Mon 9-25", "a", "a")),
    ],
)
def test_a_column_is_read_as_what_all_its_cells_are(cells, kind, values):
    rows = "".join(f"P{at}\t{cell}\n" for at, cell in enumerate(cells))
    assert read(f"name\twhat\n{rows}").roster.attributes == (Attribute("what", kind, values),)


def test_a_column_that_lists_things_becomes_an_attribute_for_each():
    found = read("name,skills\nA,Python; Excel\nB,excel\nC,\nD,SQL|Python\n").roster
    assert [(one.name, one.values, one.column) for one in found.attributes] == [
        ("skills: Python", (True, False, False, True), "skills"),
        ("skills: Excel", (True, True, False, False), "skills"),
        ("skills: SQL", (False, False, False, True), "skills"),
    ]


def test_columns_that_likens_nobody_or_say_nothing_are_left_out_and_told():
    found = read("name,email,function,notes,\nA,a@x,f,,\nB,b@x,f,,\nC,c@x,g,,\n")
    assert [one.name for one in found.roster.attributes] == ["function"]
    assert found.left_out == ("email", "notes")


def test_a_formula_is_never_worked_out():
    """In text it is text; in a workbook the result counts that was saved, and without one it is
    refused."""
    assert read("name,f\n=1+1,=cmd|x\nB,=cmd|x\n").roster.names == ("=1+1", "B")
    with pytest.raises(InputError, match="Row 2: the formula has no result yet"):
        read(workbook(("name", "years"), ("A", "=1+1")))


def test_five_thousand_people_fit_and_one_more_does_not():
    rows = "".join(f"Person {at},f{at % 9}\n" for at in range(MOST_PEOPLE))
    assert len(read("name,function\n" + rows).roster.names) == MOST_PEOPLE
    with pytest.raises(InputError) as raised:
        read("name,function\n" + rows + "One more,f1\n")
    assert str(raised.value) == "roster.csv has 5001 people and 5000 fit; leave some out."


def bomb():
    """A workbook that unpacks to far more than it is."""
    file = io.BytesIO(workbook(("name",), ("A",)))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 60_000_000)
    return file.getvalue()


REFUSED = [
    ("", "has no people"),
    ("name,function\n", "has no people"),
    (b"\x00\x01\x02\x03", "is not a table of text"),
    (b"\xff\xfe\x00", "is not a table of text"),
    ("x" * (MOST_BYTES + 1), "is too large to be read here (5 MB, and 5 MB fit)"),
    ("name,f,F\nA,1,2\n", "Two columns of it are called f"),
    ("name,f\nA,1\n,2\n", "Row 3 of it has no name"),
    ("name,f\nA,1\nB,2,3,4\nC,1\n", "Row 3 of it has 4 cells and the heading has 2"),
    ('name,f\nA,"1\nB,2\n', "can't be read from row 2 on"),
    ("name,f\nA,1\nB," + "x" * 1_000_000 + "\n", "Row 3 of it has a cell of 1000000 characters"),
    ("name," + ",".join(f"c{at}" for at in range(60)) + "\nA\n", "has 61 columns and 50 fit"),
    (
        "name,skills\n" + "".join(f"P{at},s{at};t{at}\n" for at in range(40)),
        "The column skills lists 80 different things and 60 fit",
    ),
    (bomb(), "is too large to be read here (60 MB, and 10 MB fit)"),
    (b"PK\x03\x04 nothing", "takes an Excel workbook"),
]


@pytest.mark.parametrize("place", range(len(REFUSED)))
def test_what_cannot_be_read_is_one_plain_sentence(place):
    given, sentence = REFUSED[place]
    with pytest.raises(InputError) as raised:
        read(given)
    said = str(raised.value).replace("’", "'").replace("roster.csv", "it")
    assert sentence in said
    assert said.count(". ") <= 1
    assert said.endswith(".")


def test_a_roster_finds_people_and_values_however_they_are_capitalised():
    people = read(PLAIN).roster
    assert people.place("zoë") == 0
    assert people.who("Function", "claims ") == (0, 2)
    assert people.only(["Years"]).attributes == people.attributes[1:]
    for wrong in (
        lambda: people.place("Eve"),
        lambda: people.who("function", "law"),
        lambda: people.only(["colour"]),
        lambda: Roster(("A", "A")),
        lambda: Roster(("A",), (Attribute("f", "category", ()),)),
    ):
        with pytest.raises(InputError):
            wrong()
