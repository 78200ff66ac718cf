//! One mention to one id.

use gainsay_lexicon::NameKind;
use gainsay_model::{EntityId, Filler};

use crate::corpus::{Names, ReportHead};
use crate::table::{rules, vague_place};

/// An id made of a name's own letters: "Wisam al-Arab" is `wisam-al-arab`. Empty for a name without any.
pub fn slug(name: &str) -> EntityId {
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

/// The id of a filler: as read, else the one entry that bears its name, else one of its own.
pub(crate) fn entity(names: &Names, filler: &Filler, kinds: &[NameKind]) -> Option<EntityId> {
    if let Some(id) = filler.id() {
        return Some(id.to_string());
    }
    lookup(names, &filler.mention, kinds).or_else(|| Some(slug(&filler.mention))).filter(|id| !id.is_empty())
}

/// "The city", "the area" is another one in every report.
pub(crate) fn apart(names: &Names, place: EntityId, document: &str) -> EntityId {
    match names.gazetteer.place(&place).is_none() && vague_place(&place) {
        true => format!("{place}@{document}"),
        false => place,
    }
}

/// The one entry of these lists that bears the name, if it is one.
pub(crate) fn lookup(names: &Names, name: &str, kinds: &[NameKind]) -> Option<EntityId> {
    let phrase = name.to_lowercase();
    let phrase = phrase.strip_prefix("the ").unwrap_or(&phrase);
    // A common noun ("area") folds to many a name and bears none of them.
    let proper = !name.chars().any(char::is_lowercase) || name.chars().any(char::is_uppercase);
    let named = if proper { names.index.find(name) } else { &[] };
    let found = named.iter().chain(names.index.phrase(phrase));
    let mut ids: Vec<&str> =
        found.filter(|found| kinds.contains(&found.kind)).map(|found| found.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > 1 {
        // A city shares its name with its district and governorate: plainly named, it is the city.
        let wide = |id: &str| {
            let kind = names.gazetteer.place(id).map_or("", |place| place.kind.as_str());
            matches!(kind, "country" | "governorate" | "province" | "district")
        };
        let inner: Vec<&str> = ids.iter().copied().filter(|id| !wide(id)).collect();
        let nested = |id: &str| {
            ids.iter().all(|outer| *outer == id || names.gazetteer.within(id, outer) || wide(outer))
        };
        return match inner[..] {
            [id] if nested(id) => Some(id.to_string()),
            _ => None,
        };
    }
    ids.first().map(|id| id.to_string())
}

/// The id of a source: a source, a person or an actor by name; somebody who speaks for one of them by that one's.
pub(crate) fn source(names: &Names, filler: &Filler) -> Option<EntityId> {
    if let Some(id) = filler.id() {
        return Some(id.to_string());
    }
    let name = filler.mention.trim();
    let found = voice(names, name).or_else(|| {
        let (whom, office) = name.rsplit_once(' ')?;
        let whom = whom.trim_end_matches("’s").trim_end_matches("'s");
        rules().offices.contains(&office.to_lowercase().as_str()).then(|| voice(names, whom))?
    });
    found.or_else(|| Some(slug(name))).filter(|id| !id.is_empty())
}

fn voice(names: &Names, name: &str) -> Option<EntityId> {
    [NameKind::Source, NameKind::Person, NameKind::Actor]
        .iter()
        .find_map(|kind| lookup(names, name, &[*kind]))
}

/// Who published a report: its publisher, else the outlet of its web address, else nobody known, one per report.
pub(crate) fn outlet(names: &Names, head: Option<&ReportHead>, document: &str) -> EntityId {
    let publisher =
        head.and_then(|head| head.publisher.as_deref()).map(str::trim).filter(|name| !name.is_empty());
    if let Some(publisher) = publisher {
        return by_domain(names, publisher)
            .or_else(|| voice(names, publisher))
            .unwrap_or_else(|| slug(publisher));
    }
    let site = head.and_then(|head| head.url.as_deref()).and_then(domain);
    match site {
        Some(site) => by_domain(names, site).unwrap_or_else(|| slug(&site.replace('.', "-"))),
        None => format!("unnamed@{document}"),
    }
}

/// Whom the page credits.
pub(crate) fn credited(names: &Names, head: &ReportHead) -> Option<EntityId> {
    let name = head.credited.as_deref().map(str::trim).filter(|name| !name.is_empty())?;
    by_domain(names, name).or_else(|| voice(names, name)).or_else(|| Some(slug(name)))
}

/// The source whose site this is.
fn by_domain(names: &Names, site: &str) -> Option<EntityId> {
    let site = site.trim_start_matches("www.").to_lowercase();
    let own =
        |domain: &str| site == domain || site.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    let sources = names.lexicon.sources.values();
    let found = sources.filter(|source| source.domain.as_deref().is_some_and(own));
    found.max_by_key(|source| source.domain.as_deref().map_or(0, str::len)).map(|source| source.id.clone())
}

/// The host of a web address.
fn domain(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    Some(host.trim_start_matches("www.")).filter(|host| host.contains('.'))
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
    }

    #[test]
    fn a_domain_is_the_host_without_www() {
        assert_eq!(domain("https://www.wsj.com/articles/x"), Some("wsj.com"));
        assert_eq!(domain("file"), None);
    }
}
