-- A territory's own words for what is advised: its changes of the catalogue's recommendations, those of its own, and
-- the events of its region. Nothing is overwritten: of a key the newest row is in force.

CREATE TABLE amendment (                 -- NULL in a column from words to shown: as in the catalogue
  amendment_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  territory VARCHAR NOT NULL,            -- holds for those below it that have none of their own
  action VARCHAR NOT NULL,               -- code in the catalogue; «own-…» of a recommendation of the territory itself
  words VARCHAR,
  addressee VARCHAR,
  responsible VARCHAR,                   -- a post or an office, never a person
  due VARCHAR,                           -- form of the deadline
  due_date DATE,                         -- of the form «day»
  due_day VARCHAR,                       -- month and day of the form «next_day»
  place INTEGER,                         -- in the list of the territory, from 1
  shown BOOLEAN,
  answers VARCHAR,                       -- codes of problems, joined by commas; of a recommendation of its own only
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE event_names (               -- the events that a territory's recommendations name
  event_names_id BIGINT NOT NULL,
  territory VARCHAR NOT NULL,
  names VARCHAR NOT NULL,                -- a line each; empty: the general form
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);
