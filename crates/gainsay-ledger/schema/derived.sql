-- Everything that can be made again from the primary tables.

CREATE TABLE claims (
    fid INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    report TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    published DATE,
    time_start DATE,
    time_end DATE,
    place TEXT,
    measure TEXT,
    low INTEGER,
    high INTEGER,
    reader TEXT NOT NULL,
    reading INTEGER NOT NULL,
    position INTEGER NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX claims_by_id ON claims(id);
CREATE INDEX claims_by_report ON claims(report);
CREATE INDEX claims_by_kind ON claims(kind, published);
CREATE INDEX claims_by_place ON claims(place);
CREATE INDEX claims_by_published ON claims(published);
CREATE UNIQUE INDEX claims_by_reading ON claims(reading, position);

CREATE VIRTUAL TABLE report_text USING fts5(
    title, text, content='reports', content_rowid='fid', tokenize="unicode61 remove_diacritics 2"
);

-- What weighing needs to know of a report's text: the outlet that its page credits, the day it bears, and a fingerprint
-- (sorted 64-bit numbers, big-endian).
CREATE TABLE heads (
    report TEXT NOT NULL PRIMARY KEY,
    credited TEXT,
    dated DATE,
    fingerprint BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE places (
    fid INTEGER NOT NULL PRIMARY KEY,
    geom POINT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent TEXT
);

CREATE TABLE events (
    fid INTEGER NOT NULL PRIMARY KEY,
    geom POINT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    place TEXT,
    time_start DATE,
    time_end DATE,
    killed_low INTEGER,
    killed_best INTEGER,
    killed_high INTEGER,
    injured_low INTEGER,
    injured_best INTEGER,
    injured_high INTEGER,
    claims TEXT NOT NULL,
    roots TEXT NOT NULL,
    grade TEXT NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX events_by_time ON events(time_start);

CREATE TABLE holdings (
    fid INTEGER NOT NULL PRIMARY KEY,
    geom POINT,
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    holders TEXT NOT NULL,
    degree TEXT,
    day_from DATE NOT NULL,
    day_to DATE,
    claims TEXT NOT NULL
);
CREATE INDEX holdings_by_place ON holdings(place, day_from);
CREATE INDEX holdings_by_day ON holdings(day_from, day_to);

CREATE TABLE disputes (
    fid INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    event TEXT,
    place TEXT,
    spread DOUBLE,
    revision BOOLEAN NOT NULL,
    json TEXT NOT NULL
);

CREATE TABLE sources (
    fid INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    belongs_to TEXT,
    json TEXT NOT NULL
);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES
    ('claims', 'attributes', 'claims', 'Who says that who did what, where, when, how many', '1970-01-01T00:00:00.000Z', 0),
    ('places', 'features', 'places', 'Places that claims name', '1970-01-01T00:00:00.000Z', 4326),
    ('events', 'features', 'events', 'What several claims are held to be about', '1970-01-01T00:00:00.000Z', 4326),
    ('holdings', 'features', 'holdings', 'Who is said to hold which place, from when to when', '1970-01-01T00:00:00.000Z', 4326),
    ('disputes', 'attributes', 'disputes', 'Claims that cannot all be true', '1970-01-01T00:00:00.000Z', 0),
    ('sources', 'attributes', 'sources', 'Who is said to say it', '1970-01-01T00:00:00.000Z', 0);

INSERT INTO gpkg_geometry_columns VALUES
    ('places', 'geom', 'POINT', 4326, 0, 0),
    ('events', 'geom', 'POINT', 4326, 0, 0),
    ('holdings', 'geom', 'POINT', 4326, 0, 0);
