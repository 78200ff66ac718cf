//! Everything behind a claim, an event or a dispute: words, rules, chain, decisions.

use std::path::Path;

use gainsay_ledger::{ClaimFilter, StoredReport};
use gainsay_model::{Claim, Date, Dispute, EntityId, Slot};
use gainsay_weigh::Weighed;
use gainsay_weigh::grade::rate;
use serde::Serialize;
use serde_json::Value;

use crate::ask::ClaimLine;
use crate::decide::{Decision, Entry};
use crate::shelf::{Shelf, set_beside};
use crate::{Error, ask};

/// How many code points of the text around a piece of evidence are shown, on each side.
const AROUND: usize = 120;

/// What stands behind an id.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// A claim.
    Claim(Box<WhyClaim>),
    /// An event, and its claims by root.
    Event {
        /// The event.
        event: Box<gainsay_model::Event>,
        /// Its claims.
        voices: Vec<Voice>,
    },
    /// A dispute, and the claims of each side by root.
    Dispute {
        /// The dispute.
        dispute: Box<Dispute>,
        /// What each side says, with its claims.
        sides: Vec<Side>,
    },
}

/// Everything behind a claim.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhyClaim {
    /// The claim.
    pub claim: ClaimLine,
    /// The report's headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// SHA-256 of the bytes it came as.
    pub raw_sha256: String,
    /// The log entry that records the report.
    pub entry: u64,
    /// The words, in context.
    pub quotes: Vec<Quote>,
    /// Each value, with the words it was read from and the rule that read it.
    pub values: Vec<ValueLine>,
    /// Whom its mentions were taken for, how sure, and why.
    pub links: Vec<LinkLine>,
    /// Who passes it on, from the page it stands on inward, and last its roots.
    pub chain: Vec<Link>,
    /// The report whose text this report carries, where it is a copy.
    pub copy_of: Option<String>,
    /// Letter of its best source and number of the information (Admiralty code), as "C3"; none where it weighs nothing.
    pub rating: Option<String>,
    /// What was decided of it.
    pub decisions: Vec<Entry>,
}

/// Words of a report with what stands around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Words before.
    pub before: String,
    /// The evidence.
    pub exact: String,
    /// Words after.
    pub after: String,
}

/// One value of a claim, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValueLine {
    /// Which.
    pub slot: Slot,
    /// What it is.
    pub value: String,
    /// The words it was read from.
    pub words: String,
    /// The rule or model that read it.
    pub rule: String,
}

/// A mention, and whom it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkLine {
    /// As what.
    pub slot: Slot,
    /// Its words.
    pub mention: String,
    /// The entity.
    pub id: EntityId,
    /// How much speaks for it, in hundredths of a natural logarithm of odds; 0 for a name nobody knows.
    pub score: i32,
    /// Why.
    pub reason: String,
    /// What to know beside.
    pub note: Option<String>,
    /// Whom it may mean instead, the likeliest first.
    pub others: Vec<EntityId>,
}

/// One in a chain of sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its id.
    pub id: EntityId,
    /// Its name.
    pub name: String,
    /// Whose side; empty where unknown.
    pub side: String,
}

/// One independent voice, and what it says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voice {
    /// Who.
    pub root: Link,
    /// Its claims.
    pub claims: Vec<Saying>,
}

/// A claim in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Saying {
    /// Its id.
    pub id: String,
    /// The report.
    pub report: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// The first words that state it.
    pub exact: String,
}

/// One side of a dispute.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// What it says.
    pub value: String,
    /// Who says so.
    pub voices: Vec<Voice>,
}

/// Everything behind the id of a claim, event or dispute.
///
/// # Errors
/// When nothing in the ledger has that id, or the ledger cannot be read.
pub fn why(path: &Path, id: &str) -> Result<Why, Error> {
    let ledger = crate::keys::read(path)?;
    let shelf = Shelf::of(&ledger)?;
    let weighed = shelf.weigh(None);
    let find = |ids: &[String]| -> Vec<&Claim> {
        shelf.claims.iter().filter(|claim| ids.contains(&claim.id)).collect()
    };
    if let Some(claim) = shelf.claim(id) {
        let Some(stored) = ledger.report(&claim.document)? else {
            return Err(Error::wrong(format!(
                "report `{}` of claim `{id}` is not in the ledger",
                claim.document
            )));
        };
        let read = ask::Readings::of(&shelf.beside).read(claim);
        return Ok(Why::Claim(Box::new(of_claim(&shelf, &weighed, claim, read, stored))));
    }
    if let Some(event) = weighed.events.iter().find(|event| event.id == id) {
        let voices = voices(&shelf, &weighed, &find(&event.claims));
        return Ok(Why::Event { event: Box::new(event.clone()), voices });
    }
    if let Some(dispute) = weighed.disputes.iter().find(|dispute| dispute.id == id) {
        let side = |side: &gainsay_model::DisputeSide| Side {
            value: side.value.clone(),
            voices: voices(&shelf, &weighed, &find(&side.claims)),
        };
        let sides = dispute.sides.iter().map(side).collect();
        return Ok(Why::Dispute { dispute: Box::new(dispute.clone()), sides });
    }
    Err(unknown(id, &shelf, &weighed))
}

/// Everything behind a claim, out of answers made beforehand; `None` where no claim has that id.
///
/// # Errors
/// When the answers or the ledger cannot be read.
pub fn of_answers(answers: &crate::answers::Answers, id: &str) -> Result<Option<WhyClaim>, Error> {
    let claim = answers.with_ledger(|ledger| Ok(ledger.claim(id)?))?;
    let Some(claim) = claim else { return Ok(None) };
    let part =
        answers.part(&crate::ask::Ask { report: Some(claim.document.clone()), ..Default::default() })?;
    let Some(stored) = answers.report(&claim.document)? else { return Ok(None) };
    // The part's claims are without their words.
    let (kept, rejected) = part.shelf().decided.lay_over(vec![claim])?;
    let weighed = part.weighed();
    let claim = kept.into_iter().chain(rejected).next();
    let Some(claim) = claim else { return Ok(None) };
    // Other readers' claims are not among the answers.
    let filter = ClaimFilter { report: Some(claim.document.clone()), ..ClaimFilter::default() };
    let all = answers.with_ledger(|ledger| Ok(ledger.claims(&filter)?))?;
    let decided = &part.shelf().decided;
    let (all, rejected) = decided.lay_over(all)?;
    let sides = set_beside(all, &rejected, decided, part.shelf().words());
    let read = ask::Readings::of(&sides.beside).read(&claim);
    Ok(Some(of_claim(part.shelf(), &weighed, &claim, read, stored)))
}

fn unknown(id: &str, shelf: &Shelf, weighed: &Weighed) -> Error {
    let claims = shelf.claims.iter().map(|claim| claim.id.as_str());
    let events = weighed.events.iter().map(|event| event.id.as_str());
    let disputes = weighed.disputes.iter().map(|dispute| dispute.id.as_str());
    let all = claims.chain(events).chain(disputes);
    let near = all.map(|other| (strsim::jaro_winkler(id, other), other)).max_by(|a, b| a.0.total_cmp(&b.0));
    let offer =
        near.filter(|(alike, _)| *alike > 0.8).map(|(_, other)| format!("; the nearest is `{other}`"));
    Error::input(format!("no claim, event or dispute has the id `{id}`{}", offer.unwrap_or_default()))
}

fn of_claim(
    shelf: &Shelf,
    weighed: &Weighed,
    claim: &Claim,
    read: ask::Read,
    stored: StoredReport,
) -> WhyClaim {
    let text: Vec<char> = stored.report.text.chars().collect();
    let words = |start: usize, end: usize| -> String {
        text.get(start.min(text.len())..end.min(text.len())).unwrap_or_default().iter().collect()
    };
    let quote = |evidence: &gainsay_model::Evidence| Quote {
        before: words(evidence.start.saturating_sub(AROUND), evidence.start),
        exact: evidence.exact.clone(),
        after: words(evidence.end, evidence.end.saturating_add(AROUND)),
    };
    let value = |ground: &gainsay_model::Ground| ValueLine {
        slot: ground.slot,
        value: value_of(claim, ground.slot),
        words: words(ground.start, ground.end),
        rule: ground.rule.clone(),
    };
    let head = shelf.heads.iter().find(|head| head.id == claim.document);
    let decided = shelf.decided.of_claims().get(claim.id.as_str()).map(|word| (*word).to_owned());
    WhyClaim {
        claim: ClaimLine { decided, read, ..ask::claim_line(weighed, head, claim) },
        rating: rate(weighed, &shelf.letters, &claim.id).map(|rating| rating.to_string()),
        title: stored.report.title,
        url: stored.report.url,
        raw_sha256: stored.raw_sha256,
        entry: stored.entry,
        quotes: claim.evidence.iter().map(quote).collect(),
        values: claim.grounds.iter().map(value).collect(),
        links: weighed.links_of(&claim.id).into_iter().map(link_line).collect(),
        chain: weighed.chain(&claim.id).iter().map(|id| link(weighed, id)).collect(),
        copy_of: weighed.copy_of(&claim.id).map(str::to_owned),
        decisions: decisions(shelf, &claim.id),
    }
}

fn link_line(link: gainsay_weigh::Link) -> LinkLine {
    LinkLine {
        slot: link.slot,
        mention: link.mention,
        id: link.id,
        score: link.score,
        reason: link.reason,
        note: link.note,
        others: link.others.into_iter().map(|(id, _)| id).collect(),
    }
}

fn link(weighed: &Weighed, id: &str) -> Link {
    Link { id: id.to_owned(), name: weighed.name(id), side: weighed.side(id) }
}

/// A slot's value as people read it.
fn value_of(claim: &Claim, slot: Slot) -> String {
    let names = |fillers: &[gainsay_model::Filler]| {
        fillers.iter().map(gainsay_model::Filler::name).collect::<Vec<_>>().join(", ")
    };
    match slot {
        Slot::Actor => names(&claim.actor),
        Slot::Target => names(&claim.target),
        Slot::Place => names(&claim.place),
        Slot::Source => names(&claim.source),
        Slot::Time => claim.time.map(crate::show::interval).unwrap_or_default(),
        Slot::Count => claim.count.as_ref().map(crate::show::count).unwrap_or_default(),
        Slot::Status => claim.status.to_string(),
        Slot::Kind => claim.kind.to_string(),
        Slot::Means => claim.means.clone().unwrap_or_default(),
    }
}

/// Decisions on the id, and those that undid them.
fn decisions(shelf: &Shelf, id: &str) -> Vec<Entry> {
    let on =
        |entry: &&Entry| serde_json::to_value(&entry.decision).is_ok_and(|decision| names(&decision, id));
    let found: Vec<&Entry> = shelf.decided.entries.iter().filter(on).collect();
    let undoing = |entry: &&Entry| matches!(&entry.decision, Decision::Undo { entry } if found.iter().any(|known| known.entry == *entry));
    let mut all: Vec<Entry> =
        shelf.decided.entries.iter().filter(undoing).chain(found.iter().copied()).cloned().collect();
    all.sort_by_key(|entry| entry.entry);
    all
}

fn names(value: &Value, id: &str) -> bool {
    match value {
        Value::String(text) => text == id,
        Value::Array(many) => many.iter().any(|one| names(one, id)),
        Value::Object(object) => object.values().any(|one| names(one, id)),
        _ => false,
    }
}

/// Claims by root; one with several roots stands under each.
fn voices(shelf: &Shelf, weighed: &Weighed, claims: &[&Claim]) -> Vec<Voice> {
    let mut voices: std::collections::BTreeMap<&EntityId, Vec<Saying>> = std::collections::BTreeMap::new();
    for claim in claims {
        let head = shelf.heads.iter().find(|head| head.id == claim.document);
        let saying = Saying {
            id: claim.id.clone(),
            report: claim.document.clone(),
            outlet: head.and_then(|head| head.publisher.clone()),
            published: head.and_then(|head| head.published),
            exact: claim.evidence.first().map(|evidence| evidence.exact.clone()).unwrap_or_default(),
        };
        for root in weighed.roots.get(&claim.id).into_iter().flatten() {
            voices.entry(root).or_default().push(saying.clone());
        }
    }
    let order = |saying: &Saying| (saying.published, saying.id.clone());
    voices
        .into_iter()
        .map(|(root, mut claims)| {
            claims.sort_by_key(order);
            Voice { root: link(weighed, root), claims }
        })
        .collect()
}
