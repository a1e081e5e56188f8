-- One row is the state of an organisation's report of the period; who has sent nothing is not among them.
SELECT r.organisation, r.state
FROM report AS r
WHERE r.period_id = $period
  AND ($organisations::VARCHAR[] IS NULL OR r.organisation IN (SELECT unnest($organisations::VARCHAR[])))
