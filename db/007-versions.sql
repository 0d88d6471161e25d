-- A translation of a newer version of a text: sentences that the older one's translation has are
-- taken from there. That one may be purged in the meantime, so this is no foreign key.

ALTER TABLE translations ADD COLUMN previous_id BIGINT UNSIGNED NULL;

-- How a document is read and given back, as JSON: see web/documents/options.py.
ALTER TABLE documents ADD COLUMN options VARCHAR(8000) NOT NULL DEFAULT '{}';

INSERT INTO schema_migrations (number) VALUES (7);
