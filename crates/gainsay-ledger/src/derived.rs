//! Writes what was weighed from the claims: places, events, holdings, disputes and sources, as layers and tables that other
//! programs open. All of it can be made again.

use std::collections::BTreeMap;
use std::path::Path;

use gainsay_model::{Date, Dispute, EntityId, Event, Holding, SourceView, Toll};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use crate::digest::derived_digest;
use crate::pack::hex;
use crate::readings::capped;
use crate::write::write;
use crate::{Error, Ledger, Signer, geopackage, keys, migrate};

/// A place as the map layer shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its id in the gazetteer.
    pub id: EntityId,
    /// Its name.
    pub name: String,
    /// Town, bridge, base …
    pub kind: String,
    /// The place it lies in.
    pub parent: Option<EntityId>,
    /// Longitude and latitude in degrees (EPSG:4326), where known.
    pub lon_lat: Option<(f64, f64)>,
}

/// What weighing needs to know of a report's text, found out once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextHead {
    /// The report's id.
    pub report: String,
    /// The outlet that its page credits, as written.
    pub credited: Option<String>,
    /// The day its text bears.
    pub dated: Option<Date>,
    /// Sorted hashes of runs of its words.
    pub fingerprint: Vec<u64>,
}

/// Everything that is weighed from the claims and kept for other programs to read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// Heads of reports that the ledger has none of yet; those it has stay.
    pub heads: Vec<TextHead>,
    /// The places that claims name.
    pub places: Vec<Place>,
    /// Events; each is shown at its first place that has coordinates in `places`.
    pub events: Vec<Event>,
    /// Who held what, in any order; each is shown where its place is in `places`.
    pub holdings: Vec<Holding>,
    /// Disputes.
    pub disputes: Vec<Dispute>,
    /// Sources.
    pub sources: Vec<SourceView>,
}

/// The tables that [`Ledger::write_derived`] fills.
pub(crate) const WEIGHED: [&str; 5] = ["places", "events", "holdings", "disputes", "sources"];

impl Ledger {
    /// Puts what was weighed in the place of what was there, in one transaction. Equal input, in any order, gives equal
    /// rows. It is signed where the key is at hand.
    ///
    /// # Errors
    /// When two of a kind have one id, the disk is full, or another program has held the ledger for 5 s; the ledger is
    /// then as it was before.
    pub fn write_derived(&mut self, derived: &Derived) -> Result<(), Error> {
        // What is derived anybody may make again: nobody is asked for a passphrase for it.
        let signer = self.signer_at_hand();
        write(&mut self.conn, &self.path, |tx| put(tx, &self.path, derived, signer.as_ref()))
    }

    /// Drops all derived tables and makes them anew: claims and the word index from what the log binds, the others
    /// empty, for [`Ledger::write_derived`] to fill.
    ///
    /// # Errors
    /// When a report or reading is damaged, the disk is full, or another program has held the ledger for 5 s; the
    /// ledger is then as it was before.
    pub fn rebuild(&mut self) -> Result<(), Error> {
        write(&mut self.conn, &self.path, |tx| migrate::remake_derived(tx, &self.path))
    }

    /// Whether the log has grown since [`Ledger::write_derived`] was last called: what is weighed is then older than
    /// what is known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_stale(&self) -> Result<bool, Error> {
        let written = migrate::meta(&self.conn, "derived_head").map_err(|error| self.sql(error))?;
        let weighed = last_weighed(&self.conn).map_err(|error| self.sql(error))?;
        Ok(weighed.is_none() || written != weighed)
    }
}

/// Puts what was weighed in the place of what is there. The caller holds the transaction.
pub(crate) fn put(
    conn: &Connection,
    path: &Path,
    derived: &Derived,
    signer: Option<&Signer>,
) -> Result<(), Error> {
    let sql = |error| Error::sql(path, error);
    for table in WEIGHED {
        conn.execute_batch(&format!("DELETE FROM {table};")).map_err(sql)?;
    }
    let points: BTreeMap<&str, (f64, f64)> =
        derived.places.iter().filter_map(|place| Some((place.id.as_str(), place.lon_lat?))).collect();
    for place in by_id(path, "places", &derived.places, |place| &place.id)? {
        insert_place(conn, place).map_err(sql)?;
    }
    for event in by_id(path, "events", &derived.events, |event| &event.id)? {
        insert_event(conn, event, &points).map_err(sql)?;
    }
    for head in &derived.heads {
        insert_head(conn, head).map_err(sql)?;
    }
    let mut holdings: Vec<&Holding> = derived.holdings.iter().collect();
    holdings.sort_by_key(|holding| (&holding.place, holding.from));
    let names: BTreeMap<&str, &str> =
        derived.places.iter().map(|place| (place.id.as_str(), place.name.as_str())).collect();
    for holding in holdings {
        insert_holding(conn, holding, &names, &points).map_err(sql)?;
    }
    for dispute in by_id(path, "disputes", &derived.disputes, |dispute| &dispute.id)? {
        insert_dispute(conn, dispute).map_err(sql)?;
    }
    for source in by_id(path, "sources", &derived.sources, |source| &source.id)? {
        insert_source(conn, source).map_err(sql)?;
    }
    seal(conn, derived, &points).and_then(|head| sign(conn, &head, signer)).map_err(sql)
}

/// The items in the order of their ids, so that equal input gives equal rows.
fn by_id<'a, T>(
    path: &Path,
    table: &str,
    items: &'a [T],
    id: fn(&T) -> &String,
) -> Result<Vec<&'a T>, Error> {
    let mut items: Vec<&T> = items.iter().collect();
    items.sort_by_key(|item| id(item));
    match items.windows(2).find(|pair| id(pair[0]) == id(pair[1])) {
        Some(pair) => Err(Error::refused(path, format!("two {table} with the id `{}`", id(pair[0])))),
        None => Ok(items),
    }
}

/// Notes when the layers were made and where they lie; gives the hash of the entry that they were weighed at.
fn seal(
    conn: &Connection,
    derived: &Derived,
    points: &BTreeMap<&str, (f64, f64)>,
) -> rusqlite::Result<String> {
    let all: Vec<(f64, f64)> = points.values().copied().collect();
    let events: Vec<(f64, f64)> = derived.events.iter().filter_map(|event| shown_at(event, points)).collect();
    geopackage::set_bounds(conn, "places", &all)?;
    geopackage::set_bounds(conn, "events", &events)?;
    let held = derived.holdings.iter().filter_map(|holding| points.get(holding.place.as_str()).copied());
    geopackage::set_bounds(conn, "holdings", &held.collect::<Vec<_>>())?;
    let at: Option<String> = conn.query_row("SELECT max(at) FROM log", [], |row| row.get(0))?;
    geopackage::touch(conn, &WEIGHED, at.as_deref().unwrap_or("1970-01-01T00:00:00Z"))?;
    Ok(last_weighed(conn)?.unwrap_or_default())
}

/// Notes of what was weighed a hash by which later changes show, signed where there is a key that the log knows.
fn sign(conn: &Connection, head: &str, signer: Option<&Signer>) -> rusqlite::Result<()> {
    let digest = derived_digest(conn)?;
    conn.execute("DELETE FROM meta WHERE key LIKE 'derived_%'", [])?;
    migrate::set_meta(conn, "derived_head", head)?;
    migrate::set_meta(conn, "derived_digest", &digest)?;
    let Some(signer) = signer else { return Ok(()) };
    let key = signer.secret.public();
    if keys::all(conn)?.iter().any(|known| known.key == key && known.retired.is_none()) {
        let signature = signer.secret.sign(PURPOSE, &sealed_bytes(head, &digest));
        migrate::set_meta(conn, "derived_key", &key.to_string())?;
        migrate::set_meta(conn, "derived_signature", &hex(&signature))?;
    }
    Ok(())
}

/// Empties what was weighed, so that it is older than the log; what is known of the texts of reports stays.
pub(crate) fn empty(conn: &Connection, signer: Option<&Signer>) -> rusqlite::Result<()> {
    for table in WEIGHED {
        conn.execute_batch(&format!("DELETE FROM {table};"))?;
        geopackage::set_bounds(conn, table, &[])?;
    }
    geopackage::touch(conn, &WEIGHED, "1970-01-01T00:00:00Z")?;
    let first: String = conn.query_row("SELECT hash FROM log WHERE seq = 1", [], |row| row.get(0))?;
    sign(conn, &first, signer)
}

/// The purpose of the signature of what was weighed.
pub(crate) const PURPOSE: &str = "derived";

/// What is signed of what was weighed: the hash of the entry that it was weighed at, a line feed, and the hash of all its
/// rows.
pub(crate) fn sealed_bytes(head: &str, digest: &str) -> Vec<u8> {
    format!("{head}\n{digest}").into_bytes()
}

/// The hash of the last entry that changes anything that is weighed.
fn last_weighed(conn: &Connection) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached(
        "SELECT hash FROM log WHERE action NOT IN ('key-added', 'key-retired', 'checkpoint', 'stamped')
         ORDER BY seq DESC LIMIT 1",
    )?
    .query_row([], |row| row.get(0))
    .optional()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("the model has only string keys")
}

fn shown_at(event: &Event, points: &BTreeMap<&str, (f64, f64)>) -> Option<(f64, f64)> {
    event.place.iter().find_map(|place| points.get(place.as_str())).copied()
}

fn blob(point: Option<(f64, f64)>) -> Option<[u8; 29]> {
    point.map(|(lon, lat)| geopackage::point(lon, lat))
}

fn insert_place(conn: &Connection, place: &Place) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT INTO places (geom, id, name, kind, parent) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![blob(place.lon_lat), place.id, place.name, place.kind, place.parent])?;
    Ok(())
}

fn insert_event(
    conn: &Connection,
    event: &Event,
    points: &BTreeMap<&str, (f64, f64)>,
) -> rusqlite::Result<()> {
    let toll = |toll: &Toll| [toll.low, toll.best, toll.high].map(|count| count.map(capped));
    let ([killed_low, killed_best, killed_high], [injured_low, injured_best, injured_high]) =
        (toll(&event.killed), toll(&event.injured));
    conn.prepare_cached(
        "INSERT INTO events (geom, id, kind, place, time_start, time_end, killed_low, killed_best, killed_high,
             injured_low, injured_best, injured_high, claims, roots, grade, json)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .execute(params![
        blob(shown_at(event, points)),
        event.id,
        event.kind.as_str(),
        event.place.first(),
        event.time.start.map(|day| day.to_string()),
        event.time.end.map(|day| day.to_string()),
        killed_low,
        killed_best,
        killed_high,
        injured_low,
        injured_best,
        injured_high,
        json(&event.claims),
        json(&event.roots),
        json(&event.grade),
        json(event)
    ])?;
    Ok(())
}

fn insert_head(conn: &Connection, head: &TextHead) -> rusqlite::Result<()> {
    let fingerprint: Vec<u8> = head.fingerprint.iter().flat_map(|hash| hash.to_be_bytes()).collect();
    conn.prepare_cached("INSERT OR REPLACE INTO heads VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        head.report,
        head.credited,
        head.dated.map(|day| day.to_string()),
        fingerprint
    ])?;
    Ok(())
}

fn insert_holding(
    conn: &Connection,
    holding: &Holding,
    names: &BTreeMap<&str, &str>,
    points: &BTreeMap<&str, (f64, f64)>,
) -> rusqlite::Result<()> {
    let place = holding.place.as_str();
    conn.prepare_cached(
        "INSERT INTO holdings (geom, place, name, state, holders, degree, day_from, day_to, claims)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        blob(points.get(place).copied()),
        place,
        names.get(place).copied().unwrap_or(place),
        holding.state.as_str(),
        holding.holders.join(", "),
        holding.degree.map(|degree| degree.as_str()),
        holding.from.to_string(),
        holding.to.map(|day| day.to_string()),
        json(&holding.claims)
    ])?;
    Ok(())
}

fn insert_dispute(conn: &Connection, dispute: &Dispute) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO disputes (id, kind, event, place, spread, revision, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        dispute.id,
        dispute.kind.as_str(),
        dispute.about.event,
        dispute.about.place,
        dispute.spread,
        dispute.revision,
        json(dispute)
    ])?;
    Ok(())
}

fn insert_source(conn: &Connection, source: &SourceView) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO sources (id, name, kind, side, belongs_to, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        source.id,
        source.name,
        source.kind,
        source.side,
        source.belongs_to,
        json(source)
    ])?;
    Ok(())
}
