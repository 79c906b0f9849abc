"""Files with lists of people as they come: understood on the board, or refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from .axe import faults
from .conftest import Tab
from .test_groups import listened, to_board


def workbook(rows: list[list[Any]], **parts: bytes) -> bytes:
    """An Excel file of these rows; `parts` replaces parts of it."""
    from openpyxl import Workbook

    book, whole, changed = Workbook(), io.BytesIO(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one.filename, parts.get(Path(one.filename).stem, old.read(one)))
    return changed.getvalue()


HEADS = ["Name", "Code", "Area"]
LIST = [HEADS, ["Zebedee Quill", "K1", "Claims"], ["Zebedee Quill", "", "3,5"], ["NA", "", "=1+1"]]
UNDERSTOOD = [
    ["K1", "Claims", "Zebedee Quill"],
    ["P01", "3,5", "Zebedee Quill"],
    ["P02", "=1+1", "NA"],
]
SEMICOLONS = "\r\n".join(";".join(map(str, row)) for row in LIST)
FILES = {
    "utf8-mark": SEMICOLONS.encode("utf-8-sig"),
    "utf16": SEMICOLONS.encode("utf-16"),
    "utf16-bare": SEMICOLONS.encode("utf-16-le"),
    "tabs": SEMICOLONS.replace(";", "\t").encode(),
    "quoted": "\n".join(",".join(f'"{it}"' for it in row) for row in LIST).encode(),
    "xlsx": workbook(
        [[f"'{it}"[1:] if str(it).startswith("=") else it for it in row] for row in LIST[:3]]
    ),
}
REFUSED = {
    "bomb.xlsx": (workbook(LIST[:2], sheet1=b" " * 30_000_000), "file_unpacked"),
    "formula.xlsx": (workbook([HEADS, ["Ann", "K1", "=A1"]]), "file_formula"),
    "cut.xlsx": (workbook(LIST[:2])[:-60], "file_broken"),
    "old.xls": (b"\xd0\xcf\x11\xe0" + bytes(600), "file_old"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "file_broken"),
    "many.csv": (b"Code,Area\n" + b"".join(b"K%d,Lab\n" % at for at in range(5_000)), "paste_many"),
    "wide.csv": (b"Code,Area\nK1,Lab,north\n", "paste_wide"),
    "nothing.csv": (b"one,two\n1,2\n", "paste_none"),
}


def chosen_file(tab: Tab, name: str, data: bytes) -> None:
    given = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    tab.dialog.get_by_label(tab.say("workgroups.paste_file")).set_input_files(given)


def test_files_from_everywhere_are_understood_or_refused_in_one_sentence(
    new_tab: Callable[..., Tab],
) -> None:
    tab, sent = listened(new_tab)
    to_board(tab)
    tab.button("workgroups.paste").click()
    status = tab.dialog.get_by_role("status")
    for name, data in FILES.items():
        chosen_file(tab, f"{name}.xlsx" if name == "xlsx" else f"{name}.csv", data)
        rows = UNDERSTOOD[:2] if name == "xlsx" else UNDERSTOOD
        expect(status).to_contain_text(f"People: {len(rows)}.")
        cells = tab.dialog.locator("tbody tr").all()
        assert [one.locator("td").all_text_contents() for one in cells] == rows, name
    for name, (data, key) in REFUSED.items():
        chosen_file(tab, name, data)
        expect(status).to_have_text(tab.like(f"workgroups.{key}"))
        expect(tab.dialog.locator("tbody")).to_be_hidden()
    chosen_file(tab, "again.xlsx", FILES["xlsx"])
    assert faults(tab.page) == []
    tab.dialog.get_by_role("button", name=tab.say("workgroups.paste_ok")).click()
    expect(tab.page.locator(".groups-board .person")).to_have_count(2)
    tab.saved()
    assert sorted(tab.values("area")) == ["3,5", "Claims"]
    assert not any("Quill" in one for one in sent)
