-- Every release that has left the house in an edition, with the report of its audit: later audits ask what it says
-- together with theirs, also when the edition is published again.
CREATE TABLE published_release (
    edition TEXT NOT NULL,
    published BIGINT NOT NULL,
    wave TEXT NOT NULL,
    document TEXT NOT NULL,
    audit TEXT NOT NULL,
    PRIMARY KEY (edition, published)
);

-- The report of the audit that a wave's release passed when the wave was closed.
CREATE TABLE audited (
    wave TEXT PRIMARY KEY REFERENCES wave (name),
    document TEXT NOT NULL
);
