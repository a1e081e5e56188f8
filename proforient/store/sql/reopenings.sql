-- One row is a day until which a closed period takes the files of one organisation again; oldest first.
SELECT r.organisation, r.last_day, r.reason, r.author, r.happened_at
FROM reopening AS r
WHERE r.period_id = $period
ORDER BY r.reopening_id
