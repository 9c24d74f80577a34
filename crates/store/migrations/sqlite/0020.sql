-- Files that municipalities send along with their answers. The answer names the id; the bytes stay here and go with it.
CREATE TABLE answer_file (
    wave TEXT NOT NULL,
    municipality TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    saved BIGINT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (wave, municipality, id)
);
