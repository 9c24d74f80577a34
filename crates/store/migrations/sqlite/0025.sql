-- Privacy: what the study states about each wave, and what its retention periods have deleted.

CREATE TABLE wave_privacy (
    wave TEXT PRIMARY KEY REFERENCES wave (name),
    version BIGINT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE deletion (
    id INTEGER PRIMARY KEY,
    wave TEXT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    counted BIGINT NOT NULL
);
