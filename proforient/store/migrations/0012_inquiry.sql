-- What the department asks about single numbers of a report, and what the school says to it.

CREATE TABLE inquiry (                   -- only added to: the newest row of a cell says how it stands
  inquiry_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,
  count VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL,
  answered BOOLEAN NOT NULL,             -- FALSE: asked by the department; TRUE: said by the school
  words VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);
