"""All files of a class: what each is, for whom, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from playbook.kit.case_papers import case_sheets, handout, reveals, role_cards
from playbook.kit.class_kit import ClassKit
from playbook.kit.fallback import voting_cards, without_network
from playbook.kit.guide import facilitator_guide
from playbook.kit.learning_papers import has_rounds, recall_cards, situations, situations_reveal
from playbook.kit.paper import PaperDocument
from playbook.kit.pdf_file import as_pdf_file
from playbook.kit.play_cards import play_cards
from playbook.kit.run_of_show import run_of_show
from playbook.kit.slides import slides
from playbook.kit.word_file import as_word_file
from playbook.kit.workbook import blank_workbook, filled_workbook
from playbook.model.errors import InputError
from playbook.model.vignettes import FormName
from playbook.model.wording import Words
from playbook.report.brief.archive import BEGINNING


@dataclass(frozen=True, slots=True)
class KitFile:
    """A file to be made: its path in the archive, its title. What is for learners holds neither a
    trainer's notes nor anything that a later step tells."""

    path: str
    title: str
    for_learners: bool
    make: Callable[[], bytes]

    @property
    def name(self) -> str:
        """Without its folder."""
        return self.path.rpartition("/")[2]


def kit_files(made: ClassKit) -> list[KitFile]:
    """The files of this class, in the order in which a trainer needs them."""
    return [*_for_trainers(made), *_for_learners(made)]


def _for_trainers(made: ClassKit) -> Iterator[KitFile]:
    def paper(name: str, build: Callable[[ClassKit], PaperDocument], key: str) -> KitFile:
        title = made.words.text(key)
        path = f"trainer/{name}.pdf"
        return KitFile(path, title, False, lambda: as_pdf_file(build(made), made.words))

    yield paper("run-of-show", run_of_show, "kit.run.title")
    yield paper("facilitator-guide", facilitator_guide, "kit.guide.title")
    if made.sheets:
        yield paper("play-cards", play_cards, "kit.play.title")
    several = len(made.sessions) > 1
    for number, session in enumerate(made.sessions, 1):
        name = f"slides-{number}" if several else "slides"
        title = made.words.text("kit.slides.name")
        title = f"{title}: {session.programme.title}" if several else title
        yield KitFile(f"trainer/{name}.pptx", title, False, partial(slides, made, session))
    if made.cases:
        yield paper("reveals", reveals, "kit.reveal.name")
    if has_rounds(made):
        yield paper("situations-reveal", situations_reveal, "kit.situations.reveal")
    if any(it.step.roles for session in made.sessions for it in session.steps):
        yield paper("role-cards", role_cards, "kit.roles.name")
    yield paper("if-the-network-is-gone", without_network, "kit.gone.title")


def _for_learners(made: ClassKit) -> Iterator[KitFile]:
    words = made.words
    if made.sheets:
        blank, filled = partial(blank_workbook, made), partial(filled_workbook, made)
        yield from _book("blank", words.text("kit.workbook.blank"), blank, words)
        yield from _book("filled", words.text("kit.workbook.filled"), filled, words)
    if made.choices.venue.cards:
        title = words.text("kit.cards.title")
        cards = partial(as_pdf_file, voting_cards(made), words)
        yield KitFile("learners/voting-cards.pdf", title, True, cards)
    if has_rounds(made):
        forms: tuple[FormName, ...] = ("a", "b")
        for form in forms:
            title = words.text("kit.situations.form", form=form.upper())
            round_paper = partial(as_pdf_file, situations(made, form), words)
            yield KitFile(f"learners/situations-{form}.pdf", title, True, round_paper)
        cards = partial(as_pdf_file, recall_cards(made), words)
        yield KitFile(
            "learners/cards-for-later.pdf", words.text("kit.situations.cards"), True, cards
        )
    for sheet in case_sheets(made):
        path = f"learners/handouts/case-{sheet.case_number}-step-{sheet.number}.pdf"
        title = f"{words.text('kit.handout.name')} {sheet.case_number}.{sheet.number}"
        yield KitFile(path, title, True, partial(as_pdf_file, handout(made, sheet), words))


def _book(
    name: str, title: str, build: Callable[[], PaperDocument], words: Words
) -> Iterator[KitFile]:
    path = f"learners/workbook-{name}"
    yield KitFile(f"{path}.pdf", title, True, lambda: as_pdf_file(build(), words))
    yield KitFile(f"{path}.docx", title, True, lambda: as_word_file(build(), words))


def one_file(made: ClassKit, path: str) -> KitFile:
    """The file of that path; InputError where there is none."""
    files = kit_files(made)
    found = next((it for it in files if it.path == path), None)
    if found is None:
        known = ", ".join(it.path for it in files)
        raise InputError(made.words.text("kit.error.file", given=path, known=known), "file")
    return found


def as_zip(made: ClassKit) -> bytes:
    """All files in one archive; the same bytes for the same choices."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for file in kit_files(made):
            part = ZipInfo(file.path, BEGINNING)
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, file.make())
    return out.getvalue()
