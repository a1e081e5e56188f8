"""The script that Streamlit runs for every view of every page; ``page_frame``, imported once, does the work."""

from proforient.web import page_frame

page_frame.run()
