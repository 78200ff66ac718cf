//! A row of a table of events laid out as a report: a line `field: value` for each of its columns, so that evidence points
//! at values.

use std::collections::BTreeMap;

use gainsay_intake::EventRow;
use gainsay_model::{
    Claim, Count, Date, Evidence, Field, Filler, Ground, Group, Interval, Kind, Measure, Report, Scope, Slot,
    Status,
};

/// A row as a report, and where each value stands in its text.
pub struct Laid<'r> {
    /// The row.
    pub row: &'r EventRow,
    /// Its text: the lines of its fields.
    pub text: String,
    /// For each field its value, and the code points it takes.
    at: BTreeMap<&'r str, (&'r str, usize, usize)>,
}

impl<'r> Laid<'r> {
    /// The row's fields, a line each; line ends within a value become spaces.
    pub fn of(row: &'r EventRow) -> Laid<'r> {
        let (mut text, mut length, mut at) = (String::new(), 0, BTreeMap::new());
        for (name, value) in &row.fields {
            let shown: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let start = length + name.chars().count() + 2;
            let end = start + shown.chars().count();
            at.entry(name.as_str()).or_insert((value.as_str(), start, end));
            text += &format!("{name}: {shown}\n");
            length = end + 1;
        }
        Laid { row, text, at }
    }

    /// A field's value.
    pub fn value(&self, field: &str) -> Option<&'r str> {
        self.at.get(field).map(|(value, ..)| *value)
    }

    /// A field's whole number.
    pub fn number(&self, field: &str) -> Option<u64> {
        let value = self.value(field)?;
        let whole =
            |value: f64| (value.fract() == 0.0 && (0.0..=9e15).contains(&value)).then_some(value as u64);
        value.parse::<u64>().ok().or_else(|| whole(value.parse().ok()?))
    }

    /// A field's number.
    pub fn degrees(&self, field: &str) -> Option<f64> {
        self.value(field)?.parse().ok().filter(|value: &f64| value.is_finite())
    }

    /// A field's day: an ISO day, with or without a time, or one in words ("16 January 2016").
    pub fn day(&self, field: &str) -> Option<Date> {
        let value = self.value(field)?;
        let iso = value.get(..10).and_then(|day| day.parse().ok());
        iso.or_else(|| {
            gainsay_intake::days_in(&value.chars().take(100).collect::<String>()).into_iter().next()
        })
    }

    /// The last day that is written in a field.
    pub fn last_day(&self, field: &str) -> Option<Date> {
        gainsay_intake::days_in(&self.value(field)?.chars().take(2_000).collect::<String>()).into_iter().max()
    }

    /// The words of a field, as evidence.
    pub fn evidence(&self, field: &str) -> Option<Evidence> {
        let (_, start, end) = *self.at.get(field)?;
        let exact = self.text.chars().skip(start).take(end - start).collect();
        Some(Evidence { start, end, exact })
    }

    /// The words of a field, as what a value was read from.
    pub fn ground(&self, slot: Slot, field: &str, rule: &str) -> Option<Ground> {
        let (_, start, end) = *self.at.get(field)?;
        Some(Ground { slot, start, end, rule: rule.to_owned() })
    }

    /// The report: its text is the row's, and so are its bytes.
    pub fn report(&self, id: String, outlet: &str, published: Option<Date>, title: Option<String>) -> Report {
        Report {
            id,
            text: self.text.clone(),
            published,
            publisher: Some(outlet.to_owned()),
            author: None,
            title,
            url: None,
            // Names of fields and words of coders: nobody's running text.
            language: Some("en".to_owned()),
            guessed: vec![Field::Published],
        }
    }
}

/// What all claims of one row share.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// Where.
    pub place: Vec<Filler>,
    /// Who is said to say it.
    pub source: Vec<Filler>,
    /// When.
    pub time: Option<Interval>,
    /// What these were read from.
    pub grounds: Vec<Ground>,
}

/// One claim of a row in the making.
pub struct Draft {
    /// What it is about.
    pub kind: Kind,
    /// Fields that state it.
    pub fields: Vec<&'static str>,
    /// Who did it, with the field.
    pub actor: Option<(Filler, &'static str)>,
    /// To whom, with the field.
    pub target: Option<(Filler, &'static str)>,
    /// How many, with the field.
    pub count: Option<(Count, &'static str)>,
    /// Whether its count is a part of the row's total.
    pub part: bool,
}

/// So many of these.
pub fn counted(what: Measure, low: Option<u64>, high: Option<u64>, group: Option<Group>) -> Count {
    Count { what, low, high, group, scope: Some(Scope::Incident) }
}

/// The claims of one row: ids in order, the parts linked to the total.
pub fn claims(laid: &Laid, report: &str, reader: &str, shared: &Shared, drafts: Vec<Draft>) -> Vec<Claim> {
    let id = |n: usize| format!("{report}-{:02}", n + 1);
    let total = drafts.iter().position(|draft| draft.count.is_some() && !draft.part);
    let one = |(n, draft): (usize, Draft)| {
        let rule = |slot: Slot, field: &str| laid.ground(slot, field, &format!("{reader}.{field}"));
        let mut evidence: Vec<Evidence> =
            draft.fields.iter().filter_map(|field| laid.evidence(field)).collect();
        let party =
            |party: &Option<(Filler, &'static str)>| party.iter().map(|(filler, _)| filler.clone()).collect();
        let mut grounds = shared.grounds.clone();
        grounds.extend(draft.actor.iter().filter_map(|(_, field)| rule(Slot::Actor, field)));
        grounds.extend(draft.target.iter().filter_map(|(_, field)| rule(Slot::Target, field)));
        grounds.extend(draft.count.iter().filter_map(|(_, field)| rule(Slot::Count, field)));
        grounds.extend(draft.fields.first().and_then(|field| rule(Slot::Kind, field)));
        evidence.sort();
        evidence.dedup();
        grounds.sort();
        grounds.dedup();
        Claim {
            id: id(n),
            document: report.to_owned(),
            kind: draft.kind,
            evidence,
            status: Status::Asserted,
            actor: party(&draft.actor),
            target: party(&draft.target),
            place: shared.place.clone(),
            time: shared.time,
            count: draft.count.map(|(count, _)| count),
            source: shared.source.clone(),
            degree: None,
            unverified: false,
            means: None,
            cut: Vec::new(),
            part_of: total.filter(|total| draft.part && *total != n).map(id),
            reader: reader.to_owned(),
            grounds,
        }
    };
    drafts.into_iter().enumerate().map(one).collect()
}
