-- What each API key has had translated, in characters of the source, by calendar month (UTC).
-- Keys themselves are in a file (API_KEYS_FILE); here is only their name.

CREATE TABLE spending (
    name       VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    month      CHAR(7)         CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- 2026-01
    characters BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (name, month)
) ENGINE = InnoDB;

INSERT INTO schema_migrations (number) VALUES (4);
