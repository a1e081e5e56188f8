-- One row is a count's part in an indicator at a level, as the store last took it from the catalogue.
SELECT indicator, kind, role, count AS counted, good, level, kinds, parts
FROM component WHERE catalogue = $catalogue
-- order: to be compared
ORDER BY ALL
