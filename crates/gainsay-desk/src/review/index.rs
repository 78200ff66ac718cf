//! The queue in short: what it takes to find items by place and day, and to leave out what was settled since.

use std::collections::HashMap;

use gainsay::answers::Answers;
use gainsay::ask::QueueItem;
use gainsay::decide::{Decision, Overlay};
use gainsay::model::Date;

/// So many items are read at once.
const PAGE: u64 = 1000;

/// An item in short.
pub struct Row {
    /// Its id.
    pub id: String,
    /// What it is.
    what: String,
    places: Vec<String>,
    from: Option<Date>,
    to: Option<Date>,
    claims: Vec<String>,
    /// The decisions of which others about the same would settle it.
    decisions: Vec<Decision>,
}

/// All items, what would change most first.
pub struct Rows {
    /// The entry of the log that the answers were made up to.
    pub entry: u64,
    rows: Vec<Row>,
    at: HashMap<String, usize>,
}

/// Which items are wanted.
#[derive(Default)]
pub struct Wanted {
    /// Of this sort alone.
    pub what: Option<String>,
    /// In these places, with all they contain.
    pub places: Vec<String>,
    /// Not before this day.
    pub from: Option<Date>,
    /// Not after this day.
    pub to: Option<Date>,
}

impl Rows {
    /// Reads them out of the answers.
    pub(super) fn of(answers: &Answers) -> Result<Rows, gainsay::Error> {
        let mut rows: Vec<Row> = Vec::new();
        loop {
            let (items, _) = answers.queue(None, (rows.len() as u64, PAGE))?;
            if items.is_empty() {
                break;
            }
            rows.extend(items.into_iter().map(Row::of));
        }
        let at = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
        Ok(Rows { entry: answers.entry(), rows, at })
    }

    /// Whether there is such an item.
    pub fn has(&self, id: &str) -> bool {
        self.at.contains_key(id)
    }

    /// Items from the one after `after` on, at most so many; how many there are in all, and whether more follow.
    pub fn page(
        &self,
        wanted: &Wanted,
        overlay: &Overlay,
        after: Option<&str>,
        limit: usize,
    ) -> (Vec<&Row>, usize, bool) {
        let start = after.and_then(|id| self.at.get(id)).map_or(0, |at| at + 1);
        let newer = overlay.is_newer(self.entry);
        let lets = |row: &Row| wanted.lets(row) && !(newer && row.settled(overlay, self.entry));
        let before = self.rows[..start].iter().filter(|row| lets(row)).count();
        let mut found: Vec<&Row> = self.rows[start..].iter().filter(|row| lets(row)).collect();
        let total = before + found.len();
        let more = found.len() > limit;
        found.truncate(limit);
        (found, total, more)
    }
}

impl Row {
    fn of(item: QueueItem) -> Row {
        Row {
            decisions: item.settle.into_iter().next().map(|settle| settle.decisions).unwrap_or_default(),
            id: item.id,
            what: item.what,
            places: item.places,
            from: item.from,
            to: item.to,
            claims: item.claims,
        }
    }

    /// Whether it was decided, or is proposed to be, since the answers were made; or is of a claim that was changed.
    fn settled(&self, overlay: &Overlay, entry: u64) -> bool {
        overlay.settled(&self.decisions, entry)
            || self.claims.iter().any(|claim| overlay.changed(claim, entry))
    }
}

impl Wanted {
    fn lets(&self, row: &Row) -> bool {
        let gazetteer = &gainsay::words::settled().gazetteer;
        let inside = |place: &String| self.places.iter().any(|outer| gazetteer.within(place, outer));
        self.what.as_ref().is_none_or(|what| *what == row.what)
            && (self.places.is_empty() || row.places.iter().any(inside))
            && self.from.is_none_or(|from| row.to.is_some_and(|to| to >= from))
            && self.to.is_none_or(|to| row.from.is_some_and(|from| from <= to))
    }
}
