"""The first view of a live page, drawn by the server: it stands until the page itself is drawn in its place."""
