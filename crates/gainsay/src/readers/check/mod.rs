//! Holding a claim that was handed in to the report it was read from.
//!
//! **Takes** a report, read once by gainsay's own passes ([`Held`]), and a claim somebody read there.
//! **Gives** the claim as the ledger keeps it, with the words of each value and the rule by which these bear it out; or
//! in one sentence the first value that does not follow.
//! **Never** trusts a reader, whoever it is, and never mends a value: what does not follow is refused whole.
//!
//! A file a rule: `names` for actor, target, place and source, `times`, `counts`, `cues` for the rest.

mod counts;
mod cues;
mod names;
mod times;

#[cfg(test)]
mod tests;

use std::ops::Range;

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Evidence, Filler, Ground, Reading, Report, Slot};

use super::cited::{LONGEST, Quoted};
use super::line::{Cited, Handed, Named};
use super::words::{Place, Told};
use crate::extract;

/// A report to which claims are held.
pub struct Held<'r> {
    report: &'r Report,
    lists: &'r Words,
    quoted: Quoted<'r>,
    told: Told,
    /// The headline's words, where the text does not hold them.
    title: Option<Told>,
    reading: Reading,
    /// gainsay does not read the report's language: its numbers and days are looked for by their digits.
    unread: bool,
}

/// Where one claim's values are looked for.
struct Shown<'h> {
    held: &'h Held<'h>,
    /// The evidence of the whole claim with the sentences it stands in, in bytes.
    pieces: Vec<Range<usize>>,
    /// Further words for single values, in bytes.
    grounds: Vec<(Slot, Range<usize>)>,
}

impl<'r> Held<'r> {
    /// A report, its words looked up and read by gainsay's own passes.
    pub fn of(report: &'r Report, lists: &'r Words) -> Held<'r> {
        let reading = extract::read(report, lists);
        let title = report.title.as_deref().filter(|title| !report.text.contains(title));
        Held {
            report,
            lists,
            quoted: Quoted::of(&report.text),
            told: Told::of(&report.text, lists),
            title: title.map(|title| Told::of(title, lists)),
            unread: reading.sentences.is_empty(),
            reading,
        }
    }

    /// The claim as it is kept, by this reader and without an id; and what is to be noted of it.
    ///
    /// # Errors
    /// The first value that neither stands in the words it names nor follows from them, and why.
    pub fn check(&self, handed: &Handed, reader: &str) -> Result<(Claim, Option<&'static str>), String> {
        let mut noted = None;
        let mut find = |cited: &Cited| -> Result<Evidence, String> {
            let (evidence, note) = self.quoted.find(cited)?;
            noted = noted.or(note);
            Ok(evidence)
        };
        let mut evidence = handed.evidence.iter().map(&mut find).collect::<Result<Vec<_>, _>>()?;
        evidence.sort();
        evidence.dedup();
        let bytes = |piece: &Evidence| self.quoted.byte(piece.start)..self.quoted.byte(piece.end);
        let mut grounds = Vec::with_capacity(handed.grounds.len());
        for (slot, cited) in &handed.grounds {
            grounds.push((*slot, self.sentences(bytes(&find(cited)?))));
        }
        let pieces = evidence.iter().map(|piece| self.sentences(bytes(piece))).collect();
        let shown = Shown { held: self, pieces, grounds };
        let mut kept: Vec<Ground> = Vec::new();
        let actor = shown.fillers(Slot::Actor, &handed.actor, &mut kept)?;
        let target = shown.fillers(Slot::Target, &handed.target, &mut kept)?;
        let place = shown.fillers(Slot::Place, &handed.place, &mut kept)?;
        let source = shown.fillers(Slot::Source, &handed.source, &mut kept)?;
        if let Some(time) = handed.time {
            kept.extend(shown.time(time)?.into_iter().map(|place| self.ground(Slot::Time, place)));
        }
        if let Some(count) = &handed.count {
            kept.push(self.ground(Slot::Count, shown.count(count)?));
        }
        if let Some(means) = &handed.means {
            kept.push(self.ground(Slot::Means, shown.means(means)?));
        }
        if handed.unverified {
            kept.push(self.ground(Slot::Status, self.doubt()?));
        }
        kept.sort();
        kept.dedup();
        let claim = Claim {
            id: String::new(),
            document: handed.document.clone(),
            kind: handed.kind,
            evidence,
            status: handed.status,
            actor,
            target,
            place,
            time: handed.time,
            count: handed.count.clone(),
            source,
            degree: handed.degree,
            unverified: handed.unverified,
            means: handed.means.clone(),
            cut: handed.cut.clone(),
            part_of: None,
            reader: reader.to_owned(),
            grounds: kept,
        };
        Ok((claim, noted))
    }

    /// A stretch of the text with the sentences in which it begins and ends: whoever quotes a clause means its sentence.
    fn sentences(&self, bytes: Range<usize>) -> Range<usize> {
        let sentences = &self.reading.sentences;
        let first = sentences.partition_point(|sentence| sentence.span.end <= bytes.start);
        let last = sentences.partition_point(|sentence| sentence.span.start < bytes.end);
        if first < last {
            let (start, end) = (sentences[first].span.start, sentences[last - 1].span.end);
            return start.min(bytes.start)..end.max(bytes.end);
        }
        let ends = |c: char| matches!(c, '\n' | '.' | '!' | '?' | '؟' | '۔' | '。');
        let text = &self.report.text;
        let start = text[..bytes.start].rfind(ends).map_or(0, |at| at + 1);
        let end = text[bytes.end..].find(ends).map_or(text.len(), |at| bytes.end + at);
        // A text without any sentence is no evidence.
        if end - start > 4 * LONGEST { bytes } else { start.min(bytes.start)..end }
    }

    fn ground(&self, slot: Slot, (bytes, rule): Place) -> Ground {
        let (start, end) = (self.quoted.point(bytes.start), self.quoted.point(bytes.end));
        Ground { slot, start, end, rule: rule.to_owned() }
    }
}

impl Shown<'_> {
    /// Where a value may stand, in bytes: its own words, then the claim's.
    fn spans(&self, slot: Slot) -> impl Iterator<Item = &Range<usize>> {
        let own = self.grounds.iter().filter(move |(of, _)| *of == slot).map(|(_, span)| span);
        own.chain(&self.pieces)
    }

    fn fillers(&self, slot: Slot, named: &[Named], grounds: &mut Vec<Ground>) -> Result<Vec<Filler>, String> {
        let mut fillers = Vec::with_capacity(named.len());
        for one in named {
            let (filler, place) = self.filler(slot, one)?;
            grounds.extend(place.map(|place| self.held.ground(slot, place)));
            if !fillers.contains(&filler) {
                fillers.push(filler);
            }
        }
        Ok(fillers)
    }
}
