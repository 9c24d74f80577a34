-- Who is asked, as it was chosen from a list.
CREATE TABLE population (
    wave TEXT PRIMARY KEY REFERENCES wave (name),
    register_list BIGINT NOT NULL REFERENCES register_list (id),
    taken BIGINT NOT NULL,
    taken_by TEXT NOT NULL,
    document TEXT NOT NULL
);

-- Whom to write to: apart from answers, and never exported with them.
CREATE TABLE contact (
    wave TEXT NOT NULL REFERENCES wave (name),
    municipality TEXT NOT NULL,
    document TEXT NOT NULL,
    changed BIGINT NOT NULL,
    objected BIGINT,
    bounced BIGINT,
    bounce TEXT,
    PRIMARY KEY (wave, municipality)
);

-- Addresses whose owners object, as SHA-256: they hold for every wave and every later import.
CREATE TABLE objection (
    address TEXT PRIMARY KEY,
    at BIGINT NOT NULL
);

-- A file of contacts that was looked at and waits for its button.
CREATE TABLE contact_import (
    hash TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (name),
    made BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    document TEXT NOT NULL
);

-- Further links and codes of an invitation, as hashes: a reminder's link works beside the first one.
CREATE TABLE invitation_access (
    hash TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (name),
    municipality TEXT NOT NULL,
    made BIGINT NOT NULL
);

CREATE INDEX invitation_access_of ON invitation_access (wave, municipality);

-- The code of a channel with which a municipality came.
ALTER TABLE invitation ADD COLUMN arrived TEXT;

-- Texts of mails and letters where a wave has its own.
CREATE TABLE wave_text (
    wave TEXT NOT NULL REFERENCES wave (name),
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (wave, kind)
);

-- What was written to whom: once for each kind and round, whatever is pressed twice.
CREATE TABLE mailing (
    wave TEXT NOT NULL REFERENCES wave (name),
    municipality TEXT NOT NULL,
    kind TEXT NOT NULL,
    round BIGINT NOT NULL,
    at BIGINT NOT NULL,
    mail BIGINT,
    PRIMARY KEY (wave, municipality, kind, round)
);

CREATE INDEX mailing_mail ON mailing (mail);

-- A mail that was not taken for now waits until not_before; claimed is the moment in which it was last handed over.
ALTER TABLE mail ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mail ADD COLUMN attempts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mail ADD COLUMN claimed BIGINT;
