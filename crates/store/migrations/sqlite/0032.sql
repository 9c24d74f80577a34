-- What researchers decided about the questions of two waves, question by question: each has its own version, so that two
-- who decide at once overwrite nothing. An empty document is a decision that was taken back.
CREATE TABLE lineage (
    earlier TEXT NOT NULL REFERENCES wave (name),
    later TEXT NOT NULL REFERENCES wave (name),
    part TEXT NOT NULL,
    document TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (earlier, later, part)
);
