-- One row is the text of a catalogue that snapshots were made by.
SELECT body FROM catalogue_text WHERE sha256 = $sha::VARCHAR
