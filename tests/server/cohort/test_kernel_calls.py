"""What a kernel can do with its ticket, and what it can't."""

import http.client
import json
from contextlib import closing
from uuid import uuid4

import pytest

from playbook.model import InputError, PlaybookError, StoreError
from playbook.store import GoneError, Operation, Set, open_store
from playbook.store.remote import HEADER, connection, remote_store
from playbook.store.sql import SqliteStore


def change(kind, **values):
    return {"op_id": str(uuid4()), "kind": kind, **values}


def candidate(store, what):
    """A worksheet with one candidate, and the field that says what it is."""
    sheet = store.create("catalyst", "Mine").id
    store.apply(sheet, change("add_row", table="candidates"))
    (row,) = [field for field in store.load(sheet).fields if field.count("/") == 1]
    field = f"{row}/what"
    store.apply(sheet, change("set", field=field, value=what, base_rev=0))
    return sheet, field


def raw(room, ticket, name, body):
    """What the API answers to a hand-made call."""
    with closing(connection(room.address)) as link:
        link.request("POST", f"/{name}", body, {HEADER: ticket})
        answer = link.getresponse()
        return answer.status, json.loads(answer.read())


def test_what_is_saved_from_afar_is_what_the_store_holds(room):
    jose = room.join("José")
    afar = room.of(jose)
    sheet, field = candidate(afar, "A merger")
    here = SqliteStore(room.cohorts.database, workspace=jose.workspace)
    assert here.load(sheet) == afar.load(sheet)
    assert here.load(sheet).fields[field].value == "A merger"
    assert here.history(sheet) == afar.history(sheet)
    assert here.export() == afar.export()
    assert here.worksheets() == afar.worksheets("catalyst")
    assert afar.seq(sheet) == here.seq(sheet)


def test_a_repeated_change_is_done_once(room):
    afar = room.of(room.join("José"))
    sheet, field = candidate(afar, "A merger")
    again = change("set", field=field, value="Another", base_rev=1)
    assert afar.apply(sheet, again).status == "saved"
    assert afar.apply(sheet, again).status == "repeated"
    assert afar.load(sheet).fields[field].rev == 2


def test_undo_takes_back_ones_own_last_change(room):
    afar = room.of(room.join("José"))
    sheet, field = candidate(afar, "A merger")
    afar.apply(sheet, change("undo"))
    assert afar.load(sheet).fields[field].value is None


def test_two_people_do_not_see_each_others_worksheets(room):
    sheet, field = candidate(room.of(room.join("José")), "Secret")
    other = room.of(room.join("Lin"))
    assert other.worksheets() == []
    for call in (
        lambda: other.load(sheet),
        lambda: other.history(sheet),
        lambda: other.others(sheet),
        lambda: other.apply(sheet, change("set", field=field, value="x", base_rev=1)),
        lambda: other.erase_worksheet(sheet),
        lambda: other.duplicate(sheet, "Copy"),
        lambda: other.rename(sheet, "Mine now"),
    ):
        with pytest.raises(GoneError):
            call()


def test_not_even_the_trainer_reads_a_participants_worksheet(room):
    sheet, _ = candidate(room.of(room.join("José")), "Secret")
    trainer = room.of(room.trainer)
    assert trainer.worksheets() == []
    with pytest.raises(GoneError):
        trainer.load(sheet)


def test_a_team_shares_a_worksheet_and_sees_who_is_there(room):
    jose, lin = room.join("José"), room.join("Lin")
    team = room.cohorts.new_team(room.trainer, "Blue")
    for member in (jose, lin):
        room.cohorts.seat(room.trainer, member.id, team.id)
    joses, lins = room.of(jose), room.of(lin)
    sheet, field = candidate(joses, "A merger")
    assert joses.others(sheet) == []
    assert lins.others(sheet) == ["José"]
    assert joses.others(sheet) == ["Lin"]
    assert lins.apply(sheet, change("set", field=field, value="Two", base_rev=1)).status == "saved"
    late = joses.apply(sheet, change("set", field=field, value="Three", base_rev=1))
    assert late.status == "conflict"
    assert joses.load(sheet).fields[field].value == "Two"
    with pytest.raises(InputError, match="belong to your team"):
        lins.erase_everything()


def test_nobody_undoes_a_teammates_change(room):
    jose, lin = room.join("José"), room.join("Lin")
    team = room.cohorts.new_team(room.trainer, "Blue")
    for member in (jose, lin):
        room.cohorts.seat(room.trainer, member.id, team.id)
    sheet, _ = candidate(room.of(jose), "A merger")
    with pytest.raises(StoreError, match="nothing left to undo"):
        room.of(lin).apply(sheet, change("undo"))


def test_a_move_to_another_team_takes_effect_in_the_open_page(room):
    jose = room.join("José")
    afar = room.of(jose)
    sheet, _ = candidate(afar, "Mine")
    team = room.cohorts.new_team(room.trainer, "Blue")
    room.cohorts.seat(room.trainer, jose.id, team.id)
    assert afar.worksheets() == []
    room.cohorts.seat(room.trainer, jose.id, None)
    assert [info.id for info in afar.worksheets()] == [sheet]


def test_a_signed_out_page_neither_saves_nor_reads_and_says_so(room):
    jose = room.join("José")
    token = room.devices.begin(jose)
    afar = room.kernel(room.devices.who(token).device)
    sheet, field = candidate(afar, "A merger")
    room.devices.end(token)
    for call in (
        lambda: afar.apply(sheet, change("set", field=field, value="x", base_rev=1)),
        lambda: afar.load(sheet),
        afar.about,
    ):
        with pytest.raises(StoreError, match="signed out"):
            call()


def test_a_lost_link_issued_again_signs_out_whoever_had_the_old_one(room):
    jose = room.join("José")
    afar = room.of(jose)
    candidate(afar, "A merger")
    room.devices.reissue(room.trainer, jose.id)
    with pytest.raises(StoreError, match="signed out"):
        afar.worksheets()


@pytest.mark.parametrize("ticket", ["", "made-up", "../../x"])
def test_a_ticket_that_was_never_bound_opens_nothing(room, ticket):
    candidate(room.of(room.join("José")), "Secret")
    stranger = remote_store(room.address, ticket)
    with closing(stranger), pytest.raises(StoreError, match="signed out"):
        stranger.worksheets()


@pytest.mark.parametrize(
    "name", ["commit", "committed", "undo", "resolve", "_call", "call", "__init__"]
)
def test_what_is_not_offered_can_not_be_called(room, name):
    device = room.sign_in(room.join("José"))
    room.tickets.bind("t", device)
    status, told = raw(room, "t", name, b"{}")
    assert status in {404, 409}
    assert told["error"] == "InputError"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"worksheet": 3}',
        b'{"worksheet": "x", "more": 1}',
        b'{"worksheet": NaN}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_hand_made_call_gets_one_sentence(room, body):
    room.tickets.bind("t", room.sign_in(room.join("José")))
    status, told = raw(room, "t", "load", body)
    assert (status, told["error"]) == (409, "InputError")
    assert "Traceback" not in told["text"]


@pytest.mark.parametrize("value", ["maybe", 3, ["yes"], {"a": 1}, True])
def test_a_forged_value_is_refused_where_it_would_be_saved(room, value):
    afar = room.of(room.join("José"))
    sheet, field = candidate(afar, "A merger")
    asked = field.replace("what", "urgent")
    before = afar.load(sheet)
    with pytest.raises(InputError) as refused:
        afar.apply(sheet, change("set", field=asked, value=value, base_rev=0))
    assert refused.value.field == asked
    assert afar.load(sheet) == before


@pytest.mark.parametrize("field", ["_example", "nothing", "candidates/none/what", "../x", ""])
def test_a_forged_field_is_refused(room, field):
    afar = room.of(room.join("José"))
    sheet, _ = candidate(afar, "A merger")
    with pytest.raises(InputError):
        afar.apply(sheet, change("set", field=field, value="x", base_rev=0))


@pytest.mark.parametrize(
    "name", ["O'Neil", "José", "Jose\u0301", "مريم", "🎈", "A$$B", "__proto__", "../../x", "CON"]
)
def test_odd_names_survive_unchanged(room, name):
    member = room.join(name)
    assert member.name == name
    assert room.cohorts.members(member.cohort)[-1].name == name


def test_who_can_see_it_is_said_as_the_class_was_made(room):
    told = room.of(room.join("José")).about().privacy
    assert "Acme" in told
    assert "group of five" in told
    assert "Nobody else" in told


def test_a_server_that_is_gone_is_said_in_one_sentence(tmp_path):
    with pytest.raises(StoreError, match="does not answer"):
        remote_store(f"unix:{tmp_path / 'none'}", "t").worksheets()


def test_a_connection_that_the_server_closed_meanwhile_is_made_anew(room):
    afar = room.of(room.join("José"))
    afar.worksheets()
    afar._connection.sock.shutdown(2)
    assert afar.worksheets() == []
    assert isinstance(afar._connection, http.client.HTTPConnection)


def breaks_down(*_):
    raise RuntimeError("a mistake of ours")


def test_a_mistake_of_ours_is_no_trouble_of_the_file_that_passes(
    room, monkeypatch, logged_tracebacks
):
    """A page sends again what the file could not take just now; this it would send for ever."""
    afar = room.of(room.join("José"))
    sheet, field = candidate(afar, "A merger")
    monkeypatch.setattr("playbook.server.cohort.kernel_api.calls.apply_change", breaks_down)
    with pytest.raises(PlaybookError) as error:
        afar.apply(sheet, change("set", field=field, value="x", base_rev=1))
    assert type(error.value) is PlaybookError
    logged_tracebacks.clear()


@pytest.mark.row("GAP-18")
@pytest.mark.parametrize("ever", ["now", "once"])
def test_no_export_brings_a_name_where_codes_are_asked_for(room, ever):
    elsewhere, code = open_store(None), "people/one/code"
    groups = elsewhere.create("workgroups", "Groups").id
    for value in ("Ann Lee", "H01") if ever == "once" else ("Ann Lee",):
        sets = (Set("people/one", 1.0, None), Set(code, value, None))
        elsewhere.commit(groups, Operation(str(uuid4()), "stranger", "set", 1, sets))
    afar = room.of(room.join("José"))
    with pytest.raises(InputError, match="line 1, Code: "):
        afar.import_(elsewhere.export())
    assert afar.worksheets() == []
