-- What the department drafts and issues, and what becomes of the decisions in it. Nothing is overwritten: of a key the
-- newest row is in force.

CREATE TABLE document_draft (            -- a version of a draft
  version_id BIGINT NOT NULL,
  draft BIGINT NOT NULL,                 -- identifier of the draft's first version
  version INTEGER NOT NULL,              -- from 1
  kind VARCHAR NOT NULL,
  period VARCHAR NOT NULL,
  territory VARCHAR NOT NULL,
  audience VARCHAR NOT NULL,
  body VARCHAR NOT NULL,                 -- its contents as canonical JSON, see docs/stored-forms.md
  follows BIGINT,                        -- the issued document that it follows from
  corrects BIGINT,                       -- the issued document that it is to replace
  kept BOOLEAN NOT NULL,                 -- FALSE: put away
  change VARCHAR NOT NULL,               -- what this version changed, in words
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE issued_document (
  issued_id BIGINT NOT NULL,
  draft BIGINT NOT NULL,
  version INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  period VARCHAR NOT NULL,
  territory VARCHAR NOT NULL,
  audience VARCHAR NOT NULL,
  day DATE NOT NULL,                     -- of the document
  snapshot_id BIGINT NOT NULL,           -- the frozen results that it states
  body VARCHAR NOT NULL,                 -- its contents, as in a draft
  file_name VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,               -- of the Word file
  file_size BIGINT NOT NULL,             -- bytes
  follows BIGINT,
  corrects BIGINT,
  changes VARCHAR NOT NULL,              -- what it changes of the one that it corrects, a line each
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE document_number (           -- what the office has given an issued document
  document_number_id BIGINT NOT NULL,
  issued BIGINT NOT NULL,
  number VARCHAR NOT NULL,
  day DATE,
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE footnote (                  -- a code beside a figure of an issued document
  issued BIGINT NOT NULL,
  code VARCHAR NOT NULL,
  indicator VARCHAR NOT NULL,
  level VARCHAR NOT NULL,
  cohort VARCHAR NOT NULL
);

CREATE TABLE measure (                   -- an item of an issued document as it is to be carried out
  measure_row_id BIGINT NOT NULL,
  measure BIGINT NOT NULL,               -- identifier of its first row
  issued BIGINT NOT NULL,                -- the document in which it stands so
  item VARCHAR NOT NULL,                 -- key of the item in the contents
  place INTEGER NOT NULL,                -- in the document, from 1
  number VARCHAR NOT NULL,               -- as the document has it: «2.1»
  words VARCHAR NOT NULL,
  addressee VARCHAR NOT NULL,            -- code, or the words of an office
  responsible VARCHAR NOT NULL,          -- a post or an office, never a person
  due VARCHAR NOT NULL,                  -- form of the deadline
  due_told VARCHAR NOT NULL,             -- the deadline in words
  due_on DATE,                           -- the last day that is in time; NULL: none
  organisations VARCHAR,                 -- codes of those that answer for it, joined by commas; NULL: the department
  kept BOOLEAN NOT NULL,                 -- FALSE: the text that was adopted has it no more
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);

CREATE TABLE measure_answer (            -- what somebody said of how far a measure has come
  measure_answer_id BIGINT NOT NULL,
  measure BIGINT NOT NULL,
  organisation VARCHAR NOT NULL,         -- empty: the department
  state VARCHAR NOT NULL,
  comment VARCHAR NOT NULL,
  evidence VARCHAR NOT NULL,             -- name of a file, or an address
  sha256 VARCHAR,                        -- of that file
  file_size BIGINT,                      -- bytes
  author VARCHAR NOT NULL,
  happened_at TIMESTAMP NOT NULL
);
