"""A workspace taken out and brought in again: exactly."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.store import Operation, Set, SqliteStore, UndoError
from tests.depth import examples

from .conftest import well_used


def test_an_export_says_what_it_is(export):
    assert (export["format"], export["version"]) == ("redefining-work-playbook", 1)


def test_a_reader_finds_the_answers_without_the_history(export):
    fields = export["worksheets"][0]["fields"]
    assert fields["breaks"] == {"value": "yes", "rev": 6}
    assert fields["candidates/r1/name"] == {"value": None, "rev": 2}


def test_what_went_out_comes_in_exactly(store, other):
    well_used(store)
    export = json.loads(json.dumps(store.export(), allow_nan=False))
    infos = other.import_(export)
    assert infos == list(reversed(store.worksheets()))
    assert other.export() == store.export() == export
    assert other.worksheets() == store.worksheets()
    for info in infos:
        assert other.load(info.id) == store.load(info.id)
        assert other.history(info.id) == store.history(info.id)


def test_work_goes_on_after_an_import(other, worksheet, export):
    other.import_(export)
    assert other.committed(worksheet, "a9").status == "repeated"
    assert other.undo(worksheet, "laptop", "b1").fields["breaks"].value == "no"
    assert other.undo(worksheet, "laptop", "b2").fields["breaks"].value == "partly"
    with pytest.raises(UndoError, match="changed since"):
        other.undo(worksheet, "laptop", "b3")  # the operation before has an erased part
    waiting = other.load(worksheet).conflicts
    assert [(conflict.field, conflict.value) for conflict in waiting] == [
        ("breaks", "dont_know"),
        ("likes", []),
    ]
    outcome = other.resolve(worksheet, waiting[0].id, True, "b4", "phone")
    assert outcome.fields["breaks"].value == "dont_know"


def test_an_import_goes_into_a_file_as_into_the_memory(tmp_path, export):
    path = tmp_path / "playbook.sqlite"
    SqliteStore(path).import_(export)
    assert SqliteStore(path).export() == export


def test_a_worksheet_that_is_here_already_comes_in_beside_it(store, worksheet, export):
    store.import_(export)
    before = store.load(worksheet)
    first, second = store.import_(export)
    assert len({info.id for info in store.worksheets()}) == 4
    assert store.load(worksheet) == before
    assert store.load(first.id).fields == before.fields
    assert (first.name, second.name) == ("Another name", "A copy")


def test_an_id_twice_in_one_file_is_two_worksheets(other, export):
    export["worksheets"].append(copy.deepcopy(export["worksheets"][0]))
    infos = other.import_(export)
    assert len({info.id for info in infos}) == 3


def test_an_empty_workspace_goes_out_and_in(store, other):
    assert other.import_(store.export()) == []
    assert other.worksheets() == []


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
@settings(max_examples=examples(30))
def test_any_text_survives_the_store_and_the_file(texts):
    store, other = SqliteStore(None), SqliteStore(None)
    try:
        worksheet = store.create("catalyst", "Name").id
        sets = (Set("remarks", "".join(texts), 0), Set("likes", texts, 0))
        store.commit(worksheet, Operation("op", "laptop", "set", 1, sets))
        other.import_(json.loads(json.dumps(store.export())))
        fields = other.load(worksheet).fields
        assert (fields["remarks"].value, fields["likes"].value) == ("".join(texts), texts)
    finally:
        store.close()
        other.close()
