//! The pass `attribution`: who says what, and how firmly.
//!
//! **Takes** tokens with their tree, and names. **Gives** attributions: source, cue, content, what the cue does to
//! the content, and inside which other attribution it stands. **Never** makes a speaker an actor.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use gainsay_lexicon::Words;
use gainsay_model::{
    Attribution, EntityRef, Name, NameClass, Part, Sentence, Source, Span, Status, Token, TokenId,
};

use crate::tree::Tree;

mod according;
mod interview;
mod phrase;
mod post;
mod quotes;
mod relayed;
mod speech;
pub(crate) mod unverified;

pub(crate) use speech::REJECTED;

#[cfg(test)]
mod tests;

/// All attributions of a report, in order of their cues.
pub fn attribution(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    names: &[Name],
    words: &Words,
) -> Vec<Attribution> {
    let view = View::of(text, sentences, tokens, names, words);
    // "X said that …", "…, X said", "X denied …": a verb of saying with its subject.
    let mut found = speech::speech(&view);
    // "X told Reuters", "Reuters quoted X as saying": one voice through another.
    relayed::relayed(&view, &mut found);
    // "according to X", "citing X", "… – monitor" in a headline.
    found.extend(phrase::phrase(&view));
    // "X has warned that …:" and the paragraphs after the colon.
    quotes::after_colon(&view, &mut found);
    // A quotation that runs on over the sentences after its cue.
    quotes::extend(&view, &mut found);
    // Answers in an interview.
    found.extend(interview::interview(&view));
    // Posts shown inside the report.
    found.extend(post::post(&view));
    found.sort_by_key(|attribution| (attribution.cue, attribution.content.clone()));
    nest(&mut found);
    // "… could not be independently confirmed".
    unverified::mark(&view, &mut found);
    found
}

/// What every part of the pass looks at.
struct View<'a> {
    tree: Tree<'a>,
    names: &'a [Name],
    words: &'a Words,
    /// The name that covers each token.
    name_at: Vec<Option<usize>>,
    /// Quotations, and quotations in them, in order of their beginnings.
    quotes: Vec<Span>,
    /// The country that the report is about.
    country: Option<String>,
}

impl<'a> View<'a> {
    fn of(
        text: &'a str,
        sentences: &'a [Sentence],
        tokens: &'a [Token],
        names: &'a [Name],
        words: &'a Words,
    ) -> View<'a> {
        let mut name_at = vec![None; tokens.len()];
        for (id, name) in names.iter().enumerate() {
            name_at[name.tokens.clone()].fill(Some(id));
        }
        let country = country(names, words);
        let quotes = quotes::quotes(text);
        View { tree: Tree::of(text, sentences, tokens), names, words, name_at, quotes, country }
    }

    /// The sources that a noun phrase names: its head and conjuncts; empty for what cannot speak.
    fn sources(&self, head: TokenId) -> Vec<Source> {
        self.tree.conjuncts(head).into_iter().filter_map(|id| self.source(id)).collect()
    }

    fn source(&self, head: TokenId) -> Option<Source> {
        let tree = &self.tree;
        let own = self.name_at[head].map(|id| &self.names[id]);
        if let Some(name) = own {
            if name.class == NameClass::Place && name.rule != "names.list" {
                return None;
            }
            // "Deir Ezzor activists", a name that is only the beginning of the phrase, counts whole.
            let entity = name.entities.first().cloned();
            // A bare noun is whoever its phrase names; a name before the noun that speaks ("X's representative") owns it.
            let noun = name.rule == "names.noun"
                || name.rule == "names.unknown"
                    && SPEAKERS.contains(&tree.lemma(head).to_lowercase().as_str());
            if noun && entity.is_none() {
                return Some(self.by_noun(head, name.span));
            }
            return Some(Source { span: name.span, entity });
        }
        let lemma = tree.lemma(head);
        SPEAKERS.contains(&lemma).then(|| self.by_noun(head, tree.tokens[head].span))
    }

    /// "an opposition activist", "Syria's foreign ministry", "the Observatory's head": the noun with what is before
    /// it; it is whoever is named in apposition or as owner, where somebody is.
    fn by_noun(&self, head: TokenId, span: Span) -> Source {
        let tree = &self.tree;
        let first = tree.sentences[tree.sentence(head)].tokens.start;
        let mut start = tree.tokens.partition_point(|token| token.span.start < span.start);
        while start > first
            && tree.is_under(start - 1, head)
            && !STOP.contains(&tree.lower(start - 1).as_str())
        {
            let word = tree.word(start - 1);
            if !word.chars().any(char::is_alphanumeric) && word != "-" && word != "’" && word != "'" {
                break;
            }
            start -= 1;
        }
        let whole = Span::new(tree.tokens[start].span.start, span.end);
        let named =
            || tree.children(head).iter().filter_map(|&child| self.name_at[child]).map(|id| &self.names[id]);
        let speaks = named().find(|name| matches!(name.class, NameClass::Source | NameClass::Person));
        let owner = speaks.or_else(|| named().find(|name| name.class != NameClass::Place));
        let owner = owner.and_then(|name| name.entities.first().cloned());
        // "the activist group known as X".
        let owner = owner.or_else(|| {
            let below = tree
                .subtree(head)
                .into_iter()
                .filter(|&id| id > head && id < head + 12)
                // "activists quoted by Reuters" are not Reuters.
                .take_while(|&id| !RELAYED.contains(&tree.lower(id).as_str()))
                .filter_map(|id| self.name_at[id]);
            below
                .map(|id| &self.names[id])
                .find(|name| name.class == NameClass::Source)
                .and_then(|name| name.entities.first().cloned())
        });
        let listed = self.words.index.find(whole.of(tree.text)).first();
        let listed = listed.map(|entry| EntityRef {
            id: entry.id.clone(),
            name: self.words.lexicon.name(&entry.id).to_string(),
        });
        let entity = listed.or(owner).or_else(|| self.again(head, start)).or_else(|| self.of_country(whole));
        Source { span: whole, entity }
    }

    /// "the ministry", "the monitor", "the agency": the source of that kind named last.
    fn again(&self, head: TokenId, start: TokenId) -> Option<EntityRef> {
        let tree = &self.tree;
        let definite = start == head && head > 0 && tree.lower(head - 1) == "the";
        let kinds =
            AGAIN.iter().find(|(noun, _)| definite && *noun == tree.lemma(head)).map(|(_, kinds)| kinds)?;
        let of_kind = |name: &&Name| {
            let entity = name.entities.first().filter(|_| name.class == NameClass::Source);
            let source = entity.and_then(|entity| self.words.lexicon.source(&entity.id));
            source.is_some_and(|source| kinds.contains(&source.kind.as_str()))
        };
        let before = self.names.partition_point(|name| name.tokens.end <= head);
        self.names[..before].iter().rev().find(of_kind).and_then(|name| name.entities.first().cloned())
    }

    /// "the foreign ministry": that of the country that the report is about.
    fn of_country(&self, whole: Span) -> Option<EntityRef> {
        let phrase = whole.of(self.tree.text).to_lowercase();
        if !OFFICES.iter().any(|office| phrase.ends_with(office)) {
            return None;
        }
        let country = self.country.as_deref()?;
        let named = format!("{}'s {phrase}", self.words.gazetteer.name(country));
        let found = self.words.index.find(&named).first()?;
        Some(EntityRef { id: found.id.clone(), name: self.words.lexicon.name(&found.id).to_string() })
    }

    /// The innermost quotation that all of a span stands in.
    fn quote(&self, span: Span) -> Option<Span> {
        let last = self.quotes.partition_point(|quote| quote.start <= span.start);
        let near = self.quotes[..last].iter().rev();
        near.take_while(|quote| quote.start + quotes::LONGEST >= span.start)
            .find(|quote| quote.contains(span))
            .copied()
    }

    /// Those of neighbouring tokens that stand in a span.
    fn tokens_in(&self, tokens: &Range<TokenId>, span: Span) -> Range<TokenId> {
        let own = &self.tree.tokens[tokens.clone()];
        let from = own.partition_point(|token| token.span.start < span.start);
        let to = own.partition_point(|token| token.span.end <= span.end);
        tokens.start + from..tokens.start + to.max(from)
    }

    fn part(&self, id: TokenId) -> Part {
        self.tree.sentences[self.tree.sentence(id)].part
    }

    /// Content from tokens: one span a run of neighbours.
    fn content(&self, mut tokens: Vec<TokenId>) -> Vec<Span> {
        tokens.sort_unstable();
        let mut spans: Vec<Span> = Vec::new();
        let mut last = None;
        for id in tokens {
            let span = self.tree.tokens[id].span;
            match (last, spans.last_mut()) {
                (Some(before), Some(open)) if before + 1 == id => open.end = span.end,
                _ => spans.push(span),
            }
            last = Some(id);
        }
        spans
    }
}

/// Words before a noun that are not part of who it is.
const STOP: &[&str] =
    &["a", "an", "the", "some", "many", "several", "other", "by", "to", "from", ",", "that", "which", "and"];

/// Words behind which somebody else stands than the one before them.
const RELAYED: &[&str] = &["carried", "cited", "citing", "quoted", "quoting", "relayed", "told"];

/// Nouns for those who speak and are neither people nor forces.
const SPEAKERS: &[&str] = &[
    "account",
    "activist",
    "agency",
    "analyst",
    "ambassador",
    "authority",
    "broadcaster",
    "chief",
    "command",
    "commander",
    "correspondent",
    "council",
    "defence",
    "defense",
    "diplomat",
    "director",
    "eyewitness",
    "head",
    "headquarters",
    "journalist",
    "leader",
    "medium",
    "media",
    "military",
    "minister",
    "ministry",
    "monitor",
    "network",
    "newspaper",
    "observatory",
    "observer",
    "office",
    "official",
    "organisation",
    "organization",
    "outlet",
    "president",
    "report",
    "reporter",
    "representative",
    "resident",
    "site",
    "source",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "staff",
    "statement",
    "station",
    "television",
    "tv",
    "tweet",
    "website",
    "witness",
    "service",
    "claim",
    "rumour",
    "rumor",
    "letter",
    "letters",
    "video",
    "observer",
    "coordinator",
    "envoy",
    "medic",
    "doctor",
    "responder",
    "rescuer",
    "group",
    "body",
    "radio",
    "channel",
    "daily",
    "paper",
];

/// Definite nouns that stand for a source named before, and what kinds of source they are.
const AGAIN: &[(&str, &[&str])] = &[
    ("agency", &["agency", "organisation"]),
    ("broadcaster", &["broadcaster"]),
    ("channel", &["broadcaster"]),
    ("ministry", &["ministry"]),
    ("monitor", &["monitor"]),
    ("network", &["broadcaster", "monitor"]),
    ("newspaper", &["newspaper"]),
    ("organisation", &["monitor", "organisation"]),
    ("organization", &["monitor", "organisation"]),
    ("paper", &["newspaper"]),
    ("site", &["site"]),
    ("watchdog", &["monitor"]),
    ("website", &["site"]),
];

/// Offices that every state has.
const OFFICES: &[&str] = &["defence ministry", "defense ministry", "foreign ministry", "interior ministry"];

/// The country that most places of a report lie in; of equal ones the first by id.
fn country(names: &[Name], words: &Words) -> Option<String> {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in
        names.iter().filter(|name| name.class == NameClass::Place).filter_map(|name| name.entities.first())
    {
        let country = words.gazetteer.ancestors(&entity.id).into_iter().find(|place| place.kind == "country");
        if let Some(country) = country {
            *found.entry(&country.id).or_default() += 1;
        }
    }
    found.into_iter().max_by_key(|(id, n)| (*n, std::cmp::Reverse(*id))).map(|(id, _)| id.to_owned())
}

/// Finds for each attribution the smallest other one whose content holds its cue and content. `found` is in order of
/// the cues: only contents that begin before a cue's end and end after its start are looked at.
fn nest(found: &mut [Attribution]) {
    let extent = |attribution: &Attribution| {
        attribution.content.iter().map(|span| span.end - span.start).sum::<usize>()
    };
    let mut contents: Vec<(Span, usize)> = found
        .iter()
        .enumerate()
        .flat_map(|(id, said)| said.content.iter().map(move |&span| (span, id)))
        .collect();
    contents.sort_unstable();
    let mut contents = contents.into_iter().peekable();
    // Contents that have begun and have not ended, by their ends.
    let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
    for at in 0..found.len() {
        let own = &found[at];
        while let Some((span, id)) = contents.next_if(|(span, _)| span.start < own.cue.end) {
            open.insert((span.end, id));
        }
        while open.first().is_some_and(|&(end, _)| end <= own.cue.start) {
            open.pop_first();
        }
        let inner = own.content.iter().copied().reduce(Span::cover).unwrap_or(own.cue);
        let holds = |other: &Attribution| {
            other.content.iter().any(|span| span.overlaps(own.cue))
                && other.content.iter().any(|span| span.overlaps(inner))
                && extent(other) > extent(own)
        };
        let outer = open.iter().map(|&(_, other)| other).filter(|&other| other != at && holds(&found[other]));
        found[at].within = outer.min_by_key(|&other| (extent(&found[other]), other));
    }
}

fn attributed(
    view: &View,
    sources: Vec<Source>,
    cue: Span,
    content: Vec<TokenId>,
    status: Status,
    rule: &'static str,
) -> Attribution {
    Attribution {
        source: sources.iter().map(|source| source.span).collect(),
        sources,
        cue,
        content: view.content(content),
        status,
        unverified: false,
        within: None,
        rule: rule.into(),
    }
}
