//! schema.org ClaimReview and Claim as JSON-LD: a review for each version of what is disputed, or for each claim.
//!
//! A rating says what is disputed, by how many voices, and never that something is true or false: gainsay does not know.

use std::io::{self, Write};

use gainsay_model::{Dispute, DisputeSide, Status};
use serde_json::{Value, json};

use super::Noun;
use super::ged::flat;
use super::input::{Export, Index, Said};
use super::loss::{Became, Loss};

/// Writes the document.
///
/// # Errors
/// Those of `out`.
pub fn write(export: &Export, nouns: &[Noun], out: &mut dyn Write, loss: &mut Loss) -> io::Result<()> {
    let index = Index::of(export, &[]);
    out.write_all(b"{\"@context\":\"https://schema.org\",\"@graph\":[")?;
    let mut rows = 0;
    let mut put = |out: &mut dyn Write, review: &Value| -> io::Result<()> {
        out.write_all(if rows == 0 { b"\n" } else { b",\n" })?;
        rows += 1;
        serde_json::to_writer(out, &known(review.clone())).map_err(io::Error::from)
    };
    if nouns.contains(&Noun::Disputes) {
        for dispute in &export.disputes {
            for (at, side) in dispute.sides.iter().enumerate() {
                put(out, &of_side(export, &index, dispute, at, side))?;
            }
        }
        loss.wrote("disputes", export.disputes.len());
        let spread = export.disputes.iter().filter(|dispute| dispute.spread.is_some()).count();
        loss.dropped("disputes", "spread", spread, "ClaimReview has no place for it");
        let roots =
            export.disputes.iter().flat_map(|dispute| &dispute.sides).map(|side| side.roots.len()).sum();
        loss.note(
            "disputes",
            "roots",
            Became::Merged,
            roots,
            "independent voices are a number in the rating's words",
        );
    }
    if nouns.contains(&Noun::Claims) {
        let rejected = |said: &&Said| said.decided.as_deref() == Some("rejected");
        let wrong = export.claims.iter().filter(rejected).count();
        loss.dropped("claims", "*", wrong, "read wrongly, as people decided: no claim to review");
        for said in export.claims.iter().filter(|said| !rejected(said)) {
            put(out, &of_claim(export, &index, said))?;
        }
        loss.wrote("claims", export.claims.len() - wrong);
        let chains = export.claims.iter().map(|said| said.claim.source.len().saturating_sub(1)).sum();
        loss.dropped("claims", "source", chains, "the last in the chain alone is the author");
        let grounds = export.claims.iter().map(|said| said.claim.grounds.len()).sum();
        loss.dropped("claims", "grounds", grounds, "the rule that read each value is left out");
        let timed = export.claims.iter().filter(|said| said.claim.time.is_some()).count();
        loss.note(
            "claims",
            "time",
            Became::Merged,
            timed,
            "when it happened stands in the words of the claim alone",
        );
    }
    out.write_all(b"\n]}\n")
}

/// Without the fields of which nothing is known.
fn known(value: Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(
            object
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key, known(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(known).collect()),
        other => other,
    }
}

/// The review of one version of what is disputed.
fn of_side(export: &Export, index: &Index, dispute: &Dispute, at: usize, side: &DisputeSide) -> Value {
    let about = &dispute.about;
    let subject = about
        .event
        .as_deref()
        .map(|event| happening(export, event))
        .or_else(|| about.place.as_deref().map(|place| export.name(place).to_owned()))
        .or_else(|| {
            about.pair.as_ref().map(|pair| format!("{} and {}", export.name(&pair[0]), export.name(&pair[1])))
        })
        .unwrap_or_default();
    let what = about.measure.map(|measure| format!(" {measure}")).unwrap_or_default();
    let whom = about
        .group
        .as_deref()
        .filter(|group| *group != "all")
        .map(|group| format!(" ({})", group.replace('-', " ")))
        .unwrap_or_default();
    let value = |side: &DisputeSide| match about.measure {
        Some(_) => side.value.clone(),
        None => export.name(&side.value).to_owned(),
    };
    let others: Vec<String> = dispute
        .sides
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at)
        .map(|(_, other)| format!("{} ({})", value(other), voices(other.roots.len())))
        .collect();
    let kind = dispute.kind.as_str();
    let rating = match dispute.revision {
        true => format!("Revised by the same voice: {kind}; other versions: {}", others.join(", ")),
        false => {
            format!(
                "Disputed: {kind}; told so by {}, others say {}",
                voices(side.roots.len()),
                others.join(", ")
            )
        }
    };
    let claims: Vec<&Said> = index.behind(&side.claims).collect();
    let said = claims.iter().filter_map(|said| said.published).max();
    json!({
        "@type": "ClaimReview",
        "@id": format!("urn:gainsay:dispute:{}:{}", dispute.id, at + 1),
        "claimReviewed": format!("{}{what}{whom}: {subject}", value(side)),
        "datePublished": said,
        "author": author(),
        "itemReviewed": claim(export, index, &claims, &side.sources),
        "reviewRating": {"@type": "Rating", "alternateName": rating},
    })
}

/// An event in words: what, where, when.
fn happening(export: &Export, id: &str) -> String {
    let found =
        export.events.binary_search_by(|event| event.id.as_str().cmp(id)).ok().map(|at| &export.events[at]);
    let Some(event) = found else { return id.replace('-', " ") };
    let place =
        if event.place.is_empty() { String::new() } else { format!(", {}", export.names(&event.place)) };
    let (start, end) = (event.time.start, event.time.end);
    let when = match (start.or(end), end.filter(|end| start.is_some_and(|start| start < *end))) {
        (Some(day), None) => format!(", {day}"),
        (Some(day), Some(end)) => format!(", {day} to {end}"),
        (None, _) => String::new(),
    };
    format!("{}{place}{when}", event.kind)
}

fn voices(number: usize) -> String {
    if number == 1 { "1 voice".to_owned() } else { format!("{number} voices") }
}

/// The review of one claim.
fn of_claim(export: &Export, index: &Index, said: &Said) -> Value {
    let status = match said.claim.status {
        Status::Asserted => "said",
        Status::Denied => "denied",
        Status::Possible => "said to be possible",
        Status::Intended => "said to be intended",
    };
    let disputed = export.disputes.iter().filter(|dispute| {
        !dispute.revision && dispute.sides.iter().any(|side| side.claims.contains(&said.claim.id))
    });
    let kinds: std::collections::BTreeSet<&str> = disputed.map(|dispute| dispute.kind.as_str()).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let contested = match kinds.is_empty() {
        true => "nobody in the ledger contradicts it".to_owned(),
        false => format!("disputed: {}", kinds.join(", ")),
    };
    let unverified = if said.claim.unverified { "; the report could not confirm it" } else { "" };
    let words: Vec<String> =
        said.claim.evidence.iter().take(1).map(|evidence| flat(&evidence.exact)).collect();
    let sources: Vec<String> = match said.claim.source.last() {
        Some(source) => vec![source.name().to_owned()],
        None => said.outlet.clone().into_iter().collect(),
    };
    json!({
        "@type": "ClaimReview",
        "@id": format!("urn:gainsay:claim:{}", said.claim.id),
        "claimReviewed": words.join(" "),
        "datePublished": said.published,
        "author": author(),
        "itemReviewed": claim(export, index, &[said], &sources),
        "reviewRating": {"@type": "Rating", "alternateName": format!("{status} by {}; {contested}{unverified}", voices(said.roots.len()))},
    })
}

fn author() -> Value {
    json!({"@type": "Organization", "name": "gainsay ledger"})
}

/// What is reviewed: who says it, and where it appeared.
fn claim(export: &Export, index: &Index, claims: &[&Said], sources: &[String]) -> Value {
    let authors: Vec<Value> =
        sources.iter().map(|id| json!({"@type": "Organization", "name": export.name(id)})).collect();
    let mut seen = std::collections::BTreeSet::new();
    let mut works: Vec<(Option<gainsay_model::Date>, Value)> = claims
        .iter()
        .filter(|said| seen.insert(said.report.as_str()))
        .map(|said| {
            let report = index.reports.get(said.report.as_str()).map(|one| &one.report);
            let work = json!({
                "@type": "CreativeWork",
                "identifier": said.report,
                "headline": report.and_then(|report| report.title.clone()),
                "url": report.and_then(|report| report.url.clone()),
                "datePublished": said.published,
                "publisher": said.outlet.as_ref().map(|name| json!({"@type": "Organization", "name": name})),
            });
            (said.published, work)
        })
        .collect();
    // Works without a day come last: nobody knows that they were first.
    works.sort_by_key(|(day, _)| (day.is_none(), *day));
    let first = works.first().filter(|(day, _)| day.is_some()).map(|(_, work)| work.clone());
    json!({
        "@type": "Claim",
        "author": authors,
        "firstAppearance": first,
        "appearance": works.into_iter().map(|(_, work)| work).collect::<Vec<_>>(),
    })
}
