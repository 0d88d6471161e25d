-- Glossaries: how the terms of a language pair are to be translated. One belongs to a key, by its
-- name ('' while there are no keys), and can be shared with all others. A glossary of several
-- pairs, as DeepL's interface has them, is a row for each, with one public id.

CREATE TABLE glossaries (
    id          BIGINT UNSIGNED  NOT NULL AUTO_INCREMENT PRIMARY KEY,
    public_id   CHAR(36)         CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    owner       VARCHAR(64)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    shared      TINYINT UNSIGNED NOT NULL DEFAULT 0,
    name        VARCHAR(200)     NOT NULL,
    source_lang VARCHAR(16)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    target_lang VARCHAR(16)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    is_default  TINYINT UNSIGNED NOT NULL DEFAULT 0,  -- of its owner and pair, where none is named
    version     INT UNSIGNED     NOT NULL DEFAULT 1,  -- one more with each change of its terms
    terms       INT UNSIGNED     NOT NULL DEFAULT 0,  -- that it has now
    oldest      INT UNSIGNED     NOT NULL DEFAULT 1,  -- version whose terms are all still here
    created_at  DATETIME(3)      NOT NULL,
    changed_at  DATETIME(3)      NOT NULL,
    deleted_at  DATETIME(3)      NULL,
    UNIQUE KEY public_id (public_id, source_lang, target_lang),
    KEY owned (owner, deleted_at),
    KEY shared (shared, deleted_at),
    KEY defaults (is_default, deleted_at),
    KEY deleted (deleted_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Its terms, those of earlier versions among them: a version has the terms that came with it or
-- before, and did not go until it. A changed term is a row that ends and one that begins, so the
-- rows are the history.
CREATE TABLE terms (
    id            BIGINT UNSIGNED  NOT NULL AUTO_INCREMENT PRIMARY KEY,
    glossary_id   BIGINT UNSIGNED  NOT NULL,
    -- Digest of the source as it is compared; NULL in a row that has ended, so that a version has
    -- a source once.
    source_key    CHAR(32)         CHARACTER SET ascii COLLATE ascii_bin NULL,
    source        VARCHAR(500)     NOT NULL,
    target        VARCHAR(500)     NOT NULL,
    match_case    TINYINT UNSIGNED NOT NULL DEFAULT 0,
    inflected     TINYINT UNSIGNED NOT NULL DEFAULT 1,
    compounds     TINYINT UNSIGNED NOT NULL DEFAULT 0,
    note          VARCHAR(2000)    NOT NULL DEFAULT '',
    since_version INT UNSIGNED     NOT NULL,
    until_version INT UNSIGNED     NULL,
    replaces      BIGINT UNSIGNED  NULL,                -- the row of the same term before its change
    changed_by    VARCHAR(64)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    changed_at    DATETIME(3)      NOT NULL,
    removed_by    VARCHAR(64)      CHARACTER SET ascii COLLATE ascii_bin NULL,
    removed_at    DATETIME(3)      NULL,
    UNIQUE KEY source_key (glossary_id, source_key),
    KEY since (glossary_id, since_version, id),
    KEY until (glossary_id, until_version, id),
    KEY replaces (replaces),
    KEY removed_at (removed_at),
    CONSTRAINT term_of FOREIGN KEY (glossary_id) REFERENCES glossaries (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

-- The glossary that a translation is made with, in the version that it had then. That one may be
-- purged in the meantime, so this is no foreign key.
ALTER TABLE translations
    ADD COLUMN glossary_id BIGINT UNSIGNED NULL,
    ADD COLUMN glossary_version INT UNSIGNED NULL;

INSERT INTO schema_migrations (number) VALUES (9);
