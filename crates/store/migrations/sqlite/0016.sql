-- What researchers keep of the evaluation workspace: the query with title and wording.
CREATE TABLE kept_finding (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (name),
    version BIGINT NOT NULL,
    query TEXT NOT NULL,
    title TEXT NOT NULL,
    wording TEXT NOT NULL,
    made BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    changed BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE INDEX kept_finding_wave ON kept_finding (wave, id);
