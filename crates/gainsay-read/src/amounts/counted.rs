//! What a number counts: the noun that the tree or the words behind the number give.

use gainsay_lexicon::numbers::NumberWords;
use gainsay_model::reading::{Rel, Token, TokenId, Upos};

use crate::times::atoms::{Kind, Words, tokens_of};

use super::find::Found;
use super::single::is_function_word;

/// How many words behind the number its noun may stand.
const REACH: usize = 8;

/// The token of the noun that is counted.
pub(super) fn counted(
    words: &Words,
    tokens: &[Token],
    found: &Found,
    table: &NumberWords,
) -> Option<TokenId> {
    if let Some(noun) = found.noun {
        return token(words, tokens, noun);
    }
    // “thousands” of residents: a quotation mark may close behind the number.
    let quote = usize::from(matches!(words.at(found.end), "\"" | "”" | "’"));
    let from = found.end + quote;
    if words.at(from) == "of" {
        return behind_of(words, tokens, from + 1, table).and_then(|at| token(words, tokens, at));
    }
    let by_words = || noun(words, tokens, from, table).and_then(|at| token(words, tokens, at));
    if is_participle(words, from) {
        return token(words, tokens, from);
    }
    match by_tree(words, tokens, found) {
        // "31 Islamic State (IS) group militants": a name is seldom what is counted.
        Some(head) if tokens[head].upos == Upos::Propn => {
            by_words().filter(|noun| tokens[*noun].upos == Upos::Noun).or(Some(head))
        }
        Some(head) => Some(behind_modifier(words, tokens, head)),
        None => by_words(),
    }
}

/// Plural nouns that stand before another: "chemical weapons attacks", "civilian services centers".
fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "weapons"
            | "services"
            | "arms"
            | "systems"
            | "sports"
            | "explosives"
            | "communications"
            | "operations"
            | "relations"
            | "rights"
            | "news"
            | "munitions"
            | "forces"
    )
}

/// The next token, where a head is such a modifier and a noun follows it.
fn behind_modifier(words: &Words, tokens: &[Token], head: TokenId) -> TokenId {
    let Some(at) = words.atom_at(tokens[head].span).filter(|at| is_modifier(words.at(*at))) else {
        return head;
    };
    let next =
        token(words, tokens, at + 1).filter(|id| tokens[*id].upos == Upos::Noun && is_plural(words, at + 1));
    next.unwrap_or(head)
}

fn token(words: &Words, tokens: &[Token], at: usize) -> Option<TokenId> {
    tokens_of(tokens, words.span(at, at + 1)).next()
}

/// The head of the number as `nummod` (or of "a" as `det`), where it stands behind it and is a noun.
fn by_tree(words: &Words, tokens: &[Token], found: &Found) -> Option<TokenId> {
    let own = tokens_of(tokens, words.span(found.number, found.after));
    own.clone().rev().find_map(|id| {
        let token = &tokens[id];
        let head = token.head?;
        let relates = matches!(token.rel, Rel::Nummod | Rel::Det | Rel::Amod);
        let is_behind = head >= own.end && head < own.end + 2 * REACH;
        let is_noun = tokens
            .get(head)
            .is_some_and(|head| matches!(head.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron));
        (relates && is_behind && is_noun).then_some(head)
    })
}

/// "43 of them rebels", "four of her children", "50 of the dead", "hundreds of civilians".
fn behind_of(words: &Words, tokens: &[Token], i: usize, table: &NumberWords) -> Option<usize> {
    match words.at(i) {
        "them" | "whom" | "these" | "those" if !starts_noun(words, i) => {
            let skip = usize::from(matches!(words.at(i + 1), "were" | "are" | "was"));
            let at = i + 1 + skip;
            let noun = noun(words, tokens, at, table)?;
            (is_plural(words, noun) || table.is_single(words.at(noun))).then_some(noun)
        }
        "the" | "his" | "her" | "their" | "its" | "our" | "these" | "those" => {
            noun(words, tokens, i + 1, table)
        }
        _ => noun(words, tokens, i, table),
    }
}

/// "those reports", "these men": the demonstrative stands before its noun.
fn starts_noun(words: &Words, i: usize) -> bool {
    matches!(words.at(i), "these" | "those") && is_plural(words, i + 1)
}

/// The head of the noun phrase that starts at atom `i`.
fn noun(words: &Words, tokens: &[Token], i: usize, table: &NumberWords) -> Option<usize> {
    let mut phrase: Vec<usize> = Vec::new();
    let mut at = i;
    while at < i + 2 * REACH && phrase.len() < REACH {
        match words.kind(at) {
            Kind::Digits => break,
            Kind::Word
                if is_function_word(words.at(at)) && !words.raw(at).chars().all(char::is_uppercase) =>
            {
                break;
            }
            Kind::Word => phrase.push(at),
            // A bracket inside the phrase: "Islamic State (IS) group militants".
            Kind::Mark if matches!(words.at(at), "(" | "[") && !phrase.is_empty() => {
                let Some(close) = (at + 2..at + 7).find(|close| matches!(words.at(*close), ")" | "]")) else {
                    break;
                };
                at = close;
            }
            Kind::Mark if words.is_dash(at) && words.glued(at) && words.glued(at + 1) => {}
            Kind::Mark if words.at(at) == "." && words.glued(at) && words.is_capital(at.wrapping_sub(1)) => {}
            Kind::Mark if matches!(words.at(at), "#" | "\"" | "“" | "‘") => {}
            _ => break,
        }
        at += 1;
    }
    // "five others", "12 more", "17 injured": the words that stand for the people.
    let first = *phrase.first()?;
    if matches!(words.at(first), "other" | "more" | "additional" | "further" | "such") && phrase.len() > 1 {
        let rest = noun(words, tokens, first + 1, table)?;
        let tag = token(words, tokens, rest).map(|id| tokens[id].upos);
        let is_noun = is_plural(words, rest) || matches!(tag, Some(Upos::Noun | Upos::Propn));
        return if is_participle(words, rest) || !is_noun { Some(first) } else { Some(rest) };
    }
    if is_participle(words, first) || matches!(words.at(first), "others" | "dead" | "more" | "people") {
        return Some(first);
    }
    let by_tags = last_noun_by_tags(words, tokens, &phrase);
    by_tags
        .or_else(|| phrase.iter().copied().find(|at| is_plural(words, *at) || table.is_single(words.at(*at))))
        .or_else(|| {
            phrase
                .iter()
                .copied()
                .take(4)
                .take_while(|at| !is_participle(words, *at) && !is_past(words.at(*at)))
                .last()
        })
}

/// The last noun of the run of nouns and adjectives that opens the phrase, where the tagger has set tags.
fn last_noun_by_tags(words: &Words, tokens: &[Token], phrase: &[usize]) -> Option<usize> {
    let mut last = None;
    for &at in phrase {
        let upos = token(words, tokens, at).map(|id| tokens[id].upos)?;
        match upos {
            Upos::Noun | Upos::Propn => {
                // "51 children, 28 women" may come without the comma: a plural noun ends its phrase, unless another
                // noun goes on from it.
                last = Some(at);
                if is_plural(words, at) && upos == Upos::Noun && !is_modifier(words.at(at)) {
                    break;
                }
            }
            Upos::Adj | Upos::Sym => {}
            Upos::Verb if last.is_none() && words.at(at).ends_with("ed") => {}
            _ => break,
        }
    }
    last
}

/// Whether a word looks like a verb in the past, for text without tags.
fn is_past(word: &str) -> bool {
    word.ends_with("ed")
        || matches!(word, "fled" | "fell" | "left" | "took" | "went" | "came" | "lost" | "hit")
}

fn is_participle(words: &Words, at: usize) -> bool {
    matches!(
        words.at(at),
        "injured"
            | "wounded"
            | "killed"
            | "dead"
            | "missing"
            | "arrested"
            | "detained"
            | "displaced"
            | "hurt"
            | "abducted"
            | "kidnapped"
            | "executed"
            | "captured"
            | "dying"
            | "died"
    )
}

/// Whether a word looks like the plural of a noun.
pub(super) fn is_plural(words: &Words, at: usize) -> bool {
    let word = words.at(at);
    let is_shouted = words.raw(at).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let ends = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("'s");
    let irregular = matches!(
        word,
        "people"
            | "men"
            | "women"
            | "children"
            | "militiamen"
            | "gunmen"
            | "policemen"
            | "servicemen"
            | "fishermen"
            | "dead"
            | "wounded"
            | "injured"
            | "personnel"
            | "troops"
            | "aircraft"
            | "members"
            | "bodies"
            | "tribesmen"
            | "police"
            | "infantrymen"
            | "crewmen"
            | "guardsmen"
            | "cameramen"
            | "businessmen"
    );
    irregular || (ends && (!is_shouted || word.len() > 5))
}
