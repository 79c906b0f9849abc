"""The catalyst sheet once more, in Panel, Solara, Streamlit and stock ipywidgets: what we are
compared with. Each is written as its framework wants it; content, rules and store are ours."""
