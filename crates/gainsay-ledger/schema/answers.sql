-- Answers made beforehand, in a file beside the ledger: derived, of one entry of its log, thrown away and made anew.
-- Days are counted from 1970-01-01. Unless said otherwise a NULL day is unknown.

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Ids of places, actors and sources, as small numbers.
CREATE TABLE entities (
    e INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
);

-- What is known of each entity in a role: 1 place, 2 actor, 3 source. The most told of come first.
CREATE TABLE lines (
    role INTEGER NOT NULL,
    n INTEGER NOT NULL,
    e INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (role, n)
) WITHOUT ROWID;
CREATE INDEX lines_of ON lines(e, role);

-- Claims as they were weighed, the first said first.
CREATE TABLE claims (
    n INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    report TEXT NOT NULL,
    event INTEGER,
    part_of TEXT,
    kind TEXT NOT NULL,
    said INTEGER,
    kept BLOB NOT NULL
);

-- Which claims an ask finds: role 0 all of them (e = 0), 1 by place, 2 by party, 3 by source, 4 by whose word it is.
-- Spans of up to a month (span 0) are found by their first day, longer ones (1) and unknown ones (2) looked through.
CREATE TABLE claims_of (
    role INTEGER NOT NULL,
    e INTEGER NOT NULL,
    span INTEGER NOT NULL,
    day_from INTEGER NOT NULL,
    n INTEGER NOT NULL,
    day_to INTEGER NOT NULL,
    PRIMARY KEY (role, e, span, day_from, n)
) WITHOUT ROWID;

-- Events, the earliest first.
CREATE TABLE events (
    n INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    killed INTEGER NOT NULL,
    roots INTEGER NOT NULL,
    said INTEGER,
    disputed INTEGER NOT NULL,
    json TEXT NOT NULL,
    -- Its dead as known from day to day: [day, low, best, high, roots], all voices.
    steps TEXT NOT NULL,
    -- What a map shows of it.
    dot TEXT NOT NULL
);
CREATE TABLE events_of (
    role INTEGER NOT NULL,
    e INTEGER NOT NULL,
    span INTEGER NOT NULL,
    day_from INTEGER NOT NULL,
    n INTEGER NOT NULL,
    day_to INTEGER NOT NULL,
    PRIMARY KEY (role, e, span, day_from, n)
) WITHOUT ROWID;

CREATE TABLE disputes (
    n INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    event INTEGER,
    json TEXT NOT NULL
);
CREATE TABLE disputes_of (
    role INTEGER NOT NULL,
    e INTEGER NOT NULL,
    span INTEGER NOT NULL,
    day_from INTEGER NOT NULL,
    n INTEGER NOT NULL,
    day_to INTEGER NOT NULL,
    PRIMARY KEY (role, e, span, day_from, n)
) WITHOUT ROWID;
CREATE TABLE disputed (
    claim INTEGER NOT NULL,
    dispute INTEGER NOT NULL,
    PRIMARY KEY (claim, dispute)
) WITHOUT ROWID;

-- How many claims and events there are of a place with all it contains.
CREATE TABLE counts (
    e INTEGER NOT NULL PRIMARY KEY,
    claims INTEGER NOT NULL,
    events INTEGER NOT NULL
);

-- Reports without their texts, those said first first.
CREATE TABLE reports (
    n INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    said INTEGER,
    publisher TEXT,
    language TEXT,
    json TEXT NOT NULL
);

-- Who is said to hold a place, and sieges, over both times; by = 0 is by all voices. No last day is 2147483647.
CREATE TABLE stands (
    n INTEGER NOT NULL PRIMARY KEY,
    by INTEGER NOT NULL,
    place INTEGER NOT NULL,
    json TEXT NOT NULL,
    -- The same with a number in place of its claims; and the stretches of which somebody speaks, merged, in order, first
    -- and last days as 32-bit numbers, big-endian.
    short TEXT NOT NULL,
    spoken BLOB NOT NULL
);
CREATE INDEX stands_of ON stands(place, by);
CREATE VIRTUAL TABLE stands_at USING rtree_i32(n, day_from, day_to, known_from, known_to, by, by_too);
CREATE TABLE sieges (
    n INTEGER NOT NULL PRIMARY KEY,
    by INTEGER NOT NULL,
    place INTEGER NOT NULL,
    json TEXT NOT NULL,
    short TEXT NOT NULL,
    spoken BLOB NOT NULL
);
CREATE INDEX sieges_of ON sieges(place, by);
CREATE VIRTUAL TABLE sieges_at USING rtree_i32(n, day_from, day_to, known_from, known_to, by, by_too);

-- What a person should look at, the most weighty first.
CREATE TABLE queue (
    n INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    what TEXT NOT NULL,
    json TEXT NOT NULL
);

-- The events that they are of.
CREATE TABLE queue_of (
    event TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (event, n)
) WITHOUT ROWID;

-- Long answers made once: by name.
CREATE TABLE made (
    name TEXT NOT NULL PRIMARY KEY,
    json TEXT NOT NULL
) WITHOUT ROWID;
