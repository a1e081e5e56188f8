-- One row is the code of an organisation of $codes, of a head of one of them, or of a branch of any of these.
WITH family AS (
  SELECT o.code FROM organisation AS o WHERE o.code IN (SELECT unnest($codes::VARCHAR[]))
  UNION
  SELECT o.part_of FROM organisation AS o WHERE o.code IN (SELECT unnest($codes::VARCHAR[])) AND o.part_of IS NOT NULL
)
SELECT code FROM family
UNION
SELECT o.code FROM organisation AS o WHERE o.part_of IN (SELECT code FROM family)
-- order: codes, read by no person
ORDER BY ALL
