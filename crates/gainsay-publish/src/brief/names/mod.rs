//! Names on the page: of actors, sources and places, and pseudonyms for private persons.
//!
//! Takes the words and the claims; gives a name for every id and every filler, and text with private names
//! replaced. Public figures and bodies of the lexicon keep their names. The same person gets the same pseudonym
//! wherever the salt is the same, and nobody without the salt can tell whose it is.

mod gather;
mod lists;
mod person;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::{Words, fold};
use gainsay_model::Filler;
use sha2::{Digest, Sha256};

use super::clean::clean;
use super::input::{BriefInput, NamePolicy};
use gather::{Found, gather};

/// Names as this brief shows them.
pub(crate) struct Names<'a> {
    words: &'a Words,
    /// Pseudonyms by folded full name; empty where names are kept.
    hidden: BTreeMap<String, String>,
    /// First words of hidden names, folded: most words of a text are none.
    firsts: BTreeSet<String>,
    /// By report: single words that stand for a hidden person there, folded, and whether an article belongs to it.
    parts: BTreeMap<String, BTreeMap<(String, bool), String>>,
    /// Names of sources that the lexicon does not list, by id.
    sources: BTreeMap<String, String>,
    /// Names of outlets, by folded name.
    outlets: BTreeMap<String, String>,
    /// Mentions of sources and parties that no list knows, by folded mention: an id is made of them, in small letters.
    mentions: BTreeMap<String, String>,
    /// Mentions of places that no list knows, by folded mention.
    places: BTreeMap<String, String>,
    hide: bool,
    salt: String,
}

impl<'a> Names<'a> {
    /// The names for a brief.
    pub(crate) fn of(input: &BriefInput<'a>) -> Names<'a> {
        let mut names = Names {
            words: input.words,
            hidden: BTreeMap::new(),
            firsts: BTreeSet::new(),
            parts: BTreeMap::new(),
            sources: input.sources.iter().map(|source| (source.id.clone(), clean(&source.name))).collect(),
            outlets: BTreeMap::new(),
            mentions: BTreeMap::new(),
            places: BTreeMap::new(),
            hide: input.names == NamePolicy::Pseudonyms,
            salt: input.salt.to_string(),
        };
        for publisher in input.reports.iter().filter_map(|report| report.publisher.as_deref()) {
            names.outlets.insert(fold::key(publisher), clean(publisher));
        }
        for claim in input.claims {
            let speakers = claim.source.iter().chain(&claim.actor).chain(&claim.target);
            speakers.for_each(|filler| mention(&mut names.mentions, filler));
            claim.place.iter().for_each(|filler| mention(&mut names.places, filler));
        }
        if names.hide {
            let found = gather(input);
            names.hide_all(found);
        }
        names
    }

    fn hide_all(&mut self, found: BTreeMap<String, Found>) {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for key in found.keys() {
            *taken.entry(code(&self.salt, key, SHORT)).or_default() += 1;
        }
        let name = |key: &str, person: &Found| {
            let short = code(&self.salt, key, SHORT);
            let code = if taken[&short] > 1 { code(&self.salt, key, 2 * SHORT) } else { short };
            let role = person.role.unwrap_or("person");
            let (first, rest) = role.split_at(1);
            format!("{}{rest} {code}", first.to_uppercase())
        };
        // Full names first: a lone word in the same report is half of a full name there.
        let mut order: Vec<(&String, &Found)> = found.iter().collect();
        order.sort_by_key(|(_, person)| std::cmp::Reverse(person::words(&person.spelling).len()));
        for (key, person) in order {
            let parts = person::parts(&person.spelling);
            let alone = person::words(&person.spelling).len() == 1;
            let same = |document: &String| {
                let part = (fold::key(&person.spelling), person.spelling.contains('-'));
                self.parts.get(document).and_then(|known| known.get(&part)).cloned()
            };
            let pseudonym = person.documents.iter().find_map(|document| alone.then(|| same(document))?);
            let pseudonym = pseudonym.unwrap_or_else(|| name(key, person));
            for document in &person.documents {
                let known = self.parts.entry(document.clone()).or_default();
                for part in &parts {
                    known.entry((fold::key(part), part.contains('-'))).or_insert_with(|| pseudonym.clone());
                }
            }
            if let Some(first) = person::words(&person.spelling).first() {
                self.firsts.insert(fold::key(first.text));
            }
            self.hidden.insert(key.clone(), pseudonym);
        }
    }

    /// Text with the names of private persons replaced; `document` is the report it is from, if from one.
    pub(crate) fn text(&self, text: &str, document: Option<&str>) -> String {
        let text = clean(text);
        if self.hidden.is_empty() {
            return text;
        }
        let words = person::words(&text);
        let parts = document.and_then(|document| self.parts.get(document));
        let mut out = String::with_capacity(text.len());
        let (mut at, mut done) = (0, 0);
        while at < words.len() {
            match self.hidden_at(&text, &words, at, parts) {
                Some((count, pseudonym)) => {
                    out.push_str(&text[done..words[at].start]);
                    // "Captain" is not said twice.
                    let (role, code) = pseudonym.split_once(' ').unwrap_or(("", pseudonym));
                    let said = at > 0
                        && words[at - 1].text.eq_ignore_ascii_case(role)
                        && out.ends_with(&format!("{} ", words[at - 1].text));
                    out.push_str(if said { code } else { pseudonym });
                    done = words[at + count - 1].end;
                    at += count;
                }
                None => at += 1,
            }
        }
        out.push_str(&text[done..]);
        out
    }

    /// The hidden name that begins at a word: how many words, and the pseudonym.
    fn hidden_at<'s>(
        &'s self,
        text: &str,
        words: &[person::Word],
        at: usize,
        parts: Option<&'s BTreeMap<(String, bool), String>>,
    ) -> Option<(usize, &'s str)> {
        let word = words[at].text;
        let own = fold::key(word);
        let shown = word.chars().any(char::is_uppercase) || !word.is_ascii();
        if self.firsts.contains(&own) || self.hidden.contains_key(&own) {
            for count in (1..=6.min(words.len() - at)).rev() {
                // A name runs over spaces alone, and does not end in an article.
                let run = &words[at..at + count];
                let gap =
                    |pair: &[person::Word]| text[pair[0].end..pair[1].start].chars().all(char::is_whitespace);
                if !run.windows(2).all(gap) || fold::key_of_part(run[count - 1].text).is_empty() {
                    continue;
                }
                let key = fold::key(&text[words[at].start..words[at + count - 1].end]);
                if let Some(pseudonym) = self.hidden.get(&key)
                    && (count > 1 || shown)
                {
                    return Some((count, pseudonym));
                }
            }
        }
        let pseudonym = parts.filter(|_| shown)?.get(&(own, word.contains('-')))?;
        Some((1, pseudonym))
    }

    /// The name of an actor, source, root or place, for people to read.
    pub(crate) fn who(&self, id: &str) -> String {
        if let Some(place) = self.words.gazetteer.place(id) {
            return clean(&place.name);
        }
        let known = self.words.lexicon.name(id);
        if known != id {
            return clean(known);
        }
        if let Some((who, outlet)) = id.split_once('@') {
            return match who {
                "unnamed" => "an outlet without a name".into(),
                who => format!("{}, as told to {}", self.who(who), self.who(outlet)),
            };
        }
        let plain = id.replace('-', " ");
        let key = fold::key(&plain);
        if let Some(pseudonym) = self.hidden.get(&key) {
            return pseudonym.clone();
        }
        if let Some(outlet) = self.outlets.get(&key) {
            return self.outlet(outlet);
        }
        // A mention has been looked through for private names; an id alone has not, and is hidden when in doubt.
        if let Some(mention) = self.mentions.get(&key) {
            return self.text(mention, None);
        }
        let name = self.sources.get(id).map_or(plain.as_str(), String::as_str);
        if self.hide && !person::is_generic(self.words, name) {
            return format!("Person {}", code(&self.salt, &key, SHORT));
        }
        self.text(name, None)
    }

    /// The name of a place; of one that no list knows, the words of a report that its id was made of.
    pub(crate) fn place(&self, id: &str) -> String {
        match self.words.gazetteer.place(id) {
            Some(place) => clean(&place.name),
            None => {
                // An id may say in which report the place is unnamed: "part@report".
                let plain = id.split('@').next().unwrap_or(id).replace('-', " ");
                let mention = self.places.get(&fold::key(&plain));
                self.text(mention.unwrap_or(&plain), None)
            }
        }
    }

    /// The name of what fills a slot: the canonical one where known, else the report's words.
    pub(crate) fn filler(&self, filler: &Filler, document: &str) -> String {
        match &filler.entity {
            Some(entity) if self.is_listed(&entity.id) => self.who(&entity.id),
            Some(entity) => self.text(&entity.name, Some(document)),
            None => self.text(&filler.mention, Some(document)),
        }
    }

    /// Whether the lists know the id.
    pub(crate) fn is_listed(&self, id: &str) -> bool {
        self.words.lexicon.name(id) != id || self.words.gazetteer.place(id).is_some()
    }

    /// The name of an outlet.
    pub(crate) fn outlet(&self, publisher: &str) -> String {
        if self.hide && person::is_personal_outlet(self.words, publisher) {
            let key = fold::key(publisher);
            return format!("Outlet {}", code(&self.salt, &key, SHORT));
        }
        self.text(publisher, None)
    }

    /// A web address, unless it gives away a hidden name or is none of the web.
    pub(crate) fn url(&self, url: &str) -> Option<String> {
        let url = url.trim();
        let web = url.starts_with("http://") || url.starts_with("https://");
        if !web
            || url
                .chars()
                .any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\' | '`'))
        {
            return None;
        }
        let key = fold::key(url);
        let given_away =
            self.hidden.keys().any(|name| name.chars().count() >= 5 && key.contains(name.as_str()));
        (!given_away).then(|| url.to_string())
    }

    /// Whose side an actor or source is on; empty where unknown.
    pub(crate) fn side(&self, id: &str) -> String {
        self.words.lexicon.side(id).unwrap_or_default().to_string()
    }

    /// How many private persons have a pseudonym.
    pub(crate) fn count(&self) -> usize {
        self.hidden.values().collect::<BTreeSet<_>>().len()
    }
}

/// Notes the mention of what no list knows; of two spellings always the same one, whatever the order of the claims.
fn mention(into: &mut BTreeMap<String, String>, filler: &Filler) {
    if filler.entity.is_some() {
        return;
    }
    let mention = clean(&filler.mention);
    let known = into.entry(fold::key(&mention)).or_insert_with(|| mention.clone());
    if mention < *known {
        *known = mention;
    }
}

/// Length of a pseudonym's code: 28⁴ codes, so that two of a hundred persons share one in less than 1 of 100 briefs.
const SHORT: usize = 4;

/// A code for a name: letters and digits that are not mistaken for each other and spell no word.
fn code(salt: &str, key: &str, length: usize) -> String {
    const LETTERS: &[u8; 28] = b"BCDFGHJKLMNPQRSTVWXZ23456789";
    let digest = Sha256::new().chain_update(salt).chain_update([0]).chain_update(key).finalize();
    digest.iter().take(length).map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of which one person is hidden, in report `r`.
    fn hiding(spelling: &str) -> Names<'static> {
        let mut names = Names {
            words: Words::builtin(),
            hidden: BTreeMap::new(),
            firsts: BTreeSet::new(),
            parts: BTreeMap::new(),
            sources: BTreeMap::new(),
            outlets: BTreeMap::new(),
            mentions: BTreeMap::new(),
            places: BTreeMap::new(),
            hide: true,
            salt: "s".into(),
        };
        let documents = BTreeSet::from(["r".to_string()]);
        let found = Found { role: Some("teacher"), documents, spelling: spelling.into() };
        names.hide_all(BTreeMap::from([(fold::key(spelling), found)]));
        names
    }

    #[test]
    fn a_name_goes_in_every_spelling_and_nothing_else_does() {
        let names = hiding("Kamal al-Hamdan");
        let code = code("s", &fold::key("Kamal al-Hamdan"), SHORT);
        for (text, hidden) in [
            ("Kamal al-Hamdan, a neighbour", format!("Teacher {code}, a neighbour")),
            ("Kamal Hamdan’s house", format!("Teacher {code}’s house")),
            ("#KamalAlHamdan said", format!("#Teacher {code} said")),
            ("the teacher Kamal al-Hamdan", format!("the teacher {code}")),
            (
                "al-Hamdan fled; Kamal, a father, stayed",
                format!("Teacher {code} fled; Teacher {code}, a father, stayed"),
            ),
            ("Deir ez-Zor and the kamal of it", "Deir ez-Zor and the kamal of it".into()),
        ] {
            assert_eq!(names.text(text, Some("r")), hidden, "{text}");
        }
        // Half a name hides nobody in another report.
        assert_eq!(names.text("Kamal stayed", Some("other")), "Kamal stayed");
        assert_eq!(names.url("https://e.org/kamal-al-hamdan-speaks"), None);
        assert!(names.url("https://e.org/news").is_some());
    }
}
