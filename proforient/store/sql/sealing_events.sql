-- One row is an event that says what became of rows, oldest first.
SELECT e.event_id, e.action, e.detail
FROM event AS e
WHERE contains(e.detail, '"sealed":')
ORDER BY e.event_id
