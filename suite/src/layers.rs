//! Expectations of single passes: sentences, tags, names, times, amounts, attributions.

use gainsay_model::{Name, NameClass, Part, Reading, Span, TokenId};

use crate::expect::Layer;
use crate::pattern::has_words;
use crate::show;

/// What is not as expected, if anything.
pub fn judge(layer: &Layer, text: &str, reading: &Reading) -> Option<String> {
    let tokens = &reading.tokens;
    match layer {
        Layer::Sentence(words) => {
            let found =
                reading.sentences.iter().any(|sentence| plain(sentence.span.of(text)) == plain(words));
            let all = || {
                reading
                    .sentences
                    .iter()
                    .map(|sentence| format!("«{}»", sentence.span.of(text)))
                    .collect::<Vec<_>>()
            };
            (!found).then(|| format!("no such sentence; there are {}", all().join(" ")))
        }
        Layer::Word(words) => {
            let found = tokens.iter().any(|token| token.span.of(text) == words);
            let all = || tokens.iter().map(|token| token.span.of(text)).collect::<Vec<_>>();
            (!found).then(|| format!("no such token; there are {}", all().join("·")))
        }
        Layer::Part(words, part) => {
            let sentence =
                reading.sentences.iter().find(|sentence| sentence.span.of(text).contains(words.as_str()));
            let Some(sentence) = sentence else { return Some(format!("no sentence holds \"{words}\"")) };
            differs(part_name(sentence.part), part)
        }
        Layer::Tag(word, tag) => with_token(text, reading, word, |id| differs(tokens[id].upos.as_str(), tag)),
        Layer::Lemma(word, lemma) => with_token(text, reading, word, |id| differs(&tokens[id].lemma, lemma)),
        Layer::Hangs(word, head, rel) => with_token(text, reading, word, |id| {
            let on = tokens[id].head.map_or("the root", |head| tokens[head].span.of(text));
            differs(&format!("{on} as {}", tokens[id].rel.as_str()), &format!("{head} as {rel}"))
        }),
        Layer::Name(words, what) => name(words, what, text, reading),
        Layer::NoName(words) => {
            let found = reading.names.iter().any(|name| same(name.span, words, text));
            found.then(|| format!("\"{words}\" is read as a name"))
        }
        Layer::Time(words, interval) => {
            let found = reading.times.iter().find(|time| same(time.span, words, text));
            let seen = || reading.times.iter().map(|time| time.span.of(text)).collect::<Vec<_>>();
            let Some(found) = found else { return Some(format!("no such time; there are {:?}", seen())) };
            let say = |interval: Option<_>| interval.map_or("none".to_string(), show::interval);
            differs(&say(found.interval), &say(*interval))
        }
        Layer::NoTime(words) => {
            let found = reading.times.iter().any(|time| same(time.span, words, text));
            found.then(|| format!("\"{words}\" is read as a time"))
        }
        Layer::Amount(words, bounds, noun) => {
            let found = reading.amounts.iter().find(|amount| same(amount.span, words, text));
            let seen = || reading.amounts.iter().map(|amount| amount.span.of(text)).collect::<Vec<_>>();
            let Some(found) = found else { return Some(format!("no such amount; there are {:?}", seen())) };
            let counted = found.counted.map(|id| tokens[id].span.of(text));
            differs(&show::bounds((found.low, found.high)), &show::bounds(*bounds))
                .or_else(|| noun.as_deref().and_then(|noun| differs(counted.unwrap_or("nothing"), noun)))
        }
        Layer::NoAmount(words) => {
            let found = reading.amounts.iter().any(|amount| same(amount.span, words, text));
            found.then(|| format!("\"{words}\" is read as an amount"))
        }
        Layer::Said(who, words, status) => {
            let fits = |said: &&gainsay_model::Attribution| {
                let by = said.sources.iter().any(|source| {
                    source
                        .entity
                        .as_ref()
                        .is_some_and(|entity| entity.id == *who || has_words(&entity.name, who))
                        || has_words(source.span.of(text), who)
                });
                by && said.content.iter().any(|span| span.of(text).contains(words.as_str()))
            };
            let found = reading.attributions.iter().find(fits);
            let Some(found) = found else {
                return Some(format!("{who} is not read to say so; there is {}", said(text, reading)));
            };
            differs(found.status.as_str(), status.as_str())
        }
        Layer::NothingSaid => {
            (!reading.attributions.is_empty()).then(|| format!("cited: {}", said(text, reading)))
        }
    }
}

fn said(text: &str, reading: &Reading) -> String {
    let one = |said: &gainsay_model::Attribution| {
        let who: Vec<&str> = said.sources.iter().map(|source| source.span.of(text)).collect();
        let what: Vec<&str> = said.content.iter().map(|span| span.of(text)).collect();
        format!("{}: «{}» ({})", who.join(", "), what.join(" … "), said.status)
    };
    reading.attributions.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A name's id, its class in small letters, or the words it stands for.
fn name(words: &str, what: &str, text: &str, reading: &Reading) -> Option<String> {
    let found: Vec<&Name> = reading.names.iter().filter(|name| same(name.span, words, text)).collect();
    if found.is_empty() {
        let all: Vec<&str> = reading.names.iter().map(|name| name.span.of(text)).collect();
        return Some(format!("no such name; there are {all:?}"));
    }
    let fits = |name: &Name| {
        name.entities.first().is_some_and(|entity| entity.id == what)
            || class_name(name.class) == what
            || name.antecedent.is_some_and(|at| same(reading.names[at].span, what, text))
    };
    if found.iter().any(|name| fits(name)) {
        return None;
    }
    let one = |name: &&Name| {
        let ids: Vec<&str> = name.entities.iter().map(|entity| entity.id.as_str()).collect();
        format!("{} {}", class_name(name.class), ids.join(" "))
    };
    Some(format!("\"{words}\" is read as {}", found.iter().map(one).collect::<Vec<_>>().join("; ")))
}

fn class_name(class: NameClass) -> &'static str {
    match class {
        NameClass::Actor => "actor",
        NameClass::Place => "place",
        NameClass::Source => "source",
        NameClass::Person => "person",
        NameClass::People => "people",
        NameClass::Weapon => "weapon",
        NameClass::Platform => "platform",
        NameClass::Nationality => "nationality",
        NameClass::Unknown => "unknown",
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Body => "body",
        Part::Headline => "headline",
        Part::Question => "question",
        Part::Answer => "answer",
        Part::Post => "post",
        Part::Caption => "caption",
        Part::Furniture => "furniture",
    }
}

fn with_token(
    text: &str,
    reading: &Reading,
    word: &str,
    check: impl Fn(TokenId) -> Option<String>,
) -> Option<String> {
    let id = reading.tokens.iter().position(|token| token.span.of(text) == word);
    id.map_or_else(|| Some(format!("no token \"{word}\"")), check)
}

fn differs(read: &str, expected: &str) -> Option<String> {
    (read != expected).then(|| format!("read as {read}, expected {expected}"))
}

/// Whether a span covers these words, an article more or less.
fn same(span: Span, words: &str, text: &str) -> bool {
    plain(span.of(text)) == plain(words)
}

fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words.strip_prefix("the ").map(str::to_string).unwrap_or(words)
}
