//! Places made coarse by name: whatever is finer than a district or a governorate is called by that one, in ids, texts
//! and tables alike.
//!
//! **Takes** the nouns of an export or a brief as JSON, and places that claims name and no list knows.
//! **Gives** the same with districts or governorates in the place of what lies in them.
//! **Never** keeps a whole text: its claims would no longer point into it.

use std::collections::BTreeSet;

use gainsay_lexicon::{NameKind, NameRef, Place, Words, fold};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::names;
use crate::names::is_ordinary;

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

/// So many words at most has the name of a place, each side of a hyphen one.
const LONGEST: usize = 8;
/// What stands for a place that no list knows.
const NOWHERE: &str = "a place";
/// Its id.
const NOWHERE_ID: &str = "a-place";

/// Places made coarse.
pub struct Regions<'w> {
    words: &'w Words,
    region: Region,
    /// What is mixed into the ends of ids.
    salt: String,
    /// Folded mentions of places that no list knows.
    unknown: BTreeSet<String>,
}

impl<'w> Regions<'w> {
    /// Makes places as coarse as this; `unknown` are mentions of places that no list knows, which are called nothing.
    /// Whoever knows the salt can tell the finer place of an id by trying all.
    pub fn new<'m>(
        words: &'w Words,
        region: Region,
        salt: &str,
        unknown: impl IntoIterator<Item = &'m str>,
    ) -> Regions<'w> {
        let unknown = unknown.into_iter().map(fold::key).filter(|key| !key.is_empty()).collect();
        Regions { words, region, salt: salt.to_owned(), unknown }
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
        // Two events of one district are still two. Without the salt anybody could try the places of the district.
        let digest = Sha256::new()
            .chain_update("place\0")
            .chain_update(&self.salt)
            .chain_update([0])
            .chain_update(id)
            .finalize();
        let code: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        changed.then(|| format!("{}-{code}", out.join("-")))
    }

    /// A text in which finer places are called by their regions.
    pub fn text(&self, text: &str) -> String {
        let words = parts(text);
        let (mut out, mut done, mut at) = (String::with_capacity(text.len()), 0, 0);
        while at < words.len() {
            let beside = |pair: &[(usize, usize)]| {
                let gap = &text[pair[0].1..pair[1].0];
                !gap.is_empty() && (gap.chars().all(char::is_whitespace) || matches!(gap, "-" | "‑" | "_"))
            };
            let longest = LONGEST.min(words.len() - at);
            let found = (1..=longest).rev().find_map(|count| {
                let run = &words[at..at + count];
                let own = &text[run[0].0..run[count - 1].1];
                run.windows(2).all(beside).then(|| self.named(own)).flatten().map(|name| (count, name))
            });
            let count = found.map_or(1, |(count, _)| count);
            if let Some((_, Called::By(name))) = found {
                out.push_str(&text[done..words[at].0]);
                out.push_str(name);
                done = words[at + count - 1].1;
            }
            at += count;
        }
        out.push_str(&text[done..]);
        out
    }

    /// What to call what bears a name; `None` where no list knows it.
    fn named(&self, own: &str) -> Option<Called<'_>> {
        let shown = own.chars().any(char::is_uppercase) || !own.is_ascii();
        if shown && self.unknown.contains(&fold::key(own)) {
            return Some(Called::By(NOWHERE));
        }
        let mut found = self.words.index.find(own);
        // "And to Mayadin" is one word.
        let mut bare = own;
        while let (true, Some(rest)) = (found.is_empty(), names::without_particle(bare)) {
            bare = rest;
            found = self.words.index.find(bare);
        }
        let lower = own.to_lowercase();
        let same = |name: &String| name.to_lowercase() == lower;
        let place = |id: &str| self.words.gazetteer.place(id);
        let is_spelled = |one: &&NameRef| {
            place(&one.id).is_some_and(|place| std::iter::once(&place.name).chain(&place.names).any(same))
        };
        let spelled = found.iter().any(|one| is_spelled(&one));
        let others = || found.iter().filter(|one| one.kind != NameKind::Place);
        let other = others().next().is_some();
        let lexicon = &self.words.lexicon;
        let heard = others().any(|one| {
            let listed = lexicon.sources.get(&one.id).map(|one| &one.names);
            let listed = listed.or_else(|| lexicon.actors.get(&one.id).map(|one| &one.names));
            lexicon.name(&one.id).to_lowercase() == lower
                || listed.is_some_and(|names| names.iter().any(same))
        });
        // Al-Mayadeen is a channel, Mayadin a town: who is spelled so is meant.
        if other && !spelled {
            return Some(Called::Itself);
        }
        // "The" and "June" sound as villages do; SANA is no Sanaa; small letters may be any word.
        let capitals = own.chars().count() > 1 && !own.chars().any(char::is_lowercase) && own.is_ascii();
        let several = own.contains(char::is_whitespace);
        let plain = !(several && spelled) && own.split_whitespace().all(|word| is_ordinary(self.words, word));
        if plain || (capitals || !shown) && !(spelled && own.len() >= SPELLED) || capitals && heard {
            return None;
        }
        // Of several places of a name the coarse one may be meant: it is called by what the finest lies in. Iraq is no
        // village that sounds so.
        let places = found.iter().filter(|one| one.kind == NameKind::Place && (!spelled || is_spelled(one)));
        let outer = places.filter_map(|one| self.outer(&one.id)).map(|outer| outer.name.as_str()).next();
        outer.map(Called::By).or((!found.is_empty()).then_some(Called::Itself))
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
                if key == "places" && items.iter().all(Value::is_string) {
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

/// How a name is given.
#[derive(Clone, Copy)]
enum Called<'r> {
    /// By that of its region.
    By(&'r str),
    /// As it stands: it is no finer place's.
    Itself,
}

/// Letters of a name that is taken for a place's in capitals or in small letters alone.
const SPELLED: usize = 4;

/// Words of a text, parted at hyphens too: "Mayadin-based".
fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    for (start, end) in names::words(text) {
        let mut from = start;
        for part in text[start..end].split(['-', '‑', '_']) {
            if !part.is_empty() {
                parts.push((from, from + part.len()));
            }
            from += part.len();
            from += text[from..end].chars().next().map_or(0, char::len_utf8);
        }
    }
    parts
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
    fn an_id_does_not_say_which_place_of_its_district_is_meant() {
        let words = Words::builtin();
        let of = |salt| {
            Regions::new(words, Region::District, salt, []).id("2014-06-03-airstrike-mayadin").unwrap()
        };
        assert_eq!(of("a"), of("a"));
        assert_ne!(of("a"), of("b"));
    }

    #[test]
    fn what_is_finer_than_a_region_is_called_by_it() {
        let words = Words::builtin();
        let fine = Regions::new(words, Region::District, "s", ["Tell Nowhere"]);
        let coarse = Regions::new(words, Region::Governorate, "s", []);
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
        for (text, called) in [
            (
                "The Mayadin-based council; MAYADIN FALLS; in mayadin",
                "The Mayadin district-based council; Mayadin district FALLS; in Mayadin district",
            ),
            (
                "Hundreds fled in June, the Syrian Arab Army said on SANA.",
                "Hundreds fled in June, the Syrian Arab Army said on SANA.",
            ),
            ("#Deir_Ezzor, Iraq and a Syrian", "#Deir ez-Zor district, Iraq and a Syrian"),
            ("بالميادين وللميادين", "Mayadin district Mayadin district"),
        ] {
            assert_eq!(fine.text(text), called);
        }
        let mut value = json!({"place": [["Tell Nowhere", "Tell Nowhere"]], "place_id": ["tell-nowhere@r1"],
            "url": "https://example.org/mayadin-falls", "kind": "airstrike"});
        fine.json(&mut value);
        assert_eq!(
            value,
            json!({"place": [["a place", "a place"]], "place_id": ["a-place"], "url": null, "kind": "airstrike"})
        );
    }
}
