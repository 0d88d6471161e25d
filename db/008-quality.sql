-- How a translation is decoded: fast, or as well as the model can (NULL).

ALTER TABLE translations ADD COLUMN quality VARCHAR(16) NULL;

INSERT INTO schema_migrations (number) VALUES (8);
