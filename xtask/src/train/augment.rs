//! Copies of sentences as damaged or styled as reports come: without commas and apostrophes, as headlines.

use gainsay_model::reading::{Rel, Upos, Xpos};

use super::conllu::{Tree, Word};

/// Of a hundred sentences, so many are learned without commas and apostrophes as well.
const UNMARKED: usize = 22;
/// Of a hundred sentences, so many are learned with a day of the week as well.
const DATED: usize = 10;
/// Of a hundred sentences of speech, so many are learned with the speaker last as well.
const TURNED: usize = 70;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A small generator of pseudo-random numbers (xorshift64*, Vigna 2016), so that a training can be repeated.
#[derive(Clone, Debug)]
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % bound.max(1)
    }

    /// Shuffles (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Damaged and restyled copies of some sentences, and copies turned the way that news is written.
pub fn copies(trees: &[Tree], random: &mut Random) -> Vec<Tree> {
    let mut made = Vec::new();
    for tree in trees {
        let draw = random.below(100);
        let long = tree.words.len() > 4;
        if draw < UNMARKED && long {
            made.push(unmarked(tree));
        } else if draw < UNMARKED + 6 && long {
            made.push(headline(tree));
        } else if draw < UNMARKED + 8 && long {
            let mut copy = tree.clone();
            copy.words.iter_mut().for_each(|word| word.form = word.form.to_uppercase());
            made.push(copy);
        }
        let mut turned = if random.below(100) < TURNED { said_last(tree) } else { None };
        if random.below(100) < DATED {
            turned = dated(turned.as_ref().unwrap_or(tree), random).or(turned);
        }
        if let Some(turned) = turned {
            made.push(if random.below(100) < UNMARKED { unmarked(&turned) } else { turned });
        }
    }
    made
}

/// With what was said before who said it: "Twelve were killed, activists said."
fn said_last(tree: &Tree) -> Option<Tree> {
    let len = tree.words.len();
    let verb = tree.words.iter().position(|word| word.head == len)?;
    let child = |rel: &str, from: usize, to: usize| {
        (from..to).find(|&at| tree.words[at].head == verb && tree.words[at].rel.as_str() == rel)
    };
    let stop = len - 1;
    if tree.words[stop].xpos != Xpos::Stop
        || !matches!(tree.words[verb].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
    {
        return None;
    }
    child("nsubj", 0, verb)?;
    let said = child("ccomp", verb, stop)?;
    let under = |word: usize| {
        std::iter::successors(Some(word), |&word| tree.words.get(word).map(|word| word.head))
            .take(len)
            .any(|word| word == said)
    };
    let mut first = (verb + 1..stop).find(|&word| under(word))?;
    let before = first;
    if !(first..stop).all(under)
        || tree.words[..before].iter().any(|word| word.upos == Upos::Punct)
        || before > 14
    {
        return None;
    }
    if tree.words[first].lemma == "that" && tree.words[first].rel.as_str() == "mark" {
        first += 1;
    }
    if stop < first + 3 {
        return None;
    }
    let comma = Word {
        form: ",".to_owned(),
        lemma: ",".to_owned(),
        upos: Upos::Punct,
        xpos: Xpos::Comma,
        head: said,
        rel: Rel::parse("punct"),
        space: true,
    };
    let mut copy = Tree { text: tree.text.clone(), words: tree.words[first..stop].to_vec() };
    copy.words.push(comma);
    copy.words.extend_from_slice(&tree.words[..before]);
    copy.words.push(tree.words[stop].clone());
    let clause = stop - first;
    let all = copy.words.len();
    for word in &mut copy.words {
        word.head = match word.head {
            head if head == len => all,
            head if head == stop => all - 1,
            head if head >= first => head - first,
            head => clause + 1 + head,
        };
    }
    copy.words[clause - 1].space = false;
    copy.words[all - 2].space = false;
    let opening = &mut copy.words[0];
    opening.form = opening
        .form
        .chars()
        .take(1)
        .flat_map(char::to_uppercase)
        .chain(opening.form.chars().skip(1))
        .collect();
    let opening = &mut copy.words[clause + 1];
    if opening.upos != Upos::Propn && opening.form != "I" {
        opening.form = opening.form.to_lowercase();
    }
    Some(copy)
}

/// With a day of the week after its verb of speech, or another verb: "said Monday that", "were killed on Friday".
fn dated(tree: &Tree, random: &mut Random) -> Option<Tree> {
    let len = tree.words.len();
    let past = |at: &usize| {
        matches!(tree.words[*at].xpos, Xpos::Vbd | Xpos::Vbn) && tree.words[*at].upos == Upos::Verb
    };
    let has = |at: usize, test: &dyn Fn(&str) -> bool| {
        tree.words.iter().any(|word| word.head == at && word.rel.as_str().split(':').next().is_some_and(test))
    };
    let verbs: Vec<usize> = (0..len).filter(past).filter(|&at| has(at, &|rel| rel == "nsubj")).collect();
    let speech: Vec<usize> =
        verbs.iter().copied().filter(|&at| has(at, &|rel| rel == "ccomp" || rel == "parataxis")).collect();
    let from = if speech.is_empty() { &verbs } else { &speech };
    let verb = *from.get(random.below(from.len()))?;
    // After the verb and the objects that follow it at once.
    let under = |word: usize, top: usize| {
        std::iter::successors(Some(word), |&word| tree.words.get(word).map(|word| word.head))
            .take(len)
            .any(|word| word == top)
    };
    let mut place = verb + 1;
    while let Some(child) =
        (place..len).find(|&at| tree.words[at].head == verb && (place..=at).all(|word| under(word, at)))
    {
        if !matches!(tree.words[child].rel.as_str(), "obj" | "iobj" | "compound:prt" | "xcomp") {
            break;
        }
        place = (child..len).take_while(|&word| under(word, child)).last()? + 1;
    }
    let day = DAYS[random.below(DAYS.len())];
    let mut new = Word {
        form: day.to_owned(),
        lemma: day.to_owned(),
        upos: Upos::Propn,
        xpos: Xpos::Nnp,
        head: verb,
        rel: Rel::parse("obl:unmarked"),
        space: tree.words[place - 1].space,
    };
    let mut copy = tree.clone();
    copy.words[place - 1].space = true;
    let preposition = random.below(3) == 0;
    let added = 1 + usize::from(preposition);
    let moved = |head: usize| if head >= place { head + added } else { head };
    copy.words.iter_mut().for_each(|word| word.head = moved(word.head));
    if preposition {
        new.rel = Rel::parse("obl");
        let on = Word {
            form: "on".to_owned(),
            lemma: "on".to_owned(),
            upos: Upos::Adp,
            xpos: Xpos::In,
            head: place + 1,
            rel: Rel::parse("case"),
            space: true,
        };
        copy.words.insert(place, on);
    }
    copy.words.insert(place + added - 1, new);
    Some(copy)
}

/// Without commas and apostrophes, as many collections of texts have been stored.
fn unmarked(tree: &Tree) -> Tree {
    let mut copy = tree.clone();
    // A possessive ending goes with its noun: "Syrias".
    for at in 1..copy.words.len() {
        if copy.words[at].xpos == Xpos::Pos && copy.words[at].head == at - 1 {
            let tail: String = copy.words[at].form.chars().filter(|c| c.is_alphanumeric()).collect();
            copy.words[at - 1].form.push_str(&tail);
            copy.words[at].form.clear();
        }
    }
    copy.without(|word| word.form.is_empty() || matches!(word.form.as_str(), "," | "'" | "’" | "‘"));
    for word in &mut copy.words {
        if word.form.chars().count() > 1 {
            word.form.retain(|c| !matches!(c, '\'' | '’'));
        }
        if word.form.is_empty() {
            word.form.push('s');
        }
    }
    copy
}

/// With capitals, and without the stop at the end.
fn headline(tree: &Tree) -> Tree {
    let mut copy = tree.clone();
    let last = copy.words.len() - 1;
    for word in &mut copy.words {
        let small = matches!(word.upos, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part | Upos::Punct);
        if let Some(first) = word.form.chars().next().filter(|_| !small) {
            word.form = first.to_uppercase().chain(word.form.chars().skip(1)).collect();
        }
    }
    if copy.words[last].xpos == Xpos::Stop {
        copy.words[last].form.clear();
        copy.without(|word| word.form.is_empty());
        copy.words.iter_mut().filter(|word| word.form.is_empty()).for_each(|word| word.form.push('.'));
    }
    copy
}
