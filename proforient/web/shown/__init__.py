"""What guests see: one light, self-contained HTML file a link, made once a minute at most; no cookie is read."""
