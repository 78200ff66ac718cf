//! Ids made of names, and names of ids.

use gainsay_lexicon::{NameKind, lookalike};
use gainsay_model::EntityId;
use unicode_normalization::UnicodeNormalization;

use super::candidates::{clear, listed};
use crate::corpus::Names;
use crate::table::{rules, vague_place};

/// An id made of a name's own letters: "Wisam al-Arab" is `wisam-al-arab`. Empty for a name without any.
///
/// No id looks like another's: a letter of another script among Latin ones is spelled out ([`lookalike::spelled_out`]).
pub fn slug(name: &str) -> EntityId {
    if !name.is_ascii() {
        let slug = slug_of(&name.nfkc().collect::<String>());
        return slug.split('-').map(lookalike::spelled_out).collect::<Vec<_>>().join("-");
    }
    slug_of(name)
}

fn slug_of(name: &str) -> EntityId {
    let mut id = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_alphanumeric() => id.push(c),
            '\'' | '’' | '‘' | 'ʼ' | '`' | '.' => {}
            _ if id.is_empty() || id.ends_with('-') => {}
            _ => id.push('-'),
        }
    }
    let id = id.trim_end_matches('-');
    id.strip_prefix("the-").unwrap_or(id).to_string()
}

/// "The city", "the area" is another one in every report.
pub(crate) fn apart(names: &Names, place: EntityId, document: &str) -> EntityId {
    match names.gazetteer.place(&place).is_none() && vague_place(&place) {
        true => format!("{place}@{document}"),
        false => place,
    }
}

/// The one entry of these lists that bears the name, if it is one.
pub(super) fn lookup<'a>(names: &Names<'a>, name: &str, kinds: &[NameKind]) -> Option<&'a str> {
    let found = listed(names, name, kinds);
    clear(names, &found).map(|at| found[at].id)
}

/// The one source, else person, else actor that bears the name.
pub(super) fn voice(names: &Names, name: &str) -> Option<EntityId> {
    let kinds = [NameKind::Source, NameKind::Person, NameKind::Actor];
    kinds.iter().find_map(|kind| lookup(names, name, &[*kind])).map(str::to_string)
}

/// Whom "X's spokesman" speaks for.
pub(super) fn office_of(name: &str) -> Option<&str> {
    let (whom, office) = name.rsplit_once(' ')?;
    let whom = whom.trim_end_matches("’s").trim_end_matches("'s");
    rules().offices.contains(&office.to_lowercase().as_str()).then_some(whom)
}

/// The name of an id for people to read.
pub(crate) fn plain(names: &Names, id: &str) -> String {
    let known = names.lexicon.name(id);
    if known != id {
        return known.to_string();
    }
    match id.split_once('@') {
        Some((who, outlet)) => format!("{} ({})", who.replace('-', " "), names.lexicon.name(outlet)),
        None => id.replace('-', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_readable() {
        assert_eq!(slug("Wisam al-Arab"), "wisam-al-arab");
        assert_eq!(slug("the U.N. office"), "un-office");
        assert_eq!(slug(" «ناشطون» "), "ناشطون");
        assert_eq!(slug("…"), "");
        assert_eq!(slug("S\u{410}NA"), "su0430na", "not to be taken for another's");
        assert_eq!(slug("\u{ff22}ackroom Re\u{301}seau"), "backroom-réseau", "one name, however it is typed");
        assert_eq!(slug("unnamed@a ~b"), "unnamed-a-b", "no name imitates an id of our own making");
    }
}
