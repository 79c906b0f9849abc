"""The catalyst sheet in Streamlit: `streamlit run benchmarks/peers/streamlit_app.py`."""

from __future__ import annotations

from datetime import date

import streamlit as st

from benchmarks.peers.worksheet import (
    InputError,
    Worksheet,
    first_screen,
    longest,
    options,
    sheet,
)
from playbook.model import Question

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


def keep(question: str) -> None:
    """Save what was just answered, before the page is drawn again."""
    state = st.session_state
    try:
        value = state[_key(question)]
        state.row = state.worksheet.answer(state.row, question, value)
        state.problem = ""
    except InputError as error:
        state.problem = str(error)


def _key(question: str) -> str:
    state = st.session_state
    return f"{state.worksheet.place(state.row)}/{question}"


def ask(question: Question) -> None:
    """One question with its control."""
    key, state = _key(question.id), st.session_state
    if key not in state:  # Streamlit forgets a control that was not drawn for a while
        given = state.worksheet.answered(state.row, question.id)
        state[key] = date.fromisoformat(given) if given and question.kind == "date" else given
    told = {"key": key, "help": question.why, "on_change": keep, "args": (question.id,)}
    if choices := options(question):
        labels = {choice: label for label, choice in choices.items()}
        st.radio(question.text, list(labels), format_func=labels.__getitem__, index=None, **told)
    elif question.kind == "date":
        st.date_input(question.text, value=None, min_value=EARLIEST, max_value=LATEST, **told)
    elif question.kind == "long_text":
        st.text_area(question.text, max_chars=longest(question), **told)
    else:
        st.text_input(question.text, max_chars=longest(question), **told)


def candidates(worksheet: Worksheet) -> None:
    """Which candidate is being filled in, and another one."""
    names = dict(zip(worksheet.rows, (c["Candidate"] for c in worksheet.candidates()), strict=True))
    pick, add = st.columns([3, 1], vertical_alignment="bottom")
    if add.button("Add a candidate"):
        st.session_state.row = worksheet.add()
        st.rerun()
    rows = list(names)
    picked = pick.selectbox(
        "Candidate", rows, index=rows.index(st.session_state.row), format_func=names.__getitem__
    )
    if picked != st.session_state.row:
        st.session_state.row = picked
        st.rerun()


def says(worksheet: Worksheet) -> None:
    """Verdict, table and chart."""
    st.markdown(worksheet.verdict())
    st.table(worksheet.candidates())
    if chart := worksheet.chart():
        st.vega_lite_chart(spec=chart)


def page() -> None:
    """The form beside what it says."""
    st.set_page_config(sheet().title, layout="wide")
    if "worksheet" not in st.session_state:
        st.session_state.worksheet = Worksheet()
        st.session_state.row = st.session_state.worksheet.rows[0]
        st.session_state.problem = ""
    worksheet = st.session_state.worksheet
    form, side = st.columns([3, 2])
    with form:
        st.title(sheet().headline)
        st.markdown(sheet().intro)
        candidates(worksheet)
        asked = worksheet.asked(st.session_state.row)
        for question in first_screen():
            if question.id in asked:
                ask(question)
        st.caption(st.session_state.problem or worksheet.saved())
    with side:
        says(worksheet)


page()
