-- One row is a figure of the catalogue, as the store last took it, and whom it asks.
SELECT indicator, level, cohort, source, kinds, since, until, known
FROM figure WHERE catalogue = $catalogue
