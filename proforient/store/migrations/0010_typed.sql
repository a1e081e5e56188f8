-- What a school has typed into its form on the page and not handed in yet: no value, no report, in no sum.

CREATE TABLE typed_cell (                -- one row a cell of an organisation's form in a period; the newest text only
  period_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,
  count VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  words VARCHAR NOT NULL,                -- as it was typed; empty: it was wiped
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);
