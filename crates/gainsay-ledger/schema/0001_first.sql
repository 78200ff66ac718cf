-- The primary tables: the GeoPackage's own (OGC 12-128r18, annex C), then the log and what it binds.

CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition TEXT NOT NULL,
    description TEXT
);

CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL,
    identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE,
    min_y DOUBLE,
    max_x DOUBLE,
    max_y DOUBLE,
    srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL,
    m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);

CREATE TABLE gpkg_extensions (
    table_name TEXT,
    column_name TEXT,
    extension_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);

INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');

-- Which ledger this is: format, schema, where the log ends, what the derived tables were made of.
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The spine. hash = SHA-256 over prev, seq, at, by, action, payload, each preceded by its length.
CREATE TABLE log (
    seq INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    payload TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TRIGGER log_never_updated BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_never_deleted BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_only_grows_at_its_end BEFORE INSERT ON log
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM log)
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- Reports as they came. raw is compressed with zstd; both hashes are of the plain bytes.
CREATE TABLE reports (
    fid INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    publisher TEXT,
    published DATE,
    url TEXT,
    language TEXT,
    guessed TEXT NOT NULL,
    text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    raw BLOB NOT NULL,
    raw_sha256 TEXT NOT NULL,
    raw_size INTEGER NOT NULL,
    raw_name TEXT NOT NULL,
    tool TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    entry INTEGER NOT NULL UNIQUE REFERENCES log(seq)
);
CREATE INDEX reports_by_text ON reports(text_sha256);

CREATE TRIGGER reports_never_updated BEFORE UPDATE ON reports
BEGIN SELECT RAISE(ABORT, 'reports are never changed'); END;
CREATE TRIGGER reports_never_deleted BEFORE DELETE ON reports
BEGIN SELECT RAISE(ABORT, 'reports are never deleted'); END;
CREATE TRIGGER reports_never_replaced BEFORE INSERT ON reports
WHEN EXISTS (SELECT 1 FROM reports WHERE id = NEW.id OR fid = NEW.fid OR entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'reports are never changed'); END;

-- Claims as one reader read them from one report: JSON lines, compressed with zstd. A newer reading by the same
-- reader supersedes an older one; both stay.
CREATE TABLE readings (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES log(seq),
    report TEXT NOT NULL REFERENCES reports(id),
    reader TEXT NOT NULL,
    reader_name TEXT NOT NULL,
    claims INTEGER NOT NULL,
    lines BLOB NOT NULL,
    lines_sha256 TEXT NOT NULL,
    lines_size INTEGER NOT NULL
);
CREATE INDEX readings_by_report ON readings(report, reader_name, entry);

CREATE TRIGGER readings_never_updated BEFORE UPDATE ON readings
BEGIN SELECT RAISE(ABORT, 'readings are never changed'); END;
CREATE TRIGGER readings_never_deleted BEFORE DELETE ON readings
BEGIN SELECT RAISE(ABORT, 'readings are never deleted'); END;
CREATE TRIGGER readings_never_replaced BEFORE INSERT ON readings
WHEN EXISTS (SELECT 1 FROM readings WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'readings are never changed'); END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES
    ('reports', 'attributes', 'reports', 'Documents as they came', '1970-01-01T00:00:00.000Z', 0),
    ('readings', 'attributes', 'readings', 'Claims as read from one report by one reader', '1970-01-01T00:00:00.000Z', 0),
    ('log', 'attributes', 'log', 'Append-only, hash-chained record of every change', '1970-01-01T00:00:00.000Z', 0);

INSERT INTO gpkg_extensions VALUES
    (NULL, NULL, 'gainsay_ledger',
     'Rows of log, reports and readings are bound by hashes; other programs may read every table but write none.',
     'write-only');
