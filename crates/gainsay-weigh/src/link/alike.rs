//! Whom an unknown name looks like: told, so that a person looks, and never taken for the same.

use std::collections::BTreeMap;

use gainsay_lexicon::lookalike::{read_back, skeleton};
use gainsay_model::EntityId;

use crate::corpus::Names;

/// Skeletons shorter than this are of short forms, many of which look alike (letters).
const SHORTEST: usize = 3;

/// Listed sources and actors by what their names look like.
pub(crate) struct Alike<'a> {
    names: Names<'a>,
    by_skeleton: BTreeMap<String, &'a str>,
}

impl<'a> Alike<'a> {
    /// The names of these lists.
    pub(crate) fn new(names: Names<'a>) -> Alike<'a> {
        let mut by_skeleton = BTreeMap::new();
        let sources = names.lexicon.sources.values().flat_map(|source| {
            std::iter::once(&source.name).chain(&source.names).map(|name| (name, source.id.as_str()))
        });
        for (name, id) in sources {
            let looks = skeleton(name);
            if looks.chars().count() >= SHORTEST {
                by_skeleton.entry(looks).or_insert(id);
            }
        }
        Alike { names, by_skeleton }
    }

    /// The listed source that a source which is in no list looks like.
    pub(crate) fn to(&self, id: &str) -> Option<EntityId> {
        let lexicon = self.names.lexicon;
        let listed = lexicon.sources.contains_key(id)
            || lexicon.actors.contains_key(id)
            || lexicon.people.contains_key(id);
        // Who speaks without a name speaks to somebody: `activists@su0430na` looks like nobody.
        if listed || id.contains('@') {
            return None;
        }
        self.by_skeleton.get(&skeleton(&read_back(id))).map(|id| (*id).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::slug;
    use gainsay_lexicon::Words;

    #[test]
    fn a_forged_name_has_an_id_of_its_own_that_tells_whom_it_looks_like() {
        let alike = Alike::new(Names::from(Words::builtin()));
        for (forged, like) in
            [("S\u{410}NA", "sana"), ("Reuter\u{455}", "reuters"), ("AI Jazeera", "al-jazeera")]
        {
            let id = slug(forged);
            assert!(id.is_ascii() && id != like, "{id}");
            assert_eq!(alike.to(&id).as_deref(), Some(like), "{id}");
        }
        for plain in ["reuters", "sana", "backroom-post", "activists@sana", ""] {
            assert_eq!(alike.to(plain), None, "{plain}");
        }
    }
}
