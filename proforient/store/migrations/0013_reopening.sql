-- For one late organisation a closed collection is open again until a day of its own; for the others it stays closed.

CREATE TABLE reopening (                 -- only added to: the newest row of an organisation in a period holds
  reopening_id BIGINT NOT NULL,
  period_id BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,
  last_day DATE NOT NULL,                -- by the clocks of its territory; a day that is over closes it
  reason VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);
