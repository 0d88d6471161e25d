-- Translation memory: sentences that a person corrected or that came from a TMX file, each with its
-- translation. Texts are compared in the application, byte by byte; see web/memory/.

-- The memory of one owner (a key's name; '' while there are no keys) for a pair of languages.
CREATE TABLE memories (
    id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    owner       VARCHAR(64)  NOT NULL,
    source_lang VARCHAR(16)  NOT NULL,
    target_lang VARCHAR(16)  NOT NULL,
    version     INT UNSIGNED NOT NULL DEFAULT 0,    -- counts its changes
    remember    TINYINT      NOT NULL DEFAULT 1,    -- whether corrections become entries
    entries     INT UNSIGNED NOT NULL DEFAULT 0,    -- that are not deleted
    shared      INT UNSIGNED NOT NULL DEFAULT 0,    -- of these, those that everybody sees
    UNIQUE KEY whose (owner, source_lang, target_lang)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE memory_entries (
    id          BIGINT UNSIGNED  NOT NULL AUTO_INCREMENT PRIMARY KEY,
    memory_id   INT UNSIGNED     NOT NULL,
    shared      TINYINT          NOT NULL,
    source      TEXT             NOT NULL,
    target      TEXT             NOT NULL,
    source_hash BIGINT UNSIGNED  NOT NULL,          -- of the pair and the normalised source
    before_hash BIGINT UNSIGNED  NOT NULL,          -- of the sentence before it; 0: there is none
    after_hash  BIGINT UNSIGNED  NOT NULL,
    entry_hash  BINARY(16)       NOT NULL,          -- of source, target and context
    origin      VARCHAR(16)      NOT NULL,          -- correction, tmx, api
    made_at     DATETIME(3)      NOT NULL,
    used_on     DATE             NULL,              -- the last day
    deleted_at  DATETIME(3)      NULL,
    UNIQUE KEY entry (memory_id, entry_hash),
    KEY listed (memory_id, id),
    KEY source (source_hash, memory_id),
    KEY deleted (deleted_at),
    CONSTRAINT entry_of FOREIGN KEY (memory_id) REFERENCES memories (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

-- By what similar sentences are found: each entry has up to six of these (web/memory/features.py).
-- No foreign key: rows come and go with their entries, and a check of each would take longer than
-- all the rest.
CREATE TABLE memory_features (
    feature  INT UNSIGNED    NOT NULL,
    entry_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (feature, entry_id)
) ENGINE = InnoDB;

-- Whose memory a translation is made with; NULL: with none.
ALTER TABLE translations ADD COLUMN memory_owner VARCHAR(64) NULL;

INSERT INTO schema_migrations (number) VALUES (10);
