-- A remembered answer binds the one who gave it: an organisation its own files, the department the territory.

CREATE TABLE own_answer (                -- answers of people without an account: each binds its author's files only
  alias_id BIGINT NOT NULL
);

-- What an organisation's account answered in a file sent for nobody in particular is its own.
UPDATE alias SET organisation = account.organisation
FROM account
WHERE alias.organisation = '' AND account.role = 'organisation' AND account.organisation IS NOT NULL
  AND account.login = split_part(alias.author, ' (', 1);
