//! Cards: claims as pages show them, with their words in context, who passes them on and what is known of them.
//!
//! **Takes** ids of claims, and the answers over a ledger; or a report that was just read, with its claims.
//! **Gives** a [`Card`] for each.
//! **Never** weighs.

use std::collections::BTreeMap;

use gainsay_model::{Claim, ClaimId, Report};
use serde::Serialize;

use crate::Error;
use crate::answers::Answers;
use crate::ask::ClaimLine;
use crate::why::{Link, Quote};

/// How many code points of the text around a piece of evidence are shown, on each side.
const AROUND: usize = 120;

/// A claim as pages show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// The claim, with its report and what weighing found of it.
    #[serde(flatten)]
    pub line: ClaimLine,
    /// The report's headline.
    pub title: Option<String>,
    /// The entry that proposes something about it and waits for a second person; nobody has here.
    pub proposed: Option<u64>,
    /// The words, in context.
    pub quotes: Vec<Quote>,
    /// Who passes it on, from the page it stands on inward, and last its roots.
    pub chain: Vec<Link>,
    /// The report whose text its report carries, where that is a copy.
    pub copy_of: Option<String>,
}

/// Cards of these claims, in this order; of claims that the ledger does not hold there is none.
///
/// # Errors
/// When the answers or the ledger cannot be read.
pub fn cards(answers: &Answers, ids: &[ClaimId]) -> Result<Vec<Card>, Error> {
    let lines = answers.lines(ids)?;
    let mut chains = answers.chains(ids)?;
    let mut texts: BTreeMap<&str, Report> = BTreeMap::new();
    answers.with_ledger(|ledger| {
        for line in &lines {
            if !texts.contains_key(line.report.as_str())
                && let Some(stored) = ledger.report(&line.report)?
            {
                texts.insert(&line.report, stored.report);
            }
        }
        Ok(())
    })?;
    let card = |line: &ClaimLine| {
        let report = texts.get(line.report.as_str());
        let (chain, copy_of) = chains.remove(&line.claim.id).unwrap_or_default();
        let link = |id: String| Link { name: answers.name(&id), side: answers.side(&id), id };
        Card {
            title: report.and_then(|report| report.title.clone()),
            proposed: None,
            quotes: report.map(|report| quotes(&report.text, &line.claim)).unwrap_or_default(),
            chain: chain.into_iter().map(link).collect(),
            copy_of,
            line: line.clone(),
        }
    };
    Ok(lines.iter().map(card).collect())
}

/// Cards of what was just read and not weighed yet: nobody knows yet who stands behind it, and which event it tells of.
pub fn unweighed(report: &Report, claims: &[Claim]) -> Vec<Card> {
    let words = crate::words::settled();
    let card = |claim: &Claim| {
        let named = claim.source.iter().filter_map(|source| {
            let id = source.id()?;
            let side = words.lexicon.side(id).unwrap_or_default().to_owned();
            Some(Link { id: id.to_owned(), name: words.lexicon.name(id).to_owned(), side })
        });
        Card {
            title: report.title.clone(),
            proposed: None,
            quotes: quotes(&report.text, claim),
            chain: named.collect(),
            copy_of: None,
            line: ClaimLine {
                report: report.id.clone(),
                outlet: report.publisher.clone(),
                published: report.published,
                roots: Vec::new(),
                sides: Vec::new(),
                event: None,
                decided: None,
                read: Default::default(),
                private: crate::ask::private(claim),
                claim: claim.clone(),
            },
        }
    };
    claims.iter().map(card).collect()
}

/// The evidence of a claim with what stands around it.
pub(crate) fn quotes(text: &str, claim: &Claim) -> Vec<Quote> {
    let words = Passages::of(text);
    let quote = |evidence: &gainsay_model::Evidence| Quote {
        before: words.between(evidence.start.saturating_sub(AROUND), evidence.start).to_owned(),
        exact: evidence.exact.clone(),
        after: words.between(evidence.end, evidence.end.saturating_add(AROUND)).to_owned(),
    };
    claim.evidence.iter().map(quote).collect()
}

/// A text whose passages are looked up by code points.
struct Passages<'t> {
    text: &'t str,
    /// Where each 256th code point begins, in bytes.
    marks: Vec<usize>,
}

impl<'t> Passages<'t> {
    fn of(text: &'t str) -> Passages<'t> {
        Passages { text, marks: text.char_indices().step_by(256).map(|(at, _)| at).collect() }
    }

    fn byte(&self, point: usize) -> usize {
        let Some(&mark) = self.marks.get(point / 256) else { return self.text.len() };
        let rest = self.text[mark..].char_indices().nth(point % 256);
        rest.map_or(self.text.len(), |(at, _)| mark + at)
    }

    /// From one code point to another; what lies beyond the text is nothing.
    fn between(&self, start: usize, end: usize) -> &'t str {
        let (start, end) = (self.byte(start), self.byte(end));
        self.text.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_counted_in_code_points() {
        let text = "قصف 🙂 a ".repeat(100);
        let points: Vec<char> = text.chars().collect();
        let passages = Passages::of(&text);
        for (start, end) in
            [(0, 4), (3, 9), (250, 262), (511, 513), (790, 900), (899, 2000), (5000, 6000), (9, 3)]
        {
            let own: String = points
                .get(start.min(points.len())..end.min(points.len()))
                .unwrap_or_default()
                .iter()
                .collect();
            assert_eq!(passages.between(start, end), own, "{start}..{end}");
        }
    }
}
