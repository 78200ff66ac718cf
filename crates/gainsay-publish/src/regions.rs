//! Places made coarse by name: whatever is finer than a district or a governorate is called by that one, in ids, texts
//! and tables alike.
//!
//! **Takes** the nouns of an export or a brief as JSON, and places that claims name and no list knows.
//! **Gives** the same with districts or governorates in the place of what lies in them.
//! **Never** keeps a whole text: its claims would no longer point into it.

use std::collections::BTreeSet;

use gainsay_lexicon::{NameKind, Place, Words, fold};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::names;

/// How coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// Second administrative level.
    District,
    /// First administrative level.
    Governorate,
}

impl Region {
    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Region::District => "district",
            Region::Governorate => "governorate",
        }
    }

    /// The one written so.
    pub fn parse(text: &str) -> Option<Region> {
        [Region::District, Region::Governorate].into_iter().find(|region| region.as_str() == text)
    }
}

/// So many words at most has the name of a place.
const LONGEST: usize = 6;
/// What stands for a place that no list knows.
const NOWHERE: &str = "a place";
/// Its id.
const NOWHERE_ID: &str = "a-place";

/// Places made coarse.
pub struct Regions<'w> {
    words: &'w Words,
    region: Region,
    /// Folded mentions of places that no list knows.
    unknown: BTreeSet<String>,
}

impl<'w> Regions<'w> {
    /// Makes places as coarse as this; `unknown` are mentions of places that no list knows, which are called nothing.
    pub fn new<'m>(
        words: &'w Words,
        region: Region,
        unknown: impl IntoIterator<Item = &'m str>,
    ) -> Regions<'w> {
        let unknown = unknown.into_iter().map(fold::key).filter(|key| !key.is_empty()).collect();
        Regions { words, region, unknown }
    }

    /// The region that a finer place lies in; the country where no list says its region.
    pub fn outer(&self, id: &str) -> Option<&'w Place> {
        let gazetteer = &self.words.gazetteer;
        let place = gazetteer.place(id)?;
        let coarse = match self.region {
            Region::District => &["district", "governorate", "country"][..],
            Region::Governorate => &["governorate", "country"],
        };
        // A river or a mountain range is no finer than what it runs through.
        let wide = ["mountain", "region", "river"].contains(&place.kind.as_str());
        if wide || coarse.contains(&place.kind.as_str()) {
            return None;
        }
        let chain = gazetteer.ancestors(id);
        coarse.iter().find_map(|kind| chain.iter().find(|place| place.kind == *kind).copied())
    }

    /// What an id becomes that is a finer place's or was made of one; `None` for others.
    pub fn id(&self, id: &str) -> Option<String> {
        if let Some(outer) = self.outer(id) {
            return Some(outer.id.clone());
        }
        if self.words.lexicon.name(id) != id || self.words.gazetteer.place(id).is_some() {
            return None;
        }
        if self.unknown.contains(&fold::key(&id.split('@').next().unwrap_or(id).replace('-', " "))) {
            return Some(NOWHERE_ID.to_owned());
        }
        let parts: Vec<&str> = id.split('-').collect();
        let (mut out, mut at, mut changed) = (Vec::new(), 0, false);
        while at < parts.len() {
            let longest = LONGEST.min(parts.len() - at);
            let known = (1..=longest).rev().find_map(|count| {
                let own = parts[at..at + count].join("-");
                let listed = self.words.lexicon.name(&own) != own;
                let unknown = || self.unknown.contains(&fold::key(&own.replace('-', " ")));
                match self.outer(&own) {
                    _ if listed => Some((count, own)),
                    Some(outer) => Some((count, outer.id.clone())),
                    None if self.words.gazetteer.place(&own).is_some() => Some((count, own)),
                    None if unknown() => Some((count, NOWHERE_ID.to_owned())),
                    None => None,
                }
            });
            let (count, own) = known.unwrap_or_else(|| (1, parts[at].to_owned()));
            changed |= own != parts[at..at + count].join("-");
            out.push(own);
            at += count;
        }
        // Two events of one district are still two.
        let digest = Sha256::digest(id);
        let code: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        changed.then(|| format!("{}-{code}", out.join("-")))
    }

    /// A text in which finer places are called by their regions.
    pub fn text(&self, text: &str) -> String {
        let words = names::words(text);
        let (mut out, mut done, mut at) = (String::with_capacity(text.len()), 0, 0);
        while at < words.len() {
            let gap = |pair: &[(usize, usize)]| {
                let gap = &text[pair[0].1..pair[1].0];
                !gap.is_empty() && gap.chars().all(char::is_whitespace)
            };
            let longest = LONGEST.min(words.len() - at);
            let found = (1..=longest).rev().find_map(|count| {
                let run = &words[at..at + count];
                let own = &text[run[0].0..run[count - 1].1];
                run.windows(2).all(gap).then(|| self.named(own)).flatten().map(|name| (count, name))
            });
            match found {
                Some((count, name)) => {
                    out.push_str(&text[done..words[at].0]);
                    out.push_str(name);
                    at += count;
                    done = words[at - 1].1;
                }
                None => at += 1,
            }
        }
        out.push_str(&text[done..]);
        out
    }

    /// What to call the place of a name.
    fn named(&self, own: &str) -> Option<&str> {
        let shown = own.chars().any(char::is_uppercase) || !own.is_ascii();
        if !shown {
            return None;
        }
        if self.unknown.contains(&fold::key(own)) {
            return Some(NOWHERE);
        }
        let found = self.words.index.find(own);
        // SANA is no Sanaa.
        let initials = own.len() > 1 && own.chars().all(|c| c.is_uppercase());
        // Al-Mayadeen is a channel, Mayadin a town: who is spelled so is meant.
        let lower = own.to_lowercase();
        let spelled = |place: &Place| {
            std::iter::once(&place.name).chain(&place.names).any(|name| name.to_lowercase() == lower)
        };
        let place = found.iter().any(|one| self.words.gazetteer.place(&one.id).is_some_and(spelled));
        if initials || !place && found.iter().any(|one| one.kind == NameKind::Source) {
            return None;
        }
        // Of several places of a name the coarse one may be meant: it is called by what the finest lies in.
        let places = found.iter().filter(|one| one.kind == NameKind::Place);
        places.filter_map(|one| self.outer(&one.id)).map(|outer| outer.name.as_str()).next()
    }

    /// Nouns as JSON: ids, names, words and addresses, keys too.
    pub fn json(&self, value: &mut Value) {
        self.any(value, "");
    }

    fn any(&self, value: &mut Value, key: &str) {
        match value {
            Value::String(text) => {
                if let Some(coarse) = self.string(text, key) {
                    *value = coarse;
                }
            }
            Value::Array(items) => {
                items.iter_mut().for_each(|item| self.any(item, key));
                if matches!(key, "place" | "places") && items.iter().all(Value::is_string) {
                    let mut seen = BTreeSet::new();
                    items.retain(|item| seen.insert(item.as_str().map(str::to_owned)));
                }
            }
            Value::Object(object) => {
                let entries: Vec<(String, Value)> = std::mem::take(object).into_iter().collect();
                let mut coarse = Map::new();
                for (key, mut value) in entries {
                    self.any(&mut value, &key);
                    coarse.insert(self.id(&key).unwrap_or(key), value);
                }
                *object = coarse;
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn string(&self, text: &str, key: &str) -> Option<Value> {
        if key == "url" || text.starts_with("http://") || text.starts_with("https://") {
            let plain = text.replace(|c: char| !c.is_alphanumeric(), " ");
            let titled: Vec<String> = plain.split_whitespace().map(titled).collect();
            let titled = titled.join(" ");
            return (self.text(&titled) != titled).then_some(Value::Null);
        }
        if !text.contains(char::is_whitespace)
            && let Some(id) = self.id(text)
        {
            return Some(id.into());
        }
        let coarse = self.text(text);
        (coarse != text).then(|| coarse.into())
    }
}

/// A word with a capital.
fn titled(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_finer_than_a_region_is_called_by_it() {
        let words = Words::builtin();
        let fine = Regions::new(words, Region::District, ["Tell Nowhere"]);
        let coarse = Regions::new(words, Region::Governorate, []);
        let outer = |regions: &Regions, id: &str| regions.outer(id).map(|place| place.kind.clone());
        assert_eq!(outer(&fine, "mayadin").as_deref(), Some("district"));
        assert_eq!(outer(&coarse, "mayadin").as_deref(), Some("governorate"));
        assert_eq!(outer(&fine, "syria"), None);
        let id = fine.id("2014-06-03-airstrike-mayadin").unwrap();
        assert!(id.starts_with("2014-06-03-airstrike-mayadin-district-"), "{id}");
        for same in ["islamic-state", "2014-06-03-airstrike", "sana", "syria"] {
            assert_eq!(fine.id(same), None, "{same}");
        }
        let text = coarse.text("Planes struck Hawiqa and the town of Mayadin, SANA said.");
        assert!(
            !text.contains("Hawiqa") && !text.contains("Mayadin") && text.contains("SANA said"),
            "{text}"
        );
        let mut value = json!({"place": [["Tell Nowhere", "Tell Nowhere"]], "place_id": ["tell-nowhere@r1"],
            "url": "https://example.org/mayadin-falls", "kind": "airstrike"});
        fine.json(&mut value);
        assert_eq!(
            value,
            json!({"place": [["a place", "a place"]], "place_id": ["a-place"], "url": null, "kind": "airstrike"})
        );
    }
}
