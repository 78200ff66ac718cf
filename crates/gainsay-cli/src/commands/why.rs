//! `gainsay why`: everything behind a claim, event or dispute.

use std::io::{self, Write};

use anyhow::Result;
use gainsay::ask::ClaimLine;
use gainsay::show;
use gainsay::why::{Voice, Why, WhyClaim, why};

use super::disputes::about;
use super::events::toll;
use super::{Context, decisions, join, or_dash};
use crate::Outcome;
use crate::args::Format;
use crate::out::{self, plain};

/// Shows it as text, or as one JSON object.
pub fn run(context: &Context, id: &str) -> Result<Outcome> {
    let found = why(context.ledger, id)?;
    let mut out = out::stdout();
    match (context.format, &found) {
        (Format::Jsonl, _) => out::line(&mut out, &found)?,
        (Format::Csv, _) => anyhow::bail!(gainsay::Error::input(
            "`why` has no rows to give as CSV; use --format table or jsonl"
        )),
        (Format::Table, Why::Claim(claim)) => of_claim(&mut out, claim)?,
        (Format::Table, Why::Event { event, voices }) => {
            writeln!(out, "event {}: {}, {}", event.id, event.kind, show::interval(event.time))?;
            field(&mut out, "places", &join(&event.place))?;
            field(&mut out, "actors", &join(&event.actors))?;
            field(&mut out, "targets", &join(&event.targets))?;
            field(&mut out, "killed", &toll(&event.killed))?;
            field(&mut out, "injured", &toll(&event.injured))?;
            field(&mut out, "occurrence", &event.grade.occurrence)?;
            field(&mut out, "attribution", &event.grade.attribution)?;
            field(&mut out, "count", &event.grade.count)?;
            self::voices(&mut out, voices)?;
        }
        (Format::Table, Why::Dispute { dispute, sides }) => {
            let word = if dispute.revision { "revision" } else { "dispute" };
            writeln!(out, "{word} {}: {} of {}", dispute.id, dispute.kind.as_str(), about(&dispute.about))?;
            for side in sides {
                writeln!(out, "\n{}", plain(&side.value))?;
                self::voices(&mut out, &side.voices)?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn of_claim(out: &mut impl Write, why: &WhyClaim) -> io::Result<()> {
    let line = &why.claim;
    writeln!(out, "claim {}: {}, {}", line.claim.id, line.claim.kind, line.claim.status)?;
    let report = format!("{}, {}, {}", line.report, or_dash(line.outlet.as_ref()), or_dash(line.published));
    field(out, "report", &report)?;
    field(out, "title", why.title.as_deref().unwrap_or_default())?;
    field(out, "url", why.url.as_deref().unwrap_or_default())?;
    field(out, "copy of", why.copy_of.as_deref().unwrap_or_default())?;
    field(out, "event", line.event.as_deref().unwrap_or_default())?;
    field(out, "rated", why.rating.as_deref().unwrap_or_default())?;
    field(out, "decided", line.decided.as_deref().unwrap_or_default())?;
    let private: Vec<&str> = line.private.keys().copied().collect();
    field(out, "private", &join(&private))?;
    field(out, "read by", &line.claim.reader)?;
    field(out, "kept as", &format!("log entry {}, SHA-256 {}", why.entry, why.raw_sha256))?;
    writeln!(out, "\nwords")?;
    for quote in &why.quotes {
        let (before, exact, after) = (plain(&quote.before), plain(&quote.exact), plain(&quote.after));
        writeln!(out, "  … {} «{exact}» {} …", before.trim(), after.trim())?;
    }
    writeln!(out, "\nvalues")?;
    for value in &why.values {
        let (slot, words, rule) = (value.slot, plain(&value.words), &value.rule);
        writeln!(out, "  {slot:8} {}  ← “{words}” ({rule})", plain(&value.value))?;
    }
    if line.claim.unverified {
        writeln!(out, "  the text says that this could not be confirmed")?;
    }
    readings(out, line)?;
    if !why.links.is_empty() {
        writeln!(out, "\nnames")?;
    }
    for link in &why.links {
        let note = link.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
        let others =
            if link.others.is_empty() { String::new() } else { format!("; not {}", join(&link.others)) };
        let (slot, mention, reason) = (link.slot, plain(&link.mention), &link.reason);
        writeln!(out, "  {slot:8} “{mention}” is {} ({reason}, {}{note}{others})", link.id, link.score)?;
    }
    writeln!(out, "\nchain")?;
    for (depth, link) in why.chain.iter().enumerate() {
        let side = if link.side.is_empty() { String::new() } else { format!(", {}", link.side) };
        let root = if line.roots.contains(&link.id) { ", root" } else { "" };
        writeln!(out, "  {}{} ({}{side}{root})", "← ".repeat(depth.min(1)), plain(&link.name), link.id)?;
    }
    if !why.decisions.is_empty() {
        writeln!(out, "\ndecisions")?;
    }
    for decision in &why.decisions {
        let (entry, at, by) = (decision.entry, &decision.at, plain(&decision.by));
        let undone = decision.undone_by.map(|by| format!(" (undone by entry {by})")).unwrap_or_default();
        let what = decisions::what(&decision.decision);
        let why = if decision.why.is_empty() { String::new() } else { format!(": {}", plain(&decision.why)) };
        writeln!(out, "  entry {entry}, {at}, {by}: {what}{why}{undone}")?;
    }
    Ok(())
}

/// What other readers read of it.
fn readings(out: &mut impl Write, line: &ClaimLine) -> io::Result<()> {
    let read = &line.read;
    if read.weighed.is_none() && read.readings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nreaders")?;
    if read.weighed == Some(false) {
        match &read.beside {
            Some(stands) => writeln!(out, "  not weighed: {stands} stands in its place")?,
            None => writeln!(out, "  not weighed: {} alone reads it", line.claim.reader)?,
        }
    }
    for one in &read.differs {
        let (slot, stands, here) = (one.slot, plain(&one.stands), plain(&one.beside));
        writeln!(out, "  {slot:8} {here}, there {stands}")?;
    }
    for other in &read.readings {
        let (reader, claim) = (plain(&other.reader), &other.claim);
        let says = if other.differs.is_empty() { "reads the same" } else { "differs" };
        writeln!(out, "  {reader} {says} [{claim}]")?;
        for one in &other.differs {
            let (slot, here, there) = (one.slot, plain(&one.stands), plain(&one.beside));
            writeln!(out, "    {slot:8} {there}, here {here}")?;
        }
    }
    Ok(())
}

fn field(out: &mut impl Write, name: &str, value: &str) -> io::Result<()> {
    if value.is_empty() { Ok(()) } else { writeln!(out, "  {name:12} {}", plain(value)) }
}

fn voices(out: &mut impl Write, voices: &[Voice]) -> io::Result<()> {
    for voice in voices {
        let side = if voice.root.side.is_empty() { String::new() } else { format!(", {}", voice.root.side) };
        writeln!(out, "  {} ({}{side})", plain(&voice.root.name), voice.root.id)?;
        for saying in &voice.claims {
            let (day, outlet) = (or_dash(saying.published), or_dash(saying.outlet.as_ref()));
            writeln!(out, "    {day} {}: “{}” [{}]", plain(&outlet), plain(&saying.exact), saying.id)?;
        }
    }
    Ok(())
}
