//! Gathers the private persons that claims, quotes and titles name.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::fold;

use super::super::clean::clean;
use super::super::input::BriefInput;
use super::person;

/// A private person while names are gathered.
#[derive(Default)]
pub(super) struct Found {
    /// What they do, where the words beside the name say it.
    pub role: Option<&'static str>,
    /// Reports that name them.
    pub documents: BTreeSet<String>,
    /// The name as first met.
    pub spelling: String,
}

/// All private persons of the claims, quotes and titles, by folded name.
pub(super) fn gather(input: &BriefInput) -> BTreeMap<String, Found> {
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let mut note = |text: &str, word: &person::Word, document: &str| {
        let key = fold::key(word.text);
        if key.is_empty() {
            return;
        }
        let person = found.entry(key).or_default();
        person.documents.insert(document.to_string());
        person.role = person.role.or_else(|| person::role(text, word));
        if person.spelling.is_empty() {
            person.spelling = word.text.to_string();
        }
    };
    let listed = |id: &str| input.words.lexicon.name(id) != id || input.words.gazetteer.place(id).is_some();
    let mut claims: Vec<_> = input.claims.iter().collect();
    claims.sort_by_key(|claim| &claim.id);
    for claim in claims {
        let document = claim.document.as_str();
        for quote in &claim.evidence {
            let quote = clean(&quote.exact);
            for word in person::in_text(input.words, &quote) {
                note(&quote, &word, document);
            }
        }
        for filler in claim.source.iter().chain(&claim.actor).chain(&claim.target) {
            if filler.id().is_some_and(listed) {
                continue;
            }
            let mention = clean(&filler.mention);
            for word in person::in_mention(input.words, &mention) {
                note(&mention, &word, document);
                // The same name in the quote may stand beside what the person does.
                for quote in &claim.evidence {
                    let quote = clean(&quote.exact);
                    if let Some(start) = quote.find(word.text) {
                        let inside = person::Word { start, end: start + word.text.len(), text: word.text };
                        note(&quote, &inside, document);
                    }
                }
            }
            // An id made of a mention carries a name of its own.
            if let Some(entity) = &filler.entity {
                let name = clean(&entity.name);
                for word in person::in_mention(input.words, &name) {
                    note(&name, &word, document);
                }
            }
        }
    }
    for report in input.reports {
        let title = clean(report.title.as_deref().unwrap_or_default());
        for word in person::in_text(input.words, &title) {
            note(&title, &word, &report.id);
        }
    }
    for siege in input.sieges {
        let target = clean(siege.target.as_deref().unwrap_or_default());
        for word in person::in_text(input.words, &target) {
            note(&target, &word, "");
        }
    }
    found
}
