//! Lists and single answers.

use gainsay_model::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};

use super::find::Condition;
use super::{AnswersFile, Role, Wanted, number};
use crate::Error;

/// In what order events are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest first.
    #[default]
    Day,
    /// The most deadly first.
    Killed,
    /// Those with the most independent voices first.
    Roots,
}

/// An event as listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The event, as JSON.
    pub json: String,
    /// Its dead as known from day to day, as JSON.
    pub steps: String,
    /// Versions of it cannot all be true.
    pub disputed: bool,
}

impl AnswersFile {
    /// Ids of claims, those said last first, from the so-many-th on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn claims(&self, wanted: &Wanted, skip: u64, limit: u64) -> Result<Vec<String>, Error> {
        let read = || {
            let condition = self.claims_wanted(wanted)?;
            self.page("SELECT id FROM claims", condition, "n DESC", (skip, limit), |row| row.get(0))
        };
        read().map_err(|error| self.sql(error))
    }

    /// How many claims are asked for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_claims(&self, wanted: &Wanted) -> Result<u64, Error> {
        self.claims_wanted(wanted).and_then(|it| self.count("claims", it)).map_err(|error| self.sql(error))
    }

    /// Events, from the so-many-th on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn events(&self, wanted: &Wanted, order: Order, skip: u64, limit: u64) -> Result<Vec<Line>, Error> {
        let read = || {
            let condition = self.events_wanted(wanted)?;
            let order = match order {
                Order::Day => "n DESC",
                Order::Killed => "killed DESC, n DESC",
                Order::Roots => "roots DESC, n DESC",
            };
            let line = |row: &Row| Ok(Line { json: row.get(0)?, steps: row.get(1)?, disputed: row.get(2)? });
            self.page("SELECT json, steps, disputed FROM events", condition, order, (skip, limit), line)
        };
        read().map_err(|error| self.sql(error))
    }

    /// What a map shows of events, the most deadly first, each with its dead as known from day to day and whether versions
    /// of it cannot all be true.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn dots(&self, wanted: &Wanted, limit: u64) -> Result<Vec<Line>, Error> {
        let read = || {
            let condition = self.events_wanted(wanted)?;
            let line = |row: &Row| Ok(Line { json: row.get(0)?, steps: row.get(1)?, disputed: row.get(2)? });
            let sql = "SELECT dot, steps, disputed FROM events";
            self.page(sql, condition, "killed DESC, n DESC", (0, limit), line)
        };
        read().map_err(|error| self.sql(error))
    }

    /// How many claims and events there are of a place with all it contains; `None` where that was not counted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn counts(&self, place: &str) -> Result<Option<(u64, u64)>, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached(
                "SELECT claims, events FROM counts WHERE e = (SELECT e FROM entities WHERE id = ?1)",
            )?;
            let line =
                |row: &Row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get::<_, i64>(1)?.unsigned_abs()));
            rows.query_row([place], line).optional()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Reports as JSON, those said last first, from the so-many-th on, and how many there are; of days, of an outlet, in
    /// a language where asked.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reports(
        &self,
        (from, to): (Option<Date>, Option<Date>),
        publisher: Option<&str>,
        language: Option<&str>,
        page: (u64, u64),
    ) -> Result<(Vec<String>, u64), Error> {
        let condition = || {
            let mut condition = Condition { sql: "TRUE".to_owned(), values: Vec::new() };
            let words = [("publisher = ?", publisher), ("language = ?", language)];
            for (sql, word) in words {
                if let Some(word) = word {
                    condition.and(sql, [word.to_owned().into()]);
                }
            }
            for (sql, day) in [("said >= ?", from), ("said <= ?", to)] {
                if let Some(day) = day {
                    condition.and(sql, [number(day).into()]);
                }
            }
            condition
        };
        let read = || {
            let total = self.count("reports", condition())?;
            Ok((self.page("SELECT json FROM reports", condition(), "n DESC", page, |row| row.get(0))?, total))
        };
        read().map_err(|error| self.sql(error))
    }

    /// How many events are asked for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_events(&self, wanted: &Wanted) -> Result<u64, Error> {
        self.events_wanted(wanted).and_then(|it| self.count("events", it)).map_err(|error| self.sql(error))
    }

    /// Disputes as JSON, the latest first, from the so-many-th on; of one kind, or only revisions or none, where asked.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn disputes(
        &self,
        wanted: &Wanted,
        kind: Option<&str>,
        revision: Option<bool>,
        (skip, limit): (u64, u64),
    ) -> Result<(Vec<String>, u64), Error> {
        let read = || {
            let condition = || -> rusqlite::Result<Condition> {
                let mut condition = self.wanted("disputes_of", wanted)?;
                if let Some(kind) = kind {
                    condition.and("kind = ?", [kind.to_owned().into()]);
                }
                if let Some(revision) = revision {
                    condition.and("revision = ?", [revision.into()]);
                }
                if let Some(event) = &wanted.event {
                    condition.and("event = (SELECT n FROM events WHERE id = ?)", [event.clone().into()]);
                }
                Ok(condition)
            };
            let total = self.count("disputes", condition()?)?;
            let page = (skip, limit);
            Ok((
                self.page("SELECT json FROM disputes", condition()?, "n DESC", page, |row| row.get(0))?,
                total,
            ))
        };
        read().map_err(|error| self.sql(error))
    }

    /// One event, with its dead as known from day to day.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn event(&self, id: &str) -> Result<Option<Line>, Error> {
        let read = || {
            let mut rows =
                self.conn.prepare_cached("SELECT json, steps, disputed FROM events WHERE id = ?1")?;
            let line = |row: &Row| Ok(Line { json: row.get(0)?, steps: row.get(1)?, disputed: row.get(2)? });
            rows.query_row([id], line).optional()
        };
        read().map_err(|error| self.sql(error))
    }

    /// One dispute, as JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn dispute(&self, id: &str) -> Result<Option<String>, Error> {
        self.one("SELECT json FROM disputes WHERE id = ?1", id)
    }

    /// The event of a claim: its id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn event_of(&self, claim: &str) -> Result<Option<String>, Error> {
        self.one(
            "SELECT events.id FROM claims JOIN events ON events.n = claims.event WHERE claims.id = ?1",
            claim,
        )
    }

    /// Whether a claim is among those weighed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_claim(&self, id: &str) -> Result<bool, Error> {
        Ok(self.one::<i64>("SELECT n FROM claims WHERE id = ?1", id)?.is_some())
    }

    /// What is known of an entity in a role, as JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn line(&self, role: Role, id: &str) -> Result<Option<String>, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached(
                "SELECT json FROM lines WHERE e = (SELECT e FROM entities WHERE id = ?1) AND role = ?2",
            )?;
            rows.query_row(params![id, role as u8], |row| row.get(0)).optional()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Entities of a role whose JSON line holds some letters, the most told of first, and how many there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn lines_like(
        &self,
        role: Role,
        like: Option<&str>,
        skip: u64,
        limit: u64,
    ) -> Result<(Vec<String>, u64), Error> {
        let read = || {
            let mut condition =
                Condition { sql: "role = ?".to_owned(), values: vec![Value::from(role as i64)] };
            if let Some(like) = like {
                condition.and("instr(lower(json), lower(?)) > 0", [like.to_owned().into()]);
            }
            let Condition { sql, values } = &condition;
            let (sql, values) = (sql.clone(), values.clone());
            let total = self.count("lines", condition)?;
            let again = Condition { sql, values };
            Ok((self.page("SELECT json FROM lines", again, "n", (skip, limit), |row| row.get(0))?, total))
        };
        read().map_err(|error| self.sql(error))
    }

    /// These sources as JSON, in the order of their ids; those that nobody has heard are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sources(&self, ids: &[&str]) -> Result<Vec<String>, Error> {
        let sql = "SELECT json FROM entities CROSS JOIN lines USING (e) WHERE role = 3
             AND id IN (SELECT value FROM json_each(?1)) ORDER BY id";
        self.column(sql, &super::find::list(ids)).map_err(|error| self.sql(error))
    }

    /// All entities of a role, as their ids with the number of their claims and their JSON, the most told of first, from
    /// the so-many-th on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn lines(&self, role: Role, skip: u64, limit: u64) -> Result<Vec<(String, u64, String)>, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached(
                "SELECT id, claims, json FROM lines JOIN entities USING (e) WHERE role = ?1 ORDER BY n
                 LIMIT ?2 OFFSET ?3",
            )?;
            let line = |row: &Row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?));
            rows.query_map(params![role as u8, whole(limit), whole(skip)], line)?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Who is said to hold each place on a day as known on another, by all voices or one: as JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stands_at(&self, at: Date, known: Date, by: Option<&str>) -> Result<Vec<String>, Error> {
        self.held_at("stands", (at, at), known, by)
    }

    /// The same, with a number in place of the claims, each with the days between the newest evidence and the day.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn short_stands_at(
        &self,
        at: Date,
        known: Date,
        by: Option<&str>,
    ) -> Result<Vec<(String, Option<i64>)>, Error> {
        let read = || {
            let Some(by) = self.by(by)? else { return Ok(Vec::new()) };
            let mut rows = self.conn.prepare_cached(
                "SELECT short, spoken FROM stands WHERE n IN (SELECT n FROM stands_at
                     WHERE day_from <= ?1 AND day_to >= ?1 AND known_from <= ?2 AND known_to >= ?2
                     AND by <= ?3 AND by_too >= ?3) ORDER BY n",
            )?;
            let line = |row: &Row| Ok((row.get(0)?, newest(row.get_ref(1)?.as_blob()?, number(at))));
            let lines = rows.query_map(params![number(at), number(known), by], line)?;
            lines.collect::<rusqlite::Result<Vec<(String, Option<i64>)>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Sieges that last on any of these days, as known on a day, by all voices or one: as JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sieges_at(&self, days: (Date, Date), known: Date, by: Option<&str>) -> Result<Vec<String>, Error> {
        self.held_at("sieges", days, known, by)
    }

    fn held_at(
        &self,
        table: &str,
        (from, to): (Date, Date),
        known: Date,
        by: Option<&str>,
    ) -> Result<Vec<String>, Error> {
        let read = || {
            let Some(by) = self.by(by)? else { return Ok(Vec::new()) };
            let mut rows = self.conn.prepare_cached(&format!(
                "SELECT json FROM {table} WHERE n IN (SELECT n FROM {table}_at
                     WHERE day_from <= ?2 AND day_to >= ?1 AND known_from <= ?3 AND known_to >= ?3
                     AND by <= ?4 AND by_too >= ?4) ORDER BY n"
            ))?;
            rows.query_map(params![number(from), number(to), number(known), by], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Every holding of these places as known on a day, by all voices or one: as JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stands_of(&self, places: &[String], known: Date, by: Option<&str>) -> Result<Vec<String>, Error> {
        self.held_of("stands", places, known, by)
    }

    /// Every siege of these places as known on a day, by all voices or one: as JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sieges_of(&self, places: &[String], known: Date, by: Option<&str>) -> Result<Vec<String>, Error> {
        self.held_of("sieges", places, known, by)
    }

    fn held_of(
        &self,
        table: &str,
        places: &[String],
        known: Date,
        by: Option<&str>,
    ) -> Result<Vec<String>, Error> {
        let read = || {
            let Some(by) = self.by(by)? else { return Ok(Vec::new()) };
            let places = super::find::list(&self.numbers(places)?);
            let mut rows = self.conn.prepare_cached(&format!(
                "SELECT json FROM {table} JOIN {table}_at ON {table}_at.n = {table}.n
                 WHERE place IN (SELECT value FROM json_each(?1)) AND {table}.by = ?2
                     AND known_from <= ?3 AND known_to >= ?3 ORDER BY {table}.n"
            ))?;
            rows.query_map(params![places, by, number(known)], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// The number of the voice asked for, 0 for all; `None` for one that nobody has heard.
    fn by(&self, by: Option<&str>) -> rusqlite::Result<Option<i64>> {
        match by {
            None => Ok(Some(0)),
            Some(id) => Ok(self.numbers(&[id.to_owned()])?.first().copied()),
        }
    }

    /// Things to look at, as JSON, the most weighty first, from the so-many-th on, and how many there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queue(&self, what: Option<&str>, skip: u64, limit: u64) -> Result<(Vec<String>, u64), Error> {
        let read = || {
            let condition = || match what {
                Some(what) => Condition { sql: "what = ?".to_owned(), values: vec![what.to_owned().into()] },
                None => Condition { sql: "TRUE".to_owned(), values: Vec::new() },
            };
            let items =
                self.page("SELECT json FROM queue", condition(), "n", (skip, limit), |row| row.get(0))?;
            Ok((items, self.count("queue", condition())?))
        };
        read().map_err(|error| self.sql(error))
    }

    /// One thing to look at, as JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queue_item(&self, id: &str) -> Result<Option<String>, Error> {
        self.one("SELECT json FROM queue WHERE id = ?1", id)
    }

    /// Things to look at that are of an event, as JSON, the most weighty first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queue_of(&self, event: &str) -> Result<Vec<String>, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached(
                "SELECT json FROM queue WHERE n IN (SELECT n FROM queue_of WHERE event = ?1) ORDER BY n LIMIT 50",
            )?;
            rows.query_map([event], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// A long answer made once, as JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn made(&self, name: &str) -> Result<Option<String>, Error> {
        self.one("SELECT json FROM made WHERE name = ?1", name)
    }

    fn events_wanted(&self, wanted: &Wanted) -> rusqlite::Result<Condition> {
        let mut condition = self.wanted("events_of", wanted)?;
        if let Some(event) = &wanted.event {
            condition.and("id = ?", [event.clone().into()]);
        }
        if let Some(report) = &wanted.report {
            condition.and("n IN (SELECT event FROM claims WHERE report = ?)", [report.clone().into()]);
        }
        if let Some(kind) = &wanted.kind {
            condition.and("kind = ?", [kind.clone().into()]);
        }
        if let Some(day) = wanted.known_by {
            condition.and("said <= ?", [number(day).into()]);
        }
        Ok(condition)
    }

    fn page<T>(
        &self,
        select: &str,
        condition: Condition,
        order: &str,
        (skip, limit): (u64, u64),
        line: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let Condition { sql, mut values } = condition;
        let mut rows =
            self.conn.prepare_cached(&format!("{select} WHERE {sql} ORDER BY {order} LIMIT ? OFFSET ?"))?;
        values.extend([Value::from(whole(limit)), Value::from(whole(skip))]);
        rows.query_map(params_from_iter(values), line)?.collect()
    }

    fn count(&self, table: &str, Condition { sql, values }: Condition) -> rusqlite::Result<u64> {
        let mut rows = self.conn.prepare_cached(&format!("SELECT count(*) FROM {table} WHERE {sql}"))?;
        rows.query_row(params_from_iter(values), |row| row.get::<_, i64>(0)).map(i64::unsigned_abs)
    }

    fn one<T: rusqlite::types::FromSql>(&self, sql: &str, id: &str) -> Result<Option<T>, Error> {
        let read = || self.conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional();
        read().map_err(|error| self.sql(error))
    }
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Days between a day and the newest before it of which somebody speaks.
fn newest(spoken: &[u8], at: i32) -> Option<i64> {
    let day = |n: usize| spoken.get(4 * n..4 * n + 4)?.try_into().ok().map(i32::from_be_bytes);
    // The first stretch that begins after the day.
    let (mut low, mut high) = (0, spoken.len() / 8);
    while low < high {
        let middle = (low + high) / 2;
        if day(2 * middle)? <= at { low = middle + 1 } else { high = middle }
    }
    let to = day(2 * low.checked_sub(1)? + 1)?.min(at);
    Some(i64::from(at) - i64::from(to))
}
