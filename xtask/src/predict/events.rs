//! Which event each span of a report tells: predictions for labelled pairs of mentions, and for gold mentions of
//! cross-document coreference.
//!
//! All reports of the file are read and weighed together. An event of a span is the event of any claim whose
//! evidence overlaps it; of a gold mention, which is one word, that of a claim whose trigger word it is.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use gainsay_lexicon::Words;
use gainsay_model::{Claim, Report, Slot};
use gainsay_weigh::{Corpus, ReportHead, weigh};
use serde_json::{Value, json};

/// Claims of the reports, and the heads of the reports.
fn shelf(input: &Path) -> anyhow::Result<(Vec<ReportHead>, Vec<Claim>)> {
    let reports = super::reports(input)?;
    let mut claims = Vec::new();
    for report in &reports {
        claims.extend(gainsay_read::read(report, Words::builtin()).claims);
    }
    Ok((reports.iter().map(head).collect(), claims))
}

fn head(report: &Report) -> ReportHead {
    ReportHead {
        id: report.id.clone(),
        published: report.published,
        dated: gainsay_intake::published_of(&report.text),
        publisher: report.publisher.clone(),
        credited: None,
        title: report.title.clone(),
        url: report.url.clone(),
        sha_text: String::new(),
        fingerprint: gainsay_intake::fingerprint(&report.text),
    }
}

/// Writes a line for every piece of evidence of a claim that is of an event: report, offsets, event.
pub(super) fn predict(input: &Path, output: &Path) -> anyhow::Result<()> {
    let (heads, claims) = shelf(input)?;
    let weighed = weigh(&Corpus::new(&heads, &claims, Words::builtin()));
    let mut out = create(output)?;
    for claim in &claims {
        let event = weighed.event_of.get(&claim.id);
        for evidence in &claim.evidence {
            let (start, end) = (evidence.start, evidence.end);
            let line = json!({"document": claim.document, "start": start, "end": end, "event": event});
            writeln!(out, "{line}")?;
        }
    }
    Ok(out.flush()?)
}

/// Writes a cluster for every gold mention that lies beside the input (`*.mentions.jsonl`).
pub(super) fn coref(input: &Path, output: &Path) -> anyhow::Result<()> {
    let (heads, claims) = shelf(input)?;
    let weighed = weigh(&Corpus::new(&heads, &claims, Words::builtin()));
    let mut told: BTreeMap<&str, Vec<(usize, usize, &str)>> = BTreeMap::new();
    for claim in &claims {
        let Some(event) = weighed.event_of.get(&claim.id) else { continue };
        let triggers = claim.grounds.iter().filter(|ground| ground.slot == Slot::Kind);
        let triggers = triggers.map(|ground| (ground.start, ground.end, event.as_str()));
        told.entry(&claim.document).or_default().extend(triggers);
    }
    let beside = input.to_string_lossy().replace(".docs.jsonl", ".mentions.jsonl");
    let mentions = std::fs::read_to_string(&beside).with_context(|| beside.clone())?;
    let mut out = create(output)?;
    for line in mentions.lines() {
        let mention: Value = serde_json::from_str(line).with_context(|| beside.clone())?;
        let at = |key: &str| mention[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let here = told.get(mention["doc"].as_str().unwrap_or_default()).map_or(&[][..], Vec::as_slice);
        let event = here.iter().find(|(start, end, _)| *start < at("end") && at("start") < *end);
        if let Some((.., event)) = event {
            writeln!(out, "{}", json!({"mid": mention["mid"], "cluster": event}))?;
        }
    }
    Ok(out.flush()?)
}

fn create(output: &Path) -> anyhow::Result<std::io::BufWriter<std::fs::File>> {
    Ok(std::io::BufWriter::new(std::fs::File::create(output).with_context(|| output.display().to_string())?))
}
