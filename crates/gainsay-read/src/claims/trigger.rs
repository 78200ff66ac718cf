//! Words that state a kind of claim, by the codebook's frames.

use gainsay_lexicon::codebook::{Frame, TriggerPos};
use gainsay_model::{Part, Rel, TokenId, Upos, Xpos};

use super::View;

/// A word that states a kind of claim.
pub(super) struct Trigger<'a> {
    /// The word: verb, or head noun.
    pub token: TokenId,
    /// How the codebook says its roles are filled.
    pub frame: &'a Frame,
}

/// All triggers, in order; a word may state several kinds ("executed": an attack and a death).
pub(super) fn triggers<'a>(view: &View<'a>) -> Vec<Trigger<'a>> {
    let mut found: Vec<Trigger> = Vec::new();
    for (token, word) in view.tree.tokens.iter().enumerate() {
        if matches!(view.part(token), Part::Furniture | Part::Question) || inside_name(view, token) {
            continue;
        }
        let lemma = word.lemma.to_lowercase();
        let pos = match word.upos {
            Upos::Verb => TriggerPos::Verb,
            // A noun with an object is a verb that the tagger missed ("The regime controls three positions").
            Upos::Noun if view.tree.with(token, &[Rel::Obj]).next().is_some() => TriggerPos::Verb,
            Upos::Noun | Upos::Propn => TriggerPos::Noun,
            Upos::Adj if matches!(word.xpos, Xpos::Vbn | Xpos::Vbg) => TriggerPos::Verb,
            Upos::Adj => TriggerPos::Adjective,
            _ => continue,
        };
        let mut frames: Vec<&Frame> = matching(view, token, &lemma, pos);
        if frames.is_empty() && pos == TriggerPos::Noun {
            // "the dead", "the wounded"; and headline verbs that the tagger takes for nouns.
            frames = matching(view, token, &lemma, TriggerPos::Adjective);
        }
        if frames.is_empty() && pos == TriggerPos::Verb {
            // Verbs that the lemmatiser has not met: "bombard", "blockaded".
            let form = view.tree.lower(token);
            frames = stems(&form)
                .find_map(|stem| Some(matching(view, token, &stem, pos)).filter(|found| !found.is_empty()))
                .unwrap_or_default();
        }
        let gerund =
            word.xpos == Xpos::Vbg && view.tree.with(token, &[Rel::Obj, Rel::Nsubj]).next().is_none();
        if gerund && pos == TriggerPos::Verb {
            // "Fighting in the city has increased": a noun in all but name.
            let nominal = matching(view, token, &view.tree.lower(token), TriggerPos::Noun);
            if !nominal.is_empty() && !matches!(view.tree.rel(token), Rel::Acl | Rel::Xcomp | Rel::Conj) {
                frames = nominal;
            }
        }
        if frames.is_empty() && pos == TriggerPos::Adjective {
            // "besieged", "displaced", "killed" tagged as adjectives.
            let verb = participle(&lemma);
            frames = matching(view, token, &lemma, TriggerPos::Verb);
            if frames.is_empty()
                && let Some(verb) = verb
            {
                frames = matching(view, token, &verb, TriggerPos::Verb);
            }
        }
        found.extend(frames.into_iter().map(|frame| Trigger { token, frame }));
    }
    // "mortar shells": one shelling, told by the noun that heads the phrase.
    let states = |token: TokenId, kind| {
        let own = found.partition_point(|other| other.token < token);
        found[own..].iter().take_while(|other| other.token == token).any(|other| other.frame.kind == kind)
    };
    let double = |trigger: &Trigger| {
        view.tree.rel(trigger.token) == Rel::Compound
            && view.tree.head(trigger.token).is_some_and(|head| states(head, trigger.frame.kind))
    };
    let doubles: Vec<bool> = found.iter().map(double).collect();
    let mut doubles = doubles.into_iter();
    found.retain(|_| !doubles.next().unwrap_or(false));
    found
}

/// What a verb's form may be a form of.
fn stems(form: &str) -> impl Iterator<Item = String> {
    let cut = |end: &str| form.strip_suffix(end).map(str::to_string);
    let bare = [Some(form.to_string()), cut("s"), cut("es"), cut("d"), cut("ed"), cut("ing")];
    let mute = [cut("ing").map(|stem| stem + "e")];
    bare.into_iter().chain(mute).flatten().collect::<Vec<_>>().into_iter()
}

/// The verb behind "besieged", "displaced": for participles tagged as adjectives.
fn participle(word: &str) -> Option<String> {
    let stem = word.strip_suffix("ed")?;
    let doubled = stem.len() > 3 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    Some(match () {
        () if doubled && stem.ends_with("ll") => stem.to_string(),
        () if stem.ends_with(['c', 'g', 's', 'v']) => format!("{stem}e"),
        () => stem.to_string(),
    })
}

/// A word inside a proper name states nothing ("Islamic Front", "Southern Front").
fn inside_name(view: &View, token: TokenId) -> bool {
    view.name(token).is_some_and(|name| {
        let proper = matches!(&*name.rule, "names.list" | "names.near" | "names.lost-apostrophe");
        proper || (name.rule == "names.unknown" && name.tokens.len() > 1 && name.head != token)
    })
}

/// The frames of the longest wording that stands here.
fn matching<'a>(view: &View<'a>, token: TokenId, lemma: &str, pos: TriggerPos) -> Vec<&'a Frame> {
    let mut found: Vec<&Frame> = Vec::new();
    for frame in view.words.codebook.frames(lemma, pos) {
        if found.first().is_some_and(|first| first.words.len() > frame.words.len()) {
            break;
        }
        if worded(view, token, frame) && governed(view, token, frame) {
            found.push(frame);
        }
    }
    // "seized control" is a capture: the wording that asks for its verb wins over the bare noun.
    if found.iter().any(|frame| !frame.with.is_empty()) {
        found.retain(|frame| !frame.with.is_empty());
    }
    found
}

fn worded(view: &View, token: TokenId, frame: &Frame) -> bool {
    let tree = &view.tree;
    match frame.pos {
        TriggerPos::Noun => {
            // The words before it, in their order; a hyphen may part them.
            let mut at = token;
            frame.words.iter().rev().skip(1).all(|word| {
                let mut before = at.checked_sub(1);
                if before.is_some_and(|id| tree.word(id) == "-") {
                    before = before.and_then(|id| id.checked_sub(1));
                }
                let fits = before
                    .is_some_and(|id| tree.lemma(id).eq_ignore_ascii_case(word) || tree.lower(id) == *word);
                at = before.unwrap_or(0);
                fits
            })
        }
        _ => frame.words.iter().skip(1).all(|word| {
            // Particle, object or adverb of the verb, within four words.
            tree.children(token).iter().any(|&child| {
                child > token
                    && child < token + 5
                    && (tree.lemma(child) == word || tree.lower(child) == *word)
            }) || tree.tokens.get(token + 1).is_some_and(|next| next.lemma == *word)
        }),
    }
}

/// Whether the verb or preposition over a noun is one the frame asks for.
fn governed(view: &View, token: TokenId, frame: &Frame) -> bool {
    let tree = &view.tree;
    if !frame.under.is_empty() && !tree.case(token).is_some_and(|case| frame.under.contains(&case)) {
        return false;
    }
    if frame.with.is_empty() {
        return true;
    }
    let governs = |id: TokenId| {
        let lemma = tree.lemma(id);
        frame.with.iter().any(|verb| match verb.split_once(' ') {
            Some((verb, particle)) => {
                lemma == verb
                    && tree
                        .children(id)
                        .iter()
                        .any(|&child| tree.lower(child) == particle || tree.lemma(child) == particle)
            }
            None => lemma == verb,
        })
    };
    // The verb right over it, over its phrase, or a participle on it.
    let mut up = tree.head(token);
    for _ in 0..3 {
        let Some(id) = up else { break };
        if governs(id) {
            return true;
        }
        if tree.is_verb(id) {
            break;
        }
        up = tree.head(id);
    }
    tree.with(token, &[Rel::Acl, Rel::AclRelcl, Rel::Amod]).any(governs)
}
