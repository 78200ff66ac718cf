//! What a copy says that its original does not: a changed figure, a sentence put in.
//!
//! **Takes** claims of reports that copy another's text.
//! **Gives** whether the original tells a claim too, and the first of several copies that say the same new thing.
//! **Never** lays in the original's mouth what only its copies say, nor counts several copies that say it as several
//! voices: a thousand near copies with one figure changed are one voice for each figure.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use gainsay_model::{Claim, EntityId, Filler};

use super::Voice;
use super::follow;
use crate::link::Linked;

/// What a claim tells, as numbers: on which words with which figure and by whose hand, the same by anybody's hand, and
/// the same in other words. A claim is told by a report that has one of those by which it looks ([`says`]).
pub(super) fn tellings(claim: &Claim) -> [u64; 3] {
    let deed = (claim.kind, claim.status, figure(claim));
    let actors = meant(&claim.actor);
    let words: Vec<&str> = claim.evidence.iter().map(|evidence| evidence.exact.as_str()).collect();
    let same = ("same", deed, meant(&claim.place));
    [hash((&words, deed, &actors)), hash((&words, deed)), hash((same, &actors))]
}

/// Whether one of these tells the claim too: on the same words, or in others of the same deed, hand, place and figure.
/// Whoever a copy no longer names ("they", behind a paragraph that was left out) is no change.
pub(super) fn says(tellings: &[u64], claim: &Claim) -> bool {
    let has = |telling: u64| tellings.binary_search(&telling).is_ok();
    let [by_hand, by_anybody, in_other_words] = self::tellings(claim);
    has(by_hand) || has(in_other_words) || claim.actor.is_empty() && has(by_anybody)
}

type Figure = (gainsay_model::Measure, Option<u64>, Option<u64>, Option<gainsay_model::Group>);

fn figure(claim: &Claim) -> Option<Figure> {
    claim.count.as_ref().map(|count| (count.what, count.low, count.high, count.group))
}

/// Whom or what these mean: ids where they were read, else the words in small letters.
fn meant(fillers: &[Filler]) -> Vec<String> {
    let one = |filler: &Filler| {
        filler.entity.as_ref().map_or_else(|| filler.mention.to_lowercase(), |entity| entity.id.clone())
    };
    let mut meant: Vec<String> = fillers.iter().map(one).collect();
    meant.sort_unstable();
    meant.dedup();
    meant
}

fn hash(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// Where several copies of one text make the same statement that is not in it, the first of them to publish speaks for
/// all: the others copy that, too.
pub(super) fn first_to_say(linked: &[Linked], mut voices: Vec<Voice>) -> Vec<Voice> {
    if !voices.iter().any(|voice| voice.altered && voice.own) {
        return voices;
    }
    for claims in follow::statements(linked).into_iter().filter(|claims| claims.len() > 1) {
        let mut by_text: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in claims.into_iter().filter(|&at| voices[at].altered && voices[at].own) {
            by_text.entry(voices[at].copy_of.clone().unwrap_or_default()).or_default().push(at);
        }
        for claims in by_text.into_values() {
            let order = |&at: &usize| {
                (linked[at].said.is_none(), linked[at].said, linked[at].claim.document.as_str())
            };
            let Some(first) = claims.iter().copied().min_by_key(order) else { continue };
            let speaks: Vec<EntityId> = voices[first].roots.clone();
            for at in claims {
                let voice = &mut voices[at];
                if voice.roots == speaks {
                    continue;
                }
                let passed = std::mem::replace(&mut voice.roots, speaks.clone());
                voice.carriers.extend(passed);
                voice.own = false;
            }
        }
    }
    voices
}
