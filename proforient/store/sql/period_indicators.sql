-- One row is an indicator that a period asks; a period without any asks all that the catalogue does.
SELECT period_id, indicator
FROM period_indicator
