"""What the catalyst's page says, as its tests look for it."""

from tests.browser.labels import ask, like, of_row, section

WHAT, BREAK = ask("catalyst", "what"), ask("catalyst", "breaks")
URGENT, BY_WHEN, LOSS = (ask("catalyst", one) for one in ("urgent", "by_when", "loss"))
ADD, THIS = (of_row(f"form.row_{one}", "catalyst", "candidates") for one in ("add", "menu"))
WORK = section("catalyst", "work")
EVIDENCE = section("catalyst", "evidence")
THIS_WORK = of_row("form.row_menu", "catalyst", "work_items")
SAVED = like("form.save_saved")
