-- The text of a catalogue by its hash, as snapshots were made by it.
SELECT body FROM catalogue_text WHERE sha256 = $sha
