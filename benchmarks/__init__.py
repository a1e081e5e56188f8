"""Speed and size of pages beside a bare Streamlit page, measured in one run; ``make bench`` and ``make soak``."""
