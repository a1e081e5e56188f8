-- One row is a kind of record that speaks of an organisation.
SELECT DISTINCT what FROM (
  SELECT 'part' AS what FROM part WHERE organisation = $code
  UNION ALL SELECT 'report' FROM report WHERE organisation = $code
  UNION ALL SELECT 'typed' FROM typed_cell WHERE organisation = $code
  UNION ALL SELECT 'contingent' FROM contingent WHERE organisation = $code
  UNION ALL SELECT 'judgement' FROM judgement WHERE organisation = $code
  UNION ALL SELECT 'alias' FROM alias WHERE organisation = $code OR (kind = 'organisation' AND meaning = $code)
  UNION ALL SELECT 'measure' FROM measure_answer WHERE organisation = $code
  UNION ALL SELECT 'measure' FROM measure WHERE list_contains(string_split(organisations, ','), $code)
  UNION ALL SELECT 'account' FROM account WHERE organisation = $code
  UNION ALL SELECT 'reminder' FROM reminder WHERE organisation = $code
  UNION ALL SELECT 'mailbox' FROM (
    SELECT arg_max(email, mailbox_id) AS email FROM mailbox WHERE organisation = $code
  ) WHERE email <> ''
  UNION ALL SELECT 'merger' FROM merger WHERE organisation = $code OR successor = $code
  UNION ALL SELECT 'branch' FROM organisation WHERE part_of = $code
)
