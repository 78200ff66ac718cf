//! The loss report: what the ledger holds that a format cannot, counted while one export was written.
//!
//! **Takes** notes from the writers, one for each value that they drop, join, round or replace.
//! **Gives** lines with a number each, as JSON and as a table for people.
//! **Never** says what a format loses in general: a line without a value of this export is not there.

use std::collections::BTreeMap;

use serde::Serialize;

/// What became of values that the format cannot hold as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Became {
    /// They are nowhere in the export.
    Dropped,
    /// Several are one in the export.
    Merged,
    /// They are less exact.
    Rounded,
    /// Something else stands in their place.
    Replaced,
}

impl Became {
    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Became::Dropped => "dropped",
            Became::Merged => "merged",
            Became::Rounded => "rounded",
            Became::Replaced => "replaced",
        }
    }
}

/// One line of a loss report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LossLine {
    /// The noun: claims, events, reports …
    pub of: String,
    /// Its field.
    pub field: String,
    /// What became of the values.
    pub became: Became,
    /// How many values.
    pub values: usize,
    /// Why, in a line.
    pub why: String,
}

/// What one export wrote, and what it could not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// The format.
    pub format: String,
    /// Rows written, by noun.
    pub written: BTreeMap<String, usize>,
    /// What was lost, in the order of noun and field.
    pub lost: Vec<LossLine>,
}

impl Loss {
    /// An empty report of a format.
    pub fn of(format: &str) -> Loss {
        Loss { format: format.to_owned(), ..Loss::default() }
    }

    /// Notes rows that were written.
    pub fn wrote(&mut self, noun: &str, rows: usize) {
        *self.written.entry(noun.to_owned()).or_default() += rows;
    }

    /// Notes values that the format cannot hold; none are no line.
    pub fn note(&mut self, of: &str, field: &str, became: Became, values: usize, why: &str) {
        if values == 0 {
            return;
        }
        let same = |line: &&mut LossLine| {
            line.of == of && line.field == field && line.became == became && line.why == why
        };
        match self.lost.iter_mut().find(same) {
            Some(line) => line.values += values,
            None => self.lost.push(LossLine {
                of: of.to_owned(),
                field: field.to_owned(),
                became,
                values,
                why: why.to_owned(),
            }),
        }
        self.lost
            .sort_by(|a, b| (&a.of, &a.field, a.became, &a.why).cmp(&(&b.of, &b.field, b.became, &b.why)));
    }

    /// As [`Loss::note`], of values that are dropped.
    pub fn dropped(&mut self, of: &str, field: &str, values: usize, why: &str) {
        self.note(of, field, Became::Dropped, values, why);
    }

    /// How many values were lost, of all kinds.
    pub fn values(&self) -> usize {
        self.lost.iter().map(|line| line.values).sum()
    }

    /// The report as JSON, a field a line.
    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("texts and numbers are written as JSON");
        text.push('\n');
        text
    }

    /// The report as lines for people, columns aligned.
    pub fn table(&self) -> String {
        let digits = self.lost.iter().map(|line| line.values.to_string().len()).max().unwrap_or(0);
        let heads: Vec<String> = self.lost.iter().map(|line| format!("{}.{}", line.of, line.field)).collect();
        let wide = heads.iter().map(|head| head.chars().count()).max().unwrap_or(0);
        let mut text = String::new();
        for (line, head) in self.lost.iter().zip(&heads) {
            let became = line.became.as_str();
            text += &format!("{:>digits$}  {head:wide$}  {became:8}  {}\n", line.values, line.why);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_line_add_up_and_none_are_no_line() {
        let mut loss = Loss::of("ged");
        loss.dropped("claims", "status", 2, "ged has no status");
        loss.dropped("claims", "status", 0, "nothing");
        loss.note("events", "time", Became::Rounded, 1, "a day");
        loss.dropped("claims", "status", 3, "ged has no status");
        assert_eq!(loss.lost.len(), 2);
        assert_eq!(loss.values(), 6);
        assert_eq!(
            loss.table(),
            "5  claims.status  dropped   ged has no status\n1  events.time    rounded   a day\n"
        );
        assert!(loss.json().contains("\"became\": \"rounded\""));
    }
}
