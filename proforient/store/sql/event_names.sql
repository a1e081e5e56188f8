-- One row is a list of the events of a territory, newest first; the first of a territory is in force.
SELECT e.territory, e.names, e.author, e.happened_at
FROM event_names AS e
ORDER BY e.event_names_id DESC
