//! Names on the page: of actors, sources and places, and pseudonyms for private persons.
//!
//! Takes the words and the claims; gives a name for every id and every filler, and text with private names
//! replaced. Public figures and bodies of the lexicon keep their names. The same person gets the same pseudonym
//! wherever the salt is the same, and nobody without the salt can tell whose it is.

mod arabic;
mod contact;
mod context;
mod hide;
mod lists;
mod people;
mod person;
mod rows;

use std::collections::BTreeMap;

use gainsay_lexicon::{Words, fold};
use gainsay_model::Filler;

pub(crate) use arabic::without_particle;
pub use hide::{Edit, Here, Hidden, apply};
pub use people::People;
pub(crate) use people::is_known;

use crate::brief::{BriefInput, NamePolicy};
use crate::clean::clean;

/// What tells the rules and lists that persons are found by from those of other versions.
pub fn rules() -> String {
    lists::rules()
}

/// Whether a name of which nothing else is known is a body's, a group's, or one the lists know.
pub fn is_generic(words: &Words, name: &str) -> bool {
    person::is_generic(words, name)
}

/// Personal names in what stands for a source, an actor or one done to.
pub fn names_somebody(words: &Words, mention: &str) -> bool {
    !person::in_mention(words, mention).is_empty()
}

/// Whether a word is one of the language's, though it begins with a capital.
pub(crate) fn is_ordinary(words: &Words, word: &str) -> bool {
    person::is_ordinary(words, word)
}

/// Whether a list has these very words for somebody or something.
pub fn is_spelled(words: &Words, text: &str) -> bool {
    person::is_spelled(words, text)
}

/// Where the words of a text stand, in bytes.
pub(crate) fn words(text: &str) -> Vec<(usize, usize)> {
    person::words(text).iter().map(|word| (word.start, word.end)).collect()
}

/// Whether what fills a slot names a private person, by its words alone.
pub fn is_private(words: &Words, filler: &Filler) -> bool {
    let listed = filler.id().is_some_and(|id| is_known(words, id));
    let mention = filler.mention.as_str();
    !listed && person::in_mention(words, mention).iter().any(|word| !person::holds_office(mention, word))
}

/// Whether an outlet bears a person's name.
pub fn is_personal_outlet(words: &Words, name: &str) -> bool {
    person::is_personal_outlet(words, name)
}

/// Names as this brief shows them.
pub(crate) struct Names<'a> {
    words: &'a Words,
    /// Private persons; nobody where names are kept.
    hidden: Hidden,
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
        let hide = input.names == NamePolicy::Pseudonyms;
        let people = match hide {
            true => gather(input),
            false => People::default(),
        };
        let mut names = Names {
            words: input.words,
            hidden: Hidden::of(&people, input.salt),
            sources: input.sources.iter().map(|source| (source.id.clone(), clean(&source.name))).collect(),
            outlets: BTreeMap::new(),
            mentions: BTreeMap::new(),
            places: BTreeMap::new(),
            hide,
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
        names
    }

    /// Text with the names of private persons replaced; `document` is the report it is from, if from one.
    pub(crate) fn text(&self, text: &str, document: Option<&str>) -> String {
        let text = clean(text);
        if !self.hide {
            return text;
        }
        let here = document.and_then(|document| self.hidden.here(document)).unwrap_or_else(Here::everybody);
        self.hidden.text(&text, &here)
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
        if let Some(pseudonym) = self.hidden.pseudonym(&plain) {
            return pseudonym.to_owned();
        }
        if let Some(outlet) = self.outlets.get(&key) {
            return self.outlet(outlet);
        }
        // A mention has been looked through for private names; an id alone has not, and is hidden when in doubt.
        let mention = self.mentions.get(&key).map(String::as_str).or_else(|| self.hidden.mention(id));
        if let Some(mention) = mention {
            return self.text(mention, None);
        }
        let name = self.sources.get(id).map_or(plain.as_str(), String::as_str);
        if self.hide && !person::is_generic(self.words, name) {
            return self.hidden.nobody(&plain);
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
        is_known(self.words, id)
    }

    /// Whether an id holds nothing that could be somebody's name: days, kinds, and what the lists know.
    pub(crate) fn is_plain(&self, id: &str) -> bool {
        !self.hidden.is_in_id(id) && (!self.hide || self.is_made_of_known(id))
    }

    /// Whether an id is a day, a kind, and then places or actors of the lists.
    fn is_made_of_known(&self, id: &str) -> bool {
        let parts: Vec<&str> = id.split('-').filter(|part| part.parse::<u32>().is_err()).collect();
        let common = |part: &str| {
            gainsay_model::Kind::parse(part).is_some()
                || gainsay_model::Measure::parse(part).is_some()
                || [
                    "undated",
                    "count",
                    "actor",
                    "occurrence",
                    "holder",
                    "place",
                    "time",
                    "tie",
                    "all",
                    "side",
                    "civilians",
                    "total",
                    "standing",
                ]
                .contains(&part)
        };
        let mut at = 0;
        while at < parts.len() {
            let known = (at + 1..=parts.len().min(at + 8))
                .rev()
                .find(|end| self.is_listed(&parts[at..*end].join("-")));
            at = match known {
                Some(end) => end,
                None if common(parts[at]) => at + 1,
                None => return false,
            };
        }
        true
    }

    /// Whether the lists know an actor by this id.
    pub(crate) fn is_actor(&self, id: &str) -> bool {
        self.words.lexicon.actors.contains_key(id)
    }

    /// The Arabic name of what the lists know.
    pub(crate) fn arabic(&self, id: &str) -> Option<String> {
        let lists = self.words;
        let names = match lists.gazetteer.place(id) {
            Some(place) => &place.names,
            None => match (lists.lexicon.actors.get(id), lists.lexicon.sources.get(id)) {
                (Some(actor), _) => &actor.names,
                (None, Some(source)) => &source.names,
                (None, None) => return None,
            },
        };
        names.iter().find(|name| fold::is_arabic(name)).map(|name| clean(name))
    }

    /// The name of an outlet.
    pub(crate) fn outlet(&self, publisher: &str) -> String {
        if self.hide && person::is_personal_outlet(self.words, publisher) {
            let key = fold::key(publisher);
            return format!("Outlet {}", hide::code(&self.salt, &key));
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
        (!self.hide || !self.hidden.is_in_address(self.words, url)).then(|| url.to_string())
    }

    /// Whose side an actor or source is on; empty where unknown.
    pub(crate) fn side(&self, id: &str) -> String {
        self.words.lexicon.side(id).unwrap_or_default().to_string()
    }

    /// How many private persons have a pseudonym.
    pub(crate) fn count(&self) -> usize {
        self.hidden.count()
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

/// The private persons of the claims, quotes and titles of a brief, and those that its maker knows of already.
fn gather(input: &BriefInput) -> People {
    let mut people = input.people.cloned().unwrap_or_default();
    let mut claims: Vec<_> = input.claims.iter().filter(|claim| !people.knows(&claim.document)).collect();
    claims.sort_by_key(|claim| &claim.id);
    claims.into_iter().for_each(|claim| people.claim(input.words, claim));
    for report in input.reports {
        people.text(input.words, report.title.as_deref().unwrap_or_default(), &report.id);
    }
    for siege in input.sieges {
        people.text(input.words, siege.target.as_deref().unwrap_or_default(), "");
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of which one person is hidden, in report `r`.
    fn hiding(spelling: &str) -> Names<'static> {
        let mut people = People::default();
        people.text(Words::builtin(), &format!("the teacher {spelling}."), "r");
        Names {
            words: Words::builtin(),
            hidden: Hidden::of(&people, "s"),
            sources: BTreeMap::new(),
            outlets: BTreeMap::new(),
            mentions: BTreeMap::new(),
            places: BTreeMap::new(),
            hide: true,
            salt: "s".into(),
        }
    }

    #[test]
    fn a_name_goes_in_every_spelling_and_nothing_else_does() {
        let names = hiding("Kamal al-Hamdan");
        let code = hide::code("s", &fold::key("Kamal al-Hamdan"));
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
        let mut people = People::default();
        people.text(Words::builtin(), "قالت الناشطة غفيرة السطوف. وأحمد القيشاوي معها.", "r");
        let hidden = Hidden::of(&people, "s");
        let code = |name: &str| hide::code("s", &fold::key(name));
        let text = hidden.text("وغفيرة السطوف لأحمد القيشاوى؛ للقيشاوي", &hidden.here("r").unwrap());
        let (one, two) = (code("غفيرة السطوف"), code("أحمد القيشاوي"));
        assert_eq!(text, format!("وPerson {one} لPerson {two}؛ للPerson {two}"));
        let names = hiding("Bashar Khalouf");
        let code = hide::code("s", &fold::key("Bashar Khalouf"));
        let text = names.text("Bashar wrote to President Bashar al-Assad of Syria", Some("r"));
        assert_eq!(text, format!("Teacher {code} wrote to President Bashar al-Assad of Syria"));
        let names = hiding("Kamal al-Hamdan");
        // Half a name hides nobody in another report.
        assert_eq!(names.text("Kamal stayed", Some("other")), "Kamal stayed");
        assert_eq!(names.url("https://e.org/kamal-al-hamdan-speaks"), None);
        assert!(names.url("https://e.org/news").is_some());
    }
}
