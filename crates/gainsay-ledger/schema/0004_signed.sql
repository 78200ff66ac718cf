-- Signed logs. An entry that has payload_sha256 is hashed over that in the place of its payload, so that a payload can be
-- removed and the chain stay whole; salt is what keeps the hash of a removed payload from telling anything. key and
-- signature (Ed25519, over the entry's hash) are hexadecimal digits. All four are NULL in entries of before.
ALTER TABLE log ADD COLUMN payload_sha256 TEXT;
ALTER TABLE log ADD COLUMN salt TEXT;
ALTER TABLE log ADD COLUMN key TEXT;
ALTER TABLE log ADD COLUMN signature TEXT;

CREATE INDEX log_by_action ON log(action);

-- What was signed to be published or handed to somebody: that entry seq of the log has this hash. entry records it.
CREATE TABLE checkpoints (
    fid INTEGER NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL REFERENCES log(seq),
    hash TEXT NOT NULL,
    note TEXT NOT NULL,
    entry INTEGER NOT NULL UNIQUE REFERENCES log(seq)
);

CREATE TRIGGER checkpoints_never_updated BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;
CREATE TRIGGER checkpoints_never_deleted BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are never deleted'); END;
CREATE TRIGGER checkpoints_never_replaced BEFORE INSERT ON checkpoints
WHEN EXISTS (SELECT 1 FROM checkpoints WHERE fid = NEW.fid OR entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END;

-- What a timestamp service answered to the SHA-256 of a checkpoint's note.
CREATE TABLE stamps (
    fid INTEGER NOT NULL PRIMARY KEY,
    checkpoint INTEGER NOT NULL REFERENCES checkpoints(fid),
    kind TEXT NOT NULL,
    bytes BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    told TEXT NOT NULL,
    entry INTEGER NOT NULL UNIQUE REFERENCES log(seq)
);
CREATE INDEX stamps_by_checkpoint ON stamps(checkpoint);

CREATE TRIGGER stamps_never_updated BEFORE UPDATE ON stamps
BEGIN SELECT RAISE(ABORT, 'stamps are never changed'); END;
CREATE TRIGGER stamps_never_deleted BEFORE DELETE ON stamps
BEGIN SELECT RAISE(ABORT, 'stamps are never deleted'); END;
CREATE TRIGGER stamps_never_replaced BEFORE INSERT ON stamps
WHEN EXISTS (SELECT 1 FROM stamps WHERE fid = NEW.fid OR entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'stamps are never changed'); END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES
    ('checkpoints', 'attributes', 'checkpoints', 'Signed notes of where the log stood', '1970-01-01T00:00:00.000Z', 0),
    ('stamps', 'attributes', 'stamps', 'What timestamp services answered to checkpoints', '1970-01-01T00:00:00.000Z', 0);
