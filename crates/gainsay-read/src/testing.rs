//! What the tests of the passes share: reading a sentence, and writing readings down in a line.

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Filler, Reading, Report, Status};

/// The reading of a text that was published on a day.
pub fn reading(published: &str, text: &str) -> Reading {
    crate::read(&report(published, text), Words::builtin())
}

/// A text that was published on a day, as a report.
pub fn report(published: &str, text: &str) -> Report {
    Report {
        id: "r".into(),
        text: text.into(),
        published: published.parse().ok(),
        publisher: None,
        author: None,
        title: None,
        url: None,
        language: Some("en".into()),
        guessed: Vec::new(),
    }
}

/// A claim in a line: `kind[status] actor > target @ place ; time ; count ; by source`, empty parts left out.
pub fn line(claim: &Claim) -> String {
    let names = |fillers: &[Filler]| {
        let name =
            |filler: &Filler| filler.id().map_or_else(|| format!("\"{}\"", filler.mention), str::to_string);
        fillers.iter().map(name).collect::<Vec<_>>().join("+")
    };
    let mut line = claim.kind.to_string();
    if claim.status != Status::Asserted {
        line += &format!("[{}]", claim.status);
    }
    for (mark, fillers) in [(" ", &claim.actor), (" > ", &claim.target), (" @ ", &claim.place)] {
        if !fillers.is_empty() {
            line += &format!("{mark}{}", names(fillers));
        }
    }
    if let Some(time) = claim.time {
        let day = |date: Option<gainsay_model::Date>| date.map(|date| date.to_string()).unwrap_or_default();
        line += &if time.start == time.end {
            format!("; {}", day(time.start))
        } else {
            format!("; {}..{}", day(time.start), day(time.end))
        };
    }
    if let Some(count) = &claim.count {
        let bound = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let range = if count.low == count.high {
            bound(count.low)
        } else {
            format!("{}-{}", bound(count.low), bound(count.high))
        };
        line += &format!("; {range} {}", count.what);
    }
    if !claim.source.is_empty() {
        line += &format!("; by {}", names(&claim.source));
    }
    if claim.unverified {
        line += "; unverified";
    }
    line
}

/// All claims of a text, a line each.
pub fn claims(published: &str, text: &str) -> String {
    reading(published, text).claims.iter().map(line).collect::<Vec<_>>().join("\n")
}
