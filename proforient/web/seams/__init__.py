"""What the program needs of Streamlit and of its server that they do not promise, one file for each such seam.

Each file says what it needs, why, and what is without it, and ``lacking`` finds out whether it is there. A seam that is
no longer there never stops the start: less is shown, or a function that would be unsafe is refused; the log and
``doctor`` say which. ``docs/upgrading.md`` says how a newer Streamlit is taken.
"""
