//! Which of several places of one name is meant: by the noun beside it, then by the other places of the report.

use gainsay_lexicon::Words;
use gainsay_model::{EntityRef, Name, NameClass};

use crate::tree::Tree;

pub(super) fn choose(tree: &Tree, words: &Words, names: &mut [Name]) {
    // Governorates that the report names without doubt, each as often as it is named.
    let mut near: std::collections::BTreeMap<String, usize> = Default::default();
    for name in names.iter().filter(|name| name.class == NameClass::Place) {
        let places: Vec<&EntityRef> = places(words, name).collect();
        let homes: std::collections::BTreeSet<&str> = places
            .iter()
            .filter_map(|entity| words.gazetteer.governorate(&entity.id))
            .map(|home| home.id.as_str())
            .collect();
        if homes.len() == 1 {
            *near.entry(homes.into_iter().next().unwrap_or_default().to_string()).or_default() += 1;
        }
    }
    for name in names.iter_mut().filter(|name| name.class == NameClass::Place) {
        let kinds = kinds_beside(tree, words, name);
        let mut places: Vec<EntityRef> = places(words, name).cloned().collect();
        places.sort_by_key(|entity| {
            let kind = words.gazetteer.place(&entity.id).map_or("", |place| place.kind.as_str());
            let fits = kinds.as_ref().is_some_and(|kinds| kinds.iter().any(|own| own == kind));
            let home = words
                .gazetteer
                .governorate(&entity.id)
                .and_then(|home| near.get(&home.id))
                .copied()
                .unwrap_or(0);
            (!fits, std::cmp::Reverse(home), rank(kind), entity.id.clone())
        });
        if !places.is_empty() {
            name.entities = places;
        }
    }
}

fn places<'a>(words: &'a Words, name: &'a Name) -> impl Iterator<Item = &'a EntityRef> {
    name.entities.iter().filter(|entity| words.gazetteer.place(&entity.id).is_some())
}

/// The kinds of place that the noun beside a name admits: "X province", "the city of X".
pub(super) fn kinds_beside(tree: &Tree, words: &Words, name: &Name) -> Option<Vec<String>> {
    let noun =
        |id: usize| tree.tokens.get(id).and_then(|token| words.codebook.places.get(token.lemma.as_str()));
    let before = name.tokens.start;
    let two = tree
        .tokens
        .get(name.tokens.end + 1)
        .map(|next| format!("{} {}", tree.lemma(name.tokens.end), next.lemma));
    let two = two.and_then(|pair| words.codebook.places.get(&pair));
    let after = two.or_else(|| noun(name.tokens.end));
    let of = (before >= 2 && tree.lower(before - 1) == "of").then(|| noun(before - 2)).flatten();
    let direct = (before >= 1).then(|| noun(before - 1)).flatten();
    let kinds = after.or(of).or(direct)?;
    // "the countryside of X", "X's suburbs" are said of the governorate or city alike.
    Some(kinds.clone()).filter(|kinds| !kinds.is_empty())
}

/// Without other hint, the more prominent kind.
fn rank(kind: &str) -> usize {
    ["city", "country", "town", "governorate", "village", "neighbourhood", "district"]
        .iter()
        .position(|own| *own == kind)
        .unwrap_or(9)
}
