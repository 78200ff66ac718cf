//! What several readers read in one report: set side by side, so that nobody is heard twice.
//!
//! **Takes** claims of any readers. **Gives** those that stand and are weighed, and beside each what others read of the
//! same proposition and where they differ ([`SideBySide`]). **Never** drops a claim, never makes a voice or a dispute of a
//! difference between readers: sources disagree about what happened, readers about what a text says.
//!
//! Which reading stands: what a person read, or confirmed, before what a machine read; gainsay's own, and its reading of
//! tables, before that of other machines; of these the first by name. What a person or gainsay alone reads stands too; what
//! another machine alone reads stands only where neither of them read anything in that report, and else lies beside, until
//! somebody confirms it.

mod alike;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Claim, ClaimId, Slot};
use serde::{Deserialize, Serialize};

use crate::corpus::Names;
use alike::{Alike, alike};

/// Readers whose names begin so are people.
pub const PERSON: &str = "person:";

/// Evidence that begins so many code points further on is of something else.
const FAR: usize = 3_200;

/// A value on which two readings differ; empty where one does not give it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Difference {
    /// Which.
    pub slot: Slot,
    /// What the claim that stands says.
    pub stands: String,
    /// What the other says.
    pub beside: String,
}

/// A claim that is not weighed, because another reading stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// The claim.
    pub claim: Claim,
    /// The claim that stands in its place; none where nobody else reads it there.
    pub of: Option<ClaimId>,
    /// Where the two differ; empty where both say the same.
    pub differs: Vec<Difference>,
}

/// Claims by whether they are weighed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SideBySide {
    /// Those that stand, in the order they came.
    pub standing: Vec<Claim>,
    /// Those beside them, in the order they came.
    pub beside: Vec<Beside>,
}

/// Whose reading comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// A person's, or confirmed by one.
    Person,
    /// gainsay's own.
    Own,
    /// Another machine's.
    Machine,
}

impl Rank {
    fn of(reader: &str) -> Rank {
        match () {
            () if reader.starts_with(PERSON) => Rank::Person,
            // Whoever hands claims in bears NAME@VERSION.
            () if reader.contains('@') => Rank::Machine,
            () => Rank::Own,
        }
    }
}

/// Sets the readings of each report side by side. `decided` tells of claims on which a person decided that they are as
/// read; `set_aside` are claims that are not weighed anyway, but show that their readers read the report.
pub fn side_by_side<'n>(
    claims: Vec<Claim>,
    set_aside: &[Claim],
    decided: &dyn Fn(&str) -> bool,
    names: impl Into<Names<'n>>,
) -> SideBySide {
    let names: Names = names.into();
    // Only reports that several readers read, or that another machine alone read, need a look.
    let mut readers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for claim in claims.iter().chain(set_aside).filter(|claim| Rank::of(&claim.reader) != Rank::Own) {
        readers.entry(&claim.document).or_default().insert(&claim.reader);
    }
    if readers.is_empty() {
        return SideBySide { standing: claims, beside: Vec::new() };
    }
    for claim in claims.iter().chain(set_aside) {
        if let Some(known) = readers.get_mut(claim.document.as_str()) {
            known.insert(&claim.reader);
        }
    }
    let mixed: BTreeSet<String> = readers
        .iter()
        .filter(|(_, readers)| readers.len() > 1)
        .map(|(report, _)| (*report).to_owned())
        .collect();
    let best: BTreeMap<String, Rank> = readers
        .iter()
        .filter_map(|(report, readers)| {
            Some(((*report).to_owned(), readers.iter().map(|one| Rank::of(one)).min()?))
        })
        .collect();
    let mut reports: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, claim) in claims.iter().enumerate().filter(|(_, claim)| mixed.contains(&claim.document)) {
        reports.entry(&claim.document).or_default().push(at);
    }
    let mut aside: BTreeMap<usize, (Option<usize>, Vec<Difference>)> = BTreeMap::new();
    for (report, members) in reports {
        one_report(&claims, &members, best[report], decided, &names, &mut aside);
    }
    let ids: Vec<ClaimId> = match aside.is_empty() {
        true => Vec::new(),
        false => claims.iter().map(|claim| claim.id.clone()).collect(),
    };
    let mut found = SideBySide::default();
    for (at, claim) in claims.into_iter().enumerate() {
        match aside.remove(&at) {
            Some((of, differs)) => {
                found.beside.push(Beside { claim, of: of.map(|of| ids[of].clone()), differs });
            }
            None => found.standing.push(claim),
        }
    }
    found
}

/// Finds which of one report's claims do not stand.
fn one_report(
    claims: &[Claim],
    members: &[usize],
    best: Rank,
    decided: &dyn Fn(&str) -> bool,
    names: &Names,
    aside: &mut BTreeMap<usize, (Option<usize>, Vec<Difference>)>,
) {
    let mut readings: BTreeMap<(Rank, Rank, &str), Vec<usize>> = BTreeMap::new();
    for &at in members {
        let claim = &claims[at];
        let own = Rank::of(&claim.reader);
        let rank = if decided(&claim.id) { Rank::Person } else { own };
        readings.entry((rank, own, claim.reader.as_str())).or_default().push(at);
    }
    let mut standing: Vec<usize> = Vec::new();
    for ((rank, ..), mut reading) in readings {
        reading.sort_by_key(|&at| (&claims[at].evidence, &claims[at].id));
        let taken = matched(claims, &standing, &reading, names);
        let (mut new, mut alone) = (Vec::new(), Vec::new());
        for at in reading {
            match taken.get(&at) {
                Some((of, differs)) => _ = aside.insert(at, (Some(*of), differs.clone())),
                None if rank < Rank::Machine || best == Rank::Machine => new.push(at),
                None => alone.push(at),
            }
        }
        aside.extend(alone.into_iter().map(|at| (at, (None, Vec::new()))));
        standing.extend(new);
    }
}

/// For claims of one reader those that stand and say the same thing, one each, the most alike first.
fn matched(
    claims: &[Claim],
    standing: &[usize],
    reading: &[usize],
    names: &Names,
) -> BTreeMap<usize, (usize, Vec<Difference>)> {
    let mut starts: Vec<(usize, usize)> = standing
        .iter()
        .flat_map(|&at| claims[at].evidence.iter().map(move |piece| (piece.start, at)))
        .collect();
    starts.sort_unstable();
    let mut pairs: Vec<(i32, usize, usize, Vec<Difference>)> = Vec::new();
    for &at in reading {
        let mut near: BTreeSet<usize> = BTreeSet::new();
        for piece in &claims[at].evidence {
            let from = starts.partition_point(|(start, _)| start + FAR < piece.start);
            near.extend(
                starts[from..].iter().take_while(|(start, _)| *start < piece.end + FAR).map(|(_, at)| at),
            );
        }
        for of in near {
            if let Some(Alike { score, differs }) = alike(&claims[of], &claims[at], names) {
                pairs.push((score, of, at, differs));
            }
        }
    }
    let id = |at: usize| claims[at].id.as_str();
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (id(a.1), id(a.2)).cmp(&(id(b.1), id(b.2)))));
    let (mut found, mut used) = (BTreeMap::new(), BTreeSet::new());
    for (_, of, at, differs) in pairs {
        // Said again in other words, it is the same claim; otherwise each stands beside one.
        let again = differs.is_empty();
        if !found.contains_key(&at) && (again || !used.contains(&of)) {
            used.insert(of);
            found.insert(at, (of, differs));
        }
    }
    found
}
