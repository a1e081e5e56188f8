-- One row is the sentence with which a person answered a warning of a submission.
SELECT finding, words FROM explanation WHERE submission_id = $submission
