-- One row is the event since which the log says how every table stands; none in a store of an earlier version.
SELECT e.event_id
FROM event AS e
WHERE contains(e.detail, '"sealed_whole":true')
ORDER BY e.event_id
LIMIT 1
