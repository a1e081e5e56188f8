"""The script that Streamlit runs for every view of every page; the work is in ``frame``, which is imported once."""

from proforient.web import frame

frame.run()
