//! "X said that …", "…, X said", "X reported shelling", "X accused Y of …", "X denied …".

use std::ops::Range;

use gainsay_lexicon::codebook::CuePos;
use gainsay_model::{Attribution, NameClass, Part, Rel, Status, TokenId, Upos, Xpos};

use super::{View, attributed, relayed};

pub(super) fn speech(view: &View) -> Vec<Attribution> {
    let cues = (0..view.tree.tokens.len()).filter(|&id| view.part(id) != Part::Furniture);
    cues.filter_map(|cue| said(view, cue)).collect()
}

fn said(view: &View, cue: TokenId) -> Option<Attribution> {
    let tree = &view.tree;
    let token = &tree.tokens[cue];
    if !matches!(token.upos, Upos::Verb | Upos::Aux) && token.xpos != Xpos::Vbd {
        return None;
    }
    let status = view.words.codebook.cue(&token.lemma, CuePos::Verb)?;
    // "Reuters quoted X as saying": two voices, read elsewhere.
    if relayed::as_saying(view, cue).is_some() {
        return None;
    }
    // "claiming the lives of five": no saying.
    if token.lemma == "claim"
        && tree.with(cue, &[Rel::Obj]).any(|id| matches!(tree.lemma(id), "life" | "live"))
    {
        return None;
    }
    // "a group known as X": a name, no saying.
    let named =
        token.lemma == "know" && tree.with(cue, &[Rel::Obl]).any(|id| tree.case(id).as_deref() == Some("as"));
    // "was put to death": no figure that anybody gives.
    let dies = token.lemma == "put" && tree.with(cue, &[Rel::Obl]).any(|id| tree.lemma(id) == "death");
    if named || dies {
        return None;
    }
    if let Some(charge) = charge(view, cue).filter(|_| status == Status::Denied) {
        // "…, a charge that X rejects": all before it is what X denies.
        let sources = view.sources(speaker(view, cue)?);
        let first = tree.sentences[tree.sentence(cue)].tokens.start;
        return (!sources.is_empty())
            .then(|| attributed(view, sources, token.span, (first..charge).collect(), status, REJECTED));
    }
    if let Some((sources, content)) = closing(view, cue) {
        return Some(attributed(view, sources, token.span, content, status, "attribution.closing"));
    }
    let passive = tree.with(cue, &[Rel::NsubjPass, Rel::AuxPass, Rel::CsubjPass]).next().is_some();
    let speaker = if passive {
        tree.with(cue, &[Rel::OblAgent])
            .next()
            .or_else(|| tree.with(cue, &[Rel::Obl]).find(|&id| tree.case(id).as_deref() == Some("by")))
    } else {
        speaker(view, cue).or_else(|| before(view, cue))
    }?;
    let sources = view.sources(speaker);
    if sources.is_empty() {
        return None;
    }
    let mut content = content(view, cue, speaker, passive)?;
    // The speaker's own words are not what is said, unless the tree hangs all of it from the speaker.
    content
        .retain(|&id| id != cue && id != speaker && (tree.is_under(id, cue) || !tree.is_under(id, speaker)));
    // Who speaks inside a quotation says nothing that stands outside it.
    if let Some(quote) = view.quote(token.span.cover(tree.tokens[speaker].span)) {
        content.retain(|&id| quote.contains(tree.tokens[id].span));
    }
    if content.is_empty() {
        return None;
    }
    // "did not confirm", "refused to say": no saying.
    let negated = tree
        .with(cue, &[Rel::Advmod])
        .any(|id| matches!(tree.lower(id).as_str(), "not" | "n't" | "never" | "n’t"));
    if negated && status == Status::Asserted {
        return None;
    }
    Some(attributed(view, sources, token.span, content, status, "attribution.speech"))
}

/// What somebody else has said, and its source rejects.
pub(crate) const REJECTED: &str = "attribution.rejected";

/// "a charge that X rejects": the noun that stands for what was said before it.
fn charge(view: &View, cue: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let noun = tree.head(cue).filter(|_| tree.rel(cue) == Rel::AclRelcl)?;
    let said = matches!(tree.lemma(noun), "charge" | "accusation" | "allegation" | "claim" | "assertion");
    let beside = noun > 1 && matches!(tree.word(noun - 2), "," | "–" | "—");
    (said && beside).then_some(noun)
}

/// "… activists said on Monday": the source right before a cue that closes its sentence, however it was parsed.
/// Reports that lost their commas leave the parser no other hint.
fn closing(view: &View, cue: TokenId) -> Option<(Vec<super::Source>, Vec<TokenId>)> {
    let tree = &view.tree;
    let whole = tree.sentences[tree.sentence(cue)].tokens.clone();
    // "… Reuters said," in a quotation closes the quotation.
    let quote = view.quote(tree.tokens[cue].span).map(|quote| view.tokens_in(&whole, quote));
    quote.and_then(|quote| closes(view, cue, quote)).or_else(|| closes(view, cue, whole))
}

/// [`closing`], of these tokens.
fn closes(view: &View, cue: TokenId, sentence: Range<TokenId>) -> Option<(Vec<super::Source>, Vec<TokenId>)> {
    let tree = &view.tree;
    // "… SANA said, citing X": whom it cites comes after.
    let cites = |&id: &TokenId| matches!(tree.lower(id).as_str(), "citing" | "quoting" | "according");
    let after = cue + 1..(cue + 1..sentence.end).find(cites).unwrap_or(sentence.end);
    if after.len() > 12 || tree.tokens[cue].xpos != Xpos::Vbd && tree.tokens[cue].xpos != Xpos::Vbz {
        return None;
    }
    // "…, said X": the speaker stands behind.
    if tree.word(cue.checked_sub(1)?) == "," && tree.with(cue, &[Rel::Nsubj]).any(|id| id > cue) {
        return None;
    }
    // Nothing is said after it: no clause, no object, only when, where and to whom.
    let told = after
        .clone()
        .any(|id| tree.is_verb(id) || matches!(tree.lower(id).as_str(), "that" | ":" | "\"" | "“"));
    let object = tree.with(cue, &[Rel::Obj]).any(|id| {
        id > cue && view.name_at[id].is_none_or(|name| view.names[name].class != NameClass::Source)
    });
    if told || object {
        return None;
    }
    let mut last = cue.checked_sub(1)?;
    while last > sentence.start && matches!(tree.tokens[last].upos, Upos::Adv | Upos::Aux | Upos::Punct) {
        last -= 1;
    }
    let (head, start) = match view.name_at[last].map(|id| &view.names[id]) {
        // "… a school in Homs, reports the monitor": somewhere is nobody.
        Some(name) if name.class == NameClass::Place && tree.case(name.head).is_some() => return None,
        Some(name) if name.tokens.start > sentence.start => (name.head, name.tokens.start),
        None if super::SPEAKERS.contains(&tree.lemma(last)) => (last, last),
        _ => return None,
    };
    let source = view.source(head).or_else(|| view.source(last))?;
    let first = tree.tokens.partition_point(|token| token.span.start < source.span.start).min(start);
    let content: Vec<TokenId> = (sentence.start..first).collect();
    let spoken = content.iter().any(|&id| tree.is_verb(id) || tree.tokens[id].upos == Upos::Noun);
    (content.len() >= 4 && spoken).then_some((vec![source], content))
}

/// The subject of a cue: its own, or that of the verb it is joined to.
fn speaker(view: &View, cue: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    // A bare weekday after the cue is no speaker, whatever the tree says.
    let calendar = |id: TokenId| crate::names::CALENDAR.contains(&tree.lower(id).as_str());
    let own = |id: TokenId| {
        let subjects = || {
            tree.with(id, &[Rel::Nsubj])
                .filter(move |&own| !calendar(own) && (own < id || tree.tokens[id].xpos != Xpos::Vbg))
        };
        // "39 were civilians, said the Observatory": of two the one behind the comma and the cue.
        let comma = id > 0 && tree.word(id - 1) == ",";
        let first = subjects().find(|&own| comma && own > id).or_else(|| subjects().next())?;
        // "The state agency SANA counted": the name right behind the noun.
        let source =
            |id: &TokenId| view.name_at[*id].is_some_and(|name| view.names[name].class == NameClass::Source);
        Some(subjects().find(|&own| own == first + 1 && source(&own)).unwrap_or(first))
    };
    // "62 were killed, reports the Observatory": taken for what is reported.
    let inverted = || {
        let clause = tree.with(cue, &[Rel::Ccomp]).any(|id| id < cue);
        let source =
            |id: TokenId| view.name_at[id].is_some_and(|name| view.names[name].class == NameClass::Source);
        tree.with(cue, &[Rel::Obj]).find(|&id| clause && id > cue && source(id))
    };
    own(cue)
        .or_else(inverted)
        .or_else(|| match (tree.rel(cue), tree.head(cue)) {
            (Rel::Conj | Rel::Xcomp | Rel::Advcl, Some(up)) => {
                own(up).or_else(|| tree.head(up).filter(|_| tree.rel(up) == Rel::Conj).and_then(own))
            }
            (Rel::Acl | Rel::AclRelcl, Some(up)) => Some(up),
            _ => None,
        })
        .and_then(|id| match tree.lower(id).as_str() {
            // "which reported", "who said": whom the clause describes.
            "who" | "which" | "that" => tree.head(cue).filter(|_| tree.rel(cue) == Rel::AclRelcl),
            _ => Some(id),
        })
}

/// The noun for a speaker right before the cue, where the parser found no subject.
fn before(view: &View, cue: TokenId) -> Option<TokenId> {
    let tree = &view.tree;
    let first = tree.sentences[tree.sentence(cue)].tokens.start;
    let noun = cue.checked_sub(1).filter(|&id| id >= first && super::SPEAKERS.contains(&tree.lemma(id)));
    // Else the person or outlet named last before it: "X, leader of a faction, confirmed …".
    noun.or_else(|| {
        let near = (cue.saturating_sub(12).max(first)..cue).rev();
        let mut named = near.filter_map(|id| view.name_at[id]).map(|id| &view.names[id]);
        let fits = |name: &&gainsay_model::Name| match name.class {
            NameClass::Person | NameClass::Source => true,
            NameClass::Unknown => name.tokens.len() > 1,
            _ => false,
        };
        named.find(fits).map(|name| name.head)
    })
}

/// So many words behind its cue a speaker may stand: "said the Syrian Observatory for Human Rights".
const INVERTED: usize = 8;

fn content(view: &View, cue: TokenId, speaker: TokenId, passive: bool) -> Option<Vec<TokenId>> {
    let tree = &view.tree;
    // "said Monday that …": from "that" on, the sentence is what is said.
    let sentence = &tree.sentences[tree.sentence(cue)];
    // "told the Reuters news agency that …": so far only where nothing parts them.
    let reach = if tree.lemma(cue) == "tell" { 10 } else { 5 };
    let that = (cue + 1..sentence.tokens.end.min(cue + reach))
        .find(|&id| tree.lower(id) == "that" && tree.tokens[id].upos == Upos::Sconj)
        .filter(|&that| that < cue + 5 || (cue + 1..that).all(|id| tree.word(id) != ","));
    if let Some(that) = that.filter(|_| speaker < cue) {
        // "denied that they had seized it, where, he said, the army remains": what follows is no part of the denial.
        let denies = view.words.codebook.cue(tree.lemma(cue), CuePos::Verb) == Some(Status::Denied);
        let turns = |id: &TokenId| {
            tree.word(*id) == ","
                && matches!(tree.lower(*id + 1).as_str(), "where" | "but" | "while" | "adding")
        };
        let end =
            (that..sentence.tokens.end - 1).find(turns).filter(|_| denies).unwrap_or(sentence.tokens.end);
        return Some((that..end).collect());
    }
    // "spoke of 30 dead, then of 80": from "of" on.
    if matches!(tree.lemma(cue), "speak" | "talk" | "tell")
        && cue + 1 < sentence.tokens.end
        && tree.lower(cue + 1) == "of"
    {
        return Some((cue + 1..sentence.tokens.end).collect());
    }
    // "…, said X, who leads a faction": all before the cue, however it was parsed.
    let mark = cue.checked_sub(1).filter(|&id| id > sentence.tokens.start + 2);
    if speaker > cue
        && speaker < cue + INVERTED
        && mark.is_some_and(|id| matches!(tree.word(id), "," | "”" | "\""))
    {
        return Some((sentence.tokens.start..cue).collect());
    }
    // The clause that is said.
    let mut tops: Vec<TokenId> =
        tree.with(cue, &[Rel::Ccomp, Rel::Csubj, Rel::CsubjPass, Rel::Xcomp]).collect();
    // Things said side by side with the cue: "…, he said" hangs under what is said or beside it.
    tops.extend(tree.with(cue, &[Rel::Parataxis]));
    let below: Vec<TokenId> = tops.iter().flat_map(|&top| tree.subtree(top)).collect();
    if tops.iter().any(|&top| tree.rel(top) != Rel::Xcomp) {
        return Some(below);
    }
    if !below.is_empty() {
        return Some(below);
    }
    if matches!(tree.rel(cue), Rel::Parataxis | Rel::Advcl | Rel::Conj | Rel::Appos | Rel::Dep)
        && let Some(up) = tree.head(cue)
        && (up < cue
            && tree.tokens[cue].span.start > tree.tokens[speaker].span.start.min(tree.tokens[cue].span.start))
        && tree.rel(cue) == Rel::Parataxis
    {
        return Some(tree.subtree_without(up, |child| child == cue));
    }
    // "… the military said": the parser may hang the cue under a noun of what is said; the sentence before it is meant.
    let sentence = &tree.sentences[tree.sentence(cue)];
    let objects: Vec<TokenId> = tree
        .with(cue, &[Rel::Obj, Rel::Obl, Rel::Advcl, Rel::NsubjPass, Rel::Nmod])
        .filter(|&id| id > cue || passive)
        .collect();
    let said_after: Vec<TokenId> = objects
        .iter()
        .filter(|&&id| passive || tree.rel(id) != Rel::NsubjPass)
        .flat_map(|&id| tree.subtree(id))
        .collect();
    let closing = tree.subtree(cue).last().copied().unwrap_or(cue);
    let late =
        speaker < cue && closing + 3 >= sentence.tokens.end && sentence.tokens.start + 3 < speaker.min(cue);
    // "spoke of …": what follows is said, not what stands before.
    let told = objects.iter().any(|&id| matches!(tree.case(id).as_deref(), Some("of" | "about")));
    if late && !told && tree.rel(cue) != Rel::AclRelcl && !objects.iter().any(|&id| tree.rel(id) == Rel::Obj)
    {
        return Some((sentence.tokens.start..speaker).collect());
    }
    // "X put the dead at 65 and …": all that follows the cue of a sentence is said.
    if !said_after.is_empty() && tree.rel(cue) == Rel::Root && speaker < cue && !passive {
        return Some((cue + 1..sentence.tokens.end).collect());
    }
    (!said_after.is_empty()).then_some(said_after)
}
