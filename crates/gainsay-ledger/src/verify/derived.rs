//! What is derived: the table of claims says what the newest readings say, the word index what the reports say, and the
//! layers are as they were written.

use gainsay_custody::Public;
use gainsay_model::Claim;
use rusqlite::{Connection, OptionalExtension};

use super::{Seen, words};
use crate::derived::{PURPOSE, sealed_bytes};
use crate::pack::unhex;
use crate::readings::{Indexed, unpack};
use crate::{digest, geopackage, migrate};

/// What to do about any fault here.
pub(super) const REBUILD: &str = "`gainsay rebuild` makes it again";

pub(super) fn check(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    claims(conn, seen)?;
    words::check(conn, seen)?;
    layers(conn, seen)
}

fn claims(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let mut newest = conn.prepare(
        "SELECT max(readings.entry), report, published FROM readings LEFT JOIN reports ON reports.id = report
         GROUP BY report, reader_name ORDER BY 1",
    )?;
    let mut lines = conn.prepare("SELECT lines, lines_size FROM readings WHERE entry = ?1")?;
    let mut indexed = conn.prepare("SELECT * FROM claims WHERE reading = ?1 ORDER BY position")?;
    let mut expected: i64 = 0;
    let mut last = 0;
    let mut readings = newest.query([])?;
    while let Some(row) = readings.next()? {
        let (entry, report): (i64, String) = (row.get(0)?, row.get(1)?);
        let published: Option<String> = row.get(2).unwrap_or(None);
        let packed: Option<(Vec<u8>, i64)> =
            lines.query_row([entry], |row| Ok((row.get(0)?, row.get(1)?))).optional().unwrap_or(None);
        // A reading that cannot be unpacked has been told of.
        let Some(Ok(text)) = packed.map(|(packed, size)| unpack(&packed, size)) else { continue };
        let mut rows = indexed.query([entry])?;
        for (position, line) in text.lines().enumerate() {
            expected += 1;
            let Ok(claim) = serde_json::from_str::<Claim>(line) else {
                seen.fault(
                    "readings",
                    Some(&report),
                    format!("line {} is no claim", position + 1),
                    Some(entry),
                );
                continue;
            };
            let Some(row) = rows.next()? else {
                seen.fault("claims", Some(&claim.id), format!("is missing; {REBUILD}"), Some(entry));
                continue;
            };
            let fits = || -> rusqlite::Result<bool> {
                Ok(row.get::<_, String>("json")? == line
                    && row.get::<_, i64>("position")? == position as i64
                    && Indexed::read(row)? == Indexed::of(&claim, published.as_deref()))
            };
            // Numbers say nothing but which came first.
            let number: i64 = row.get("fid").unwrap_or(0);
            if !fits().unwrap_or(false) || number <= last {
                seen.fault("claims", Some(&claim.id), format!("changed; {REBUILD}"), Some(entry));
            }
            last = last.max(number);
        }
    }
    seen.verified.claims = expected.unsigned_abs();
    let found: i64 = conn.query_row("SELECT count(*) FROM claims", [], |row| row.get(0))?;
    if found > expected {
        seen.fault("claims", None, format!("{} more than were read; {REBUILD}", found - expected), None);
    }
    Ok(())
}

fn layers(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    for (table, id) in [("places", "id"), ("events", "id"), ("holdings", "place")] {
        let mut rows = conn.prepare(&format!("SELECT {id}, geom FROM {table} WHERE geom IS NOT NULL"))?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let point = row.get_ref(1)?.as_blob().ok().and_then(geopackage::lon_lat);
            if point.is_none() {
                let id: String = row.get(0).unwrap_or_default();
                seen.fault(table, Some(&id), format!("its geometry is no point; {REBUILD}"), None);
            }
        }
    }
    let sealed = match migrate::meta(conn, "derived_digest")? {
        Some(sealed) => Some(sealed),
        None => {
            let sum = "SELECT (SELECT count(*) FROM heads) + (SELECT count(*) FROM places) + (SELECT count(*) FROM events)
                 + (SELECT count(*) FROM holdings) + (SELECT count(*) FROM disputes) + (SELECT count(*) FROM sources)";
            let rows: i64 = conn.query_row(sum, [], |row| row.get(0))?;
            if rows == 0 {
                return Ok(());
            }
            None
        }
    };
    let since = seen.weighed.map(|entry| entry as i64);
    let (signed, what) = signature(conn, sealed.as_deref(), seen)?;
    let same = sealed == Some(digest::derived_digest(conn)?);
    seen.verified.weighed = Some(signed && same);
    if let Some(what) = what {
        seen.fault("meta", Some("derived_signature"), format!("{what}; {REBUILD}"), since);
    }
    if !same {
        let what = format!(
            "heads, places, events, holdings, disputes or sources changed since they were written; {REBUILD}"
        );
        seen.fault("meta", Some("derived_digest"), what, since);
    }
    Ok(())
}

/// Whether what was weighed is signed by a key that counts, and what is wrong with that. It need not be: whoever has no key
/// may weigh, and a key may have been retired since.
fn signature(
    conn: &Connection,
    sealed: Option<&str>,
    seen: &Seen,
) -> rusqlite::Result<(bool, Option<String>)> {
    let wrong = |what: &str| Ok((false, Some(what.to_owned())));
    let (Some(digest), Some(head)) = (sealed, migrate::meta(conn, "derived_head")?) else {
        return Ok((false, None));
    };
    let (key, signature) =
        match (migrate::meta(conn, "derived_key")?, migrate::meta(conn, "derived_signature")?) {
            (Some(key), Some(signature)) => (key, signature),
            (None, None) => return Ok((false, None)),
            _ => return wrong("bears half a signature"),
        };
    let key = Public::parse(&key).filter(|key| seen.verified.keys.iter().any(|known| known.key == *key));
    let Some(key) = key else { return wrong("is by a key which the log was not told of") };
    let signature = unhex(&signature).and_then(|bytes| bytes.try_into().ok());
    match signature.is_some_and(|it| key.verifies(PURPOSE, &sealed_bytes(&head, digest), &it)) {
        true => Ok((counts(&key, seen), None)),
        false => wrong("does not fit what was weighed"),
    }
}

/// Whether a key is vouched for, or the first, and not retired: a thief of one that is may sign what they like.
fn counts(key: &Public, seen: &Seen) -> bool {
    let known = seen.verified.keys.iter().find(|known| known.key == *key);
    known.is_some_and(|known| known.retired.is_none()) && !seen.verified.unvouched.contains(key)
}
