-- One row is the sentence with which a person answered a warning of a submission.
SELECT submission_id, finding, words FROM explanation
WHERE submission_id IN (SELECT unnest($submissions::BIGINT[]))
