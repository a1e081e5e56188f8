-- One row is a current cell that the values at hand are going to replace, with the submission that gave it.
SELECT v.organisation, v.count AS counted, v.level, v.cohort, v.number, v.reason, p.submission_id, s.sha256
FROM current_value AS v
JOIN part AS p ON p.part_id = v.part_id
JOIN submission AS s ON s.submission_id = p.submission_id
WHERE v.period_id = $period
  AND p.period_id = $period AND p.organisation IN (SELECT unnest($organisations::VARCHAR[]))
  AND (v.organisation, v.count, v.level, v.cohort) IN (
    SELECT (unnest($organisations::VARCHAR[]), unnest($counts::VARCHAR[]),
      unnest($levels::VARCHAR[]), unnest($cohorts::VARCHAR[])))
ORDER BY p.submission_id DESC
