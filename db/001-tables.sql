-- The tables (see README.md, "How it works"). The same SQL runs on MySQL 9.7 and MariaDB 10.11.
-- Times are UTC with milliseconds. Text is compared without regard to case or accents in
-- searches only; keys are compared byte by byte.

CREATE TABLE schema_migrations (
    number     SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
    applied_at DATETIME(3)       NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) ENGINE = InnoDB;

-- One thing that a user asked for.
CREATE TABLE translations (
    id            BIGINT UNSIGNED  NOT NULL AUTO_INCREMENT PRIMARY KEY,
    request_key   CHAR(32)         CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at    DATETIME(3)      NOT NULL,
    finished_at   DATETIME(3)      NULL,
    title         VARCHAR(200)     NOT NULL,
    source_lang   VARCHAR(16)      NOT NULL,
    target_lang   VARCHAR(16)      NOT NULL,
    model         VARCHAR(100)     NOT NULL,
    origin        VARCHAR(32)      NOT NULL,            -- the door it came through: page, api, …
    characters    BIGINT UNSIGNED  NOT NULL DEFAULT 0,
    passages      INT UNSIGNED     NOT NULL DEFAULT 0,  -- that have arrived so far
    passages_done INT UNSIGNED     NOT NULL DEFAULT 0,  -- translated, or failed for good
    -- receiving: its text is still arriving; interrupted: it stopped arriving before its end
    status        ENUM ('receiving', 'running', 'done', 'cancelled', 'interrupted') NOT NULL,
    UNIQUE KEY request_key (request_key),
    KEY status (status, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Its passages: what is stored, claimed, retried and streamed.
CREATE TABLE passages (
    translation_id BIGINT UNSIGNED  NOT NULL,
    seq            INT UNSIGNED     NOT NULL,           -- from 0, without gaps
    source         MEDIUMTEXT       NOT NULL,
    target         MEDIUMTEXT       NULL,
    score          FLOAT            NULL,               -- mean of its segments' scores, 0 to 1
    status         ENUM ('open', 'done', 'failed') NOT NULL,
    claimed_by     CHAR(32)         CHARACTER SET ascii COLLATE ascii_bin NULL,
    claimed_until  DATETIME(3)      NULL,               -- after this the claim is void
    attempts       TINYINT UNSIGNED NOT NULL DEFAULT 0,
    PRIMARY KEY (translation_id, seq),
    KEY claim (translation_id, status, seq),
    FULLTEXT KEY text (source, target),
    CONSTRAINT passage_of FOREIGN KEY (translation_id) REFERENCES translations (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;

INSERT INTO schema_migrations (number) VALUES (1);
