//! Whom names stand for, and on whose side they are.

use gainsay_lexicon::NameKind;
use gainsay_model::{Claim, Filler};

use super::{Asked, ok};

const ALL: [NameKind; 4] = [NameKind::Place, NameKind::Actor, NameKind::Source, NameKind::Person];

/// Every spelling stands for the one entity: where it is typed, and where claims name it.
pub fn names(asked: &Asked) -> Result<(), String> {
    let id = asked.text("id");
    let mut wrong = Vec::new();
    for name in asked.list("names") {
        if !asked.ids(name, &ALL).iter().any(|found| found == id) {
            wrong.push(format!("`{name}` typed is {:?}", asked.ids(name, &ALL)));
        }
        let fillers =
            asked.examples.shelf.claims.iter().flat_map(fillers).filter(|filler| same(&filler.mention, name));
        let read: Vec<Option<&str>> = fillers.map(Filler::id).collect();
        if !read.is_empty() && !read.contains(&Some(id)) {
            wrong.push(format!("`{name}` read is {read:?}"));
        }
    }
    ok(wrong.is_empty(), || wrong.join("; "))
}

/// Outlets named for a place are never read as the place.
pub fn not_place(asked: &Asked) -> Result<(), String> {
    let places = asked
        .examples
        .shelf
        .claims
        .iter()
        .flat_map(|claim| claim.place.iter().map(move |place| (claim, place)));
    let wrong: Vec<String> = places
        .filter(|(_, place)| asked.list("names").iter().any(|name| same(&place.mention, name)))
        .map(|(claim, place)| format!("{}: {}", claim.id, place.mention))
        .collect();
    ok(wrong.is_empty(), || wrong.join("; "))
}

/// Whose side a source is on.
pub fn side(asked: &Asked) -> Result<(), String> {
    let side = asked.weighed().side(asked.text("id"));
    ok(side == asked.text("side"), || format!("on the side of {side:?}"))
}

fn fillers(claim: &Claim) -> impl Iterator<Item = &Filler> {
    claim.actor.iter().chain(&claim.target).chain(&claim.place).chain(&claim.source)
}

fn same(mention: &str, name: &str) -> bool {
    let bare = |name: &str| name.trim_start_matches("the ").trim_start_matches("The ").to_lowercase();
    bare(mention) == bare(name)
}
