-- Who issues the documents of a territory: the words of letterhead, ground and signature in the cases that are needed.
-- Nothing is overwritten: of a territory the newest row is in force.

CREATE TABLE office (                    -- what is empty is printed as a place to fill
  office_id BIGINT NOT NULL,
  territory VARCHAR NOT NULL,
  letterhead VARCHAR NOT NULL,           -- a line each
  name VARCHAR NOT NULL,                 -- of the office, nominative
  name_gen VARCHAR NOT NULL,             -- of the office, genitive
  address VARCHAR NOT NULL,              -- a line each
  territory_gen VARCHAR NOT NULL,
  territory_prep VARCHAR NOT NULL,       -- prepositional
  city VARCHAR NOT NULL,                 -- where documents are signed
  ground VARCHAR NOT NULL,               -- the order that the monitoring rests on
  post VARCHAR NOT NULL,                 -- of whoever signs, a line each; never a name
  posts VARCHAR NOT NULL,                -- posts and offices, a line each: nominative | accusative | dative
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);
