-- Open answers: the frame of codes, what each coder chose, what was settled, and the next versions of a dataset.
CREATE TABLE code_frame (
    wave TEXT NOT NULL REFERENCES wave (name),
    variable TEXT NOT NULL,
    version BIGINT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (wave, variable)
);

-- An empty coder settles where coders differ.
CREATE TABLE coding (
    wave TEXT NOT NULL REFERENCES wave (name),
    variable TEXT NOT NULL,
    municipality TEXT NOT NULL,
    coder TEXT NOT NULL,
    codes TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (wave, variable, municipality, coder)
);

-- Version 1 stands in the table dataset and stays.
CREATE TABLE dataset_version (
    wave TEXT NOT NULL REFERENCES wave (name),
    version BIGINT NOT NULL,
    made BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    note TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (wave, version)
);
