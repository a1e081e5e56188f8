SELECT
  (SELECT count(*) FROM part WHERE organisation = $code) AS parts,
  (SELECT count(*) FROM report WHERE organisation = $code) AS reports,
  (SELECT count(*) FROM contingent WHERE organisation = $code) AS contingent,
  (SELECT count(*) FROM judgement WHERE organisation = $code) AS judgements,
  (SELECT count(*) FROM alias WHERE organisation = $code OR (kind = 'organisation' AND meaning = $code)) AS aliases,
  (SELECT count(*) FROM account WHERE organisation = $code) AS accounts,
  (SELECT count(*) FROM organisation WHERE part_of = $code) AS branches
