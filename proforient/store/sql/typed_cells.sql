-- One row is a cell that somebody typed into the form on the page and has not handed in.
SELECT t.organisation, t.count AS counted, t.level, t.cohort, t.words, t.author, t.happened_at
FROM typed_cell AS t
WHERE t.period_id = $period AND t.organisation = $organisation
