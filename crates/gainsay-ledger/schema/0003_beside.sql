-- What lay beside reports' files and speaks for them: checksums and time stamps, as they were when the report was added.
-- bytes are compressed with zstd; the hash is of the plain bytes. The entry that added the report binds them.
CREATE TABLE beside (
    fid INTEGER NOT NULL PRIMARY KEY,
    report TEXT NOT NULL REFERENCES reports(id),
    name TEXT NOT NULL,
    of_file TEXT NOT NULL,
    state TEXT NOT NULL,
    told TEXT NOT NULL,
    bytes BLOB NOT NULL,
    bytes_sha256 TEXT NOT NULL,
    bytes_size INTEGER NOT NULL,
    entry INTEGER NOT NULL REFERENCES log(seq),
    UNIQUE (entry, name)
);
CREATE INDEX beside_by_report ON beside(report, fid);

CREATE TRIGGER beside_never_updated BEFORE UPDATE ON beside
BEGIN SELECT RAISE(ABORT, 'what lay beside reports is never changed'); END;
CREATE TRIGGER beside_never_deleted BEFORE DELETE ON beside
BEGIN SELECT RAISE(ABORT, 'what lay beside reports is never deleted'); END;
CREATE TRIGGER beside_never_replaced BEFORE INSERT ON beside
WHEN EXISTS (SELECT 1 FROM beside WHERE fid = NEW.fid OR (entry = NEW.entry AND name = NEW.name))
BEGIN SELECT RAISE(ABORT, 'what lay beside reports is never changed'); END;

-- Who wrote a report, where its page or file says so.
ALTER TABLE reports ADD COLUMN author TEXT;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES
    ('beside', 'attributes', 'beside', 'Checksums and time stamps that lay beside reports', '1970-01-01T00:00:00.000Z', 0);
