//! Names as people type them to ids: any spelling, several where it fits several, the nearest offered where none.

use gainsay_lexicon::{NameKind, NameRef, Words};
use gainsay_model::{DisputeKind, EntityId, Kind};
use gainsay_weigh::{Ask, Names, Weighed, resolve};

use crate::Error;

/// How many are offered.
const OFFERED: usize = 3;

/// What a name is asked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A place.
    Place,
    /// An actor.
    Actor,
    /// A source or outlet.
    Source,
}

impl Role {
    fn kinds(self) -> &'static [NameKind] {
        match self {
            Role::Place => &[NameKind::Place],
            Role::Actor => &[NameKind::Actor, NameKind::Person],
            Role::Source => &[NameKind::Source, NameKind::Person, NameKind::Actor],
        }
    }

    /// All of them.
    pub const ALL: [Role; 3] = [Role::Place, Role::Actor, Role::Source];

    /// The word that stands for it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Place => "place",
            Role::Actor => "actor",
            Role::Source => "source",
        }
    }

    /// What asks for all claims that name an id so.
    pub fn ask(self, id: &str) -> Ask {
        let ids = vec![id.to_owned()];
        match self {
            Role::Place => Ask { place: ids, ..Ask::default() },
            Role::Actor => Ask { actor: ids, ..Ask::default() },
            Role::Source => Ask { source: ids, ..Ask::default() },
        }
    }
}

/// All ids that a name stands for.
///
/// # Errors
/// When neither the word lists nor the ledger know it; the nearest names are offered.
pub fn ids(name: &str, role: Role, words: &Words, weighed: &Weighed) -> Result<Vec<EntityId>, Error> {
    let found: Vec<EntityId> = resolve(name, &Names::from(words), role.kinds())
        .into_iter()
        .filter(|id| listed(id, role, words) || said(id, role, weighed))
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    // A name that only the ledger knows may be asked for by its id.
    if said(name, role, weighed) {
        return Ok(vec![name.to_owned()]);
    }
    let near = nearest(name, role, words);
    let offer =
        if near.is_empty() { "none is near".to_owned() } else { format!("nearest: {}", near.join(", ")) };
    Err(Error::input(format!("no {} is called `{name}`; {offer}", role.word())))
}

/// The kind of claim, or of dispute, that a word stands for: some are both.
///
/// # Errors
/// When it is neither's.
pub fn kind(typed: &str) -> Result<(Option<Kind>, Option<DisputeKind>), Error> {
    use DisputeKind::{Actor, Count, Holder, Occurrence, Place, Tie, Time};
    let mut disputes = [Count, Actor, Occurrence, Holder, Place, Time, Tie].into_iter();
    match (Kind::parse(typed), disputes.find(|kind| kind.as_str() == typed)) {
        (None, None) => {
            let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
            Err(Error::input(format!("no kind is called `{typed}`; one of {}", kinds.join(", "))))
        }
        found => Ok(found),
    }
}

/// All ids that a name may stand for, whether anybody is known by it or not.
pub fn meant(name: &str, role: Role) -> Vec<EntityId> {
    resolve(name, &Names::from(crate::words::settled()), role.kinds())
}

/// The one id that a name stands for; of several the one that is typed as it is.
///
/// # Errors
/// As [`ids`], and when it fits several.
pub fn one(name: &str, role: Role, words: &Words, weighed: &Weighed) -> Result<EntityId, Error> {
    let found = ids(name, role, words, weighed)?;
    match found.iter().find(|id| *id == name).or(found.first().filter(|_| found.len() == 1)) {
        Some(id) => Ok(id.clone()),
        None => Err(Error::input(format!("`{name}` fits `{}`; give the id of one", found.join("`, `")))),
    }
}

/// What an id is known as, by the word lists or by claims; as nothing where nobody knows it.
pub fn roles_in(id: &str, words: &Words, weighed: &Weighed) -> Vec<Role> {
    Role::ALL.into_iter().filter(|role| listed(id, *role, words) || said(id, *role, weighed)).collect()
}

/// Whether the word lists hold an id as this.
pub fn listed(id: &str, role: Role, words: &Words) -> bool {
    role.kinds().iter().any(|kind| match kind {
        NameKind::Place => words.gazetteer.place(id).is_some(),
        NameKind::Actor => words.lexicon.actors.contains_key(id),
        NameKind::Source => words.lexicon.sources.contains_key(id),
        NameKind::Person => words.lexicon.people.contains_key(id),
    })
}

/// Whether claims name an id so.
pub fn said(id: &str, role: Role, weighed: &Weighed) -> bool {
    !weighed.claims(&role.ask(id)).is_empty()
        || (role == Role::Source && weighed.sources.iter().any(|source| source.id == id))
}

/// The nearest names, each with its id.
fn nearest(name: &str, role: Role, words: &Words) -> Vec<String> {
    let own = |found: &NameRef| match found.kind {
        NameKind::Place => words.gazetteer.name(&found.id).to_owned(),
        _ => words.lexicon.name(&found.id).to_owned(),
    };
    let near = words.index.nearest(name, OFFERED, |found| role.kinds().contains(&found.kind));
    near.into_iter().map(|found| format!("{} (`{}`)", own(found), found.id)).collect()
}
