-- One row is an organisation that was joined to another: the newest said of it, where that holds.
SELECT m.organisation, m.successor, m.day, m.closed_before, m.logins, m.author, m.happened_at
FROM merger AS m
QUALIFY row_number() OVER (PARTITION BY m.organisation ORDER BY m.merger_id DESC) = 1 AND m.kept
