//! A made-up ledger whose truth is known: reports of what really happened, as a war's reports are.
//!
//! [`World::report`] gives one report after another, the same for a seed on every machine: spellings, slips of the
//! pen, wires and who cites whom, copies word for word and edited ones, tolls that rise, voices that gainsay each
//! other, towns that change hands. The density is that of a long war (some forty reports and forty happenings a
//! day): a ledger ten times as long lasts ten times as long.

mod beside;
mod cast;
mod dice;
mod page;
mod story;
mod tell;
mod wording;

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Date};
use gainsay_weigh::ReportHead;
use jiff::ToSpan;
use jiff::civil::date;

use cast::Cast;
pub use dice::Dice;
use page::Page;
pub use story::Change;
use story::{Happening, Story};

/// Reports on each day.
const A_DAY: usize = 40;
/// Days that reports look back for news.
const NEWS: usize = 3;
/// So many of the last reports can be copied.
const RECENT: usize = 160;
/// Of a thousand reports so many are copies, and of a thousand copies so many word for word.
const COPIES: usize = 75;
const EXACT: usize = 550;

/// What is true of one claim.
#[derive(Clone, Debug)]
pub struct Truth {
    /// The happening it tells of.
    pub happening: Option<u32>,
    /// The independent voices behind it.
    pub roots: Vec<String>,
}

/// What was told of a happening, for others to cite.
#[derive(Clone)]
pub struct Told {
    outlet: usize,
    voice: usize,
    root: String,
}

/// One report with its truth.
pub struct Made {
    /// Its head.
    pub head: ReportHead,
    /// Its text.
    pub text: String,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// What is true of each.
    pub truth: Vec<Truth>,
    /// The report whose text it carries.
    pub copy_of: Option<String>,
}

/// A report that others may copy.
struct Original {
    head: ReportHead,
    text: String,
    claims: Vec<Claim>,
    truth: Vec<Truth>,
}

/// The world that reports are made of.
pub struct World {
    cast: Cast,
    story: Story,
    dice: Dice,
    day: i32,
    made: usize,
    /// What happened lately, with what was told of it.
    news: Vec<(Happening, Vec<Told>)>,
    recent: Vec<Original>,
}

impl World {
    /// The world of a seed.
    pub fn new(words: &'static Words, seed: u64) -> World {
        let mut dice = Dice::new(seed);
        let cast = Cast::new(words, &mut dice);
        let story = Story::new(&cast, &mut dice);
        World { cast, story, dice, day: -1, made: 0, news: Vec::new(), recent: Vec::new() }
    }

    /// Who held each fought-over town since when: the place's id, and the changes up to now.
    pub fn holders(&self) -> impl Iterator<Item = (&str, &[Change])> {
        self.cast.towns.iter().map(|town| town.id.as_str()).zip(self.story.holders.iter().map(Vec::as_slice))
    }

    /// The next report.
    pub fn report(&mut self) -> Made {
        if self.made.is_multiple_of(A_DAY) {
            self.day += 1;
            let oldest = self.day - NEWS as i32;
            self.news.retain(|(of, _)| of.day > oldest);
            let new = self.story.day(&self.cast, &mut self.dice, self.day);
            self.news.extend(new.into_iter().map(|of| (of, Vec::new())));
        }
        self.made += 1;
        if self.recent.len() > 20 && self.dice.chance(COPIES) {
            return self.copy();
        }
        let outlet = self.dice.skewed(self.cast.outlets.len());
        let name = self.cast.outlets[outlet].name.clone();
        let mut page = Page::new(format!("{}-{:06}", gainsay_weigh::slug(&name), self.made));
        for _ in 0..self.dice.between(1, 5) {
            let n = self.dice.skewed(self.news.len());
            // The newest and the greatest are told most.
            let n = self.news.len() - 1 - n;
            let (of, told) = &mut self.news[n];
            let told_day = day(of.day);
            let one =
                tell::tell(&self.cast, &mut self.dice, &mut page, of, told, (outlet, told_day, self.day));
            told.push(one);
        }
        for _ in 0..self.dice.between(1, 5) {
            beside::tell(&self.cast, &self.story, &mut self.dice, &mut page, outlet);
        }
        let head = head(&page.id, Some(day(self.day)), Some(name), &page.text);
        if self.recent.len() == RECENT {
            self.recent.remove(0);
        }
        self.recent.push(Original {
            head: head.clone(),
            text: page.text.clone(),
            claims: page.claims.clone(),
            truth: page.truth.clone(),
        });
        Made { head, text: page.text, claims: page.claims, truth: page.truth, copy_of: None }
    }

    /// A copy of a late report by another outlet: word for word, or shortened and with another end.
    fn copy(&mut self) -> Made {
        let original = &self.recent[self.dice.below(self.recent.len())];
        let outlet = &self.cast.outlets[self.dice.skewed(self.cast.outlets.len())];
        let id = format!("{}-{:06}", gainsay_weigh::slug(&outlet.name), self.made);
        let exact = self.dice.chance(EXACT) || original.claims.len() < 8;
        let start = |claim: &Claim| claim.evidence[0].start;
        let last = original.claims.last().map_or(0, start);
        let kept = original.claims.iter().take_while(|claim| start(claim) < last).count();
        let keep = if exact { original.claims.len() } else { kept };
        let mut text = original.text.clone();
        if !exact {
            text = text.chars().take(last).collect();
            text += &format!("Edited by the {} of {}. ", page::word(self.dice.below(4000)), outlet.name);
        }
        let renamed = |of: &Claim| -> Claim {
            let other = |old: &str| old.replacen(&original.head.id, &id, 1);
            Claim {
                id: other(&of.id),
                document: id.clone(),
                part_of: of.part_of.as_deref().map(other),
                ..of.clone()
            }
        };
        Made {
            head: head(&id, Some(day(self.day)), Some(outlet.name.clone()), &text),
            text,
            claims: original.claims[..keep].iter().map(renamed).collect(),
            truth: original.truth[..keep].to_vec(),
            copy_of: Some(original.head.id.clone()),
        }
    }
}

/// The day of that number.
pub fn day(n: i32) -> Date {
    date(2012, 1, 1).saturating_add(n.days())
}

fn head(id: &str, published: Option<Date>, publisher: Option<String>, text: &str) -> ReportHead {
    use sha2::Digest;
    let hash = sha2::Sha256::digest(text.as_bytes());
    ReportHead {
        id: id.into(),
        published,
        publisher,
        sha_text: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        fingerprint: gainsay_intake::fingerprint(text),
        ..ReportHead::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_reports_and_another_gives_others() {
        let some = |seed: u64| -> Vec<String> {
            let mut world = World::new(Words::builtin(), seed);
            (0..60).flat_map(|_| world.report().claims).map(|claim| format!("{claim:?}")).collect()
        };
        assert_eq!(some(1), some(1));
        assert_ne!(some(1), some(2));
    }

    #[test]
    fn every_claim_has_its_words_and_its_truth() {
        let mut world = World::new(Words::builtin(), 3);
        let (mut claims, mut copies) = (0, 0);
        for _ in 0..400 {
            let made = world.report();
            assert_eq!(made.claims.len(), made.truth.len());
            claims += made.claims.len();
            copies += usize::from(made.copy_of.is_some());
            for claim in &made.claims {
                let words = &claim.evidence[0];
                assert_eq!(words.end - words.start, words.exact.chars().count());
                assert!(claim.id.starts_with(&made.head.id) && claim.document == made.head.id);
            }
        }
        assert!((2800..5600).contains(&claims), "{claims}");
        assert!((10..60).contains(&copies), "{copies}");
    }
}
