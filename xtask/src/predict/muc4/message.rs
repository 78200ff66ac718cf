//! One message as read: its report, its reading, and where claims' values stand in its tokens.

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Ground, NameClass, Reading, Rel, Report, Slot, Span, TokenId, Upos};
use gainsay_read::tree::Tree;

/// What the mapping looks at.
pub struct Message<'a> {
    /// The report, capitals restored.
    pub report: &'a Report,
    /// All layers.
    pub reading: &'a Reading,
    /// The words it was read with.
    pub words: &'a Words,
    /// The text in small letters, one space between words.
    pub small: String,
    /// The trees.
    pub tree: Tree<'a>,
    /// Byte offset of each code point.
    bytes: Vec<usize>,
    /// The name that covers each token.
    name_at: Vec<Option<usize>>,
}

impl<'a> Message<'a> {
    /// A message and its reading.
    pub fn of(report: &'a Report, reading: &'a Reading, words: &'a Words) -> Message<'a> {
        let mut name_at = vec![None; reading.tokens.len()];
        for (id, name) in reading.names.iter().enumerate() {
            name_at[name.tokens.clone()].fill(Some(id));
        }
        let bytes = report.text.char_indices().map(|(at, _)| at).chain([report.text.len()]).collect();
        let tree = Tree::of(&report.text, &reading.sentences, &reading.tokens);
        let small = report.text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        Message { report, reading, words, small, tree, bytes, name_at }
    }

    /// The name that covers a token; for a pronoun, the one it stands for.
    pub fn name(&self, token: TokenId) -> Option<&'a gainsay_model::Name> {
        let name = &self.reading.names[self.name_at[token]?];
        let pronoun = name.tokens.len() == 1 && self.reading.tokens[name.head].upos == Upos::Pron;
        match name.antecedent {
            Some(id) if pronoun => Some(&self.reading.names[id]),
            _ => Some(name),
        }
    }

    /// The words that fill a slot of a claim, as the token that heads them; a pronoun gives way to what it stands for.
    pub fn heads(&self, claim: &Claim, slot: Slot) -> Vec<TokenId> {
        let grounds = claim.grounds.iter().filter(|ground| ground.slot == slot);
        let mut heads: Vec<TokenId> = grounds.filter_map(|ground| self.head(ground)).collect();
        heads.dedup();
        heads
    }

    /// The token that heads the words of a ground.
    pub fn head(&self, ground: &Ground) -> Option<TokenId> {
        let span = Span::new(*self.bytes.get(ground.start)?, *self.bytes.get(ground.end)?);
        let inside = |id: &TokenId| span.contains(self.reading.tokens[*id].span);
        let first = self.reading.tokens.partition_point(|token| token.span.start < span.start);
        let run: Vec<TokenId> = (first..self.reading.tokens.len()).take_while(inside).collect();
        let outside = |id: &&TokenId| self.tree.head(**id).is_none_or(|head| !run.contains(&head));
        let head = *run.iter().find(outside).or(run.last())?;
        if self.reading.tokens[head].upos == Upos::Pron {
            return self.name(head).map(|name| name.head).filter(|&id| id != head);
        }
        Some(head)
    }

    /// The noun with what belongs to it on its left, without determiner and number, and the rest of a name on its
    /// right.
    pub fn phrase(&self, head: TokenId) -> std::ops::Range<TokenId> {
        let tree = &self.tree;
        let first = tree.sentences[tree.sentence(head)].tokens.start;
        let mut start = head;
        while start > first {
            let id = start - 1;
            let modifies = matches!(
                tree.rel(id),
                Rel::Amod | Rel::Compound | Rel::NmodDesc | Rel::Flat | Rel::NmodPoss | Rel::Case
            ) && tree.rel(id) != Rel::Det
                && tree.tokens[id].upos != Upos::Adp
                && tree.is_under(id, head);
            let glue = matches!(tree.word(id), "-" | "'s" | "\"") && id > first;
            // "25-year-old", "medium-sized": what is glued on by a hyphen belongs to it, whatever it is.
            let hyphened = id + 1 < head && tree.word(id + 1) == "-" && self.glued(id, id + 1);
            let number = matches!(tree.tokens[id].upos, Upos::Num | Upos::Pron | Upos::Det);
            if !hyphened && (number || !(modifies || glue)) {
                break;
            }
            start = id;
        }
        while start < head && matches!(tree.word(start), "-" | "'s" | "\"") {
            start += 1;
        }
        let last = tree.sentences[tree.sentence(head)].tokens.end;
        let mut end = head + 1;
        while end < last && matches!(tree.rel(end), Rel::Flat | Rel::Goeswith) && tree.is_under(end, head) {
            end += 1;
        }
        start..end
    }

    /// Whether no space parts two neighbours.
    fn glued(&self, left: TokenId, right: TokenId) -> bool {
        self.reading.tokens[left].span.end == self.reading.tokens[right].span.start
    }

    /// The words of a run of tokens.
    pub fn text(&self, run: std::ops::Range<TokenId>) -> String {
        let span = self.reading.tokens[run.start].span.cover(self.reading.tokens[run.end - 1].span);
        span.of(&self.report.text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    }

    /// The lemma in small letters.
    pub fn lemma(&self, id: TokenId) -> String {
        self.tree.lemma(id).to_lowercase()
    }

    /// Whether a token is written as a person's name may be: no listed place or party, no abbreviation, no noun.
    pub fn is_personal(&self, id: TokenId) -> bool {
        let word = self.tree.word(id);
        let other = self.name(id).is_some_and(|name| match name.class {
            NameClass::Place => true,
            NameClass::Actor | NameClass::Source => !name.entities.is_empty(),
            _ => false,
        });
        let small = word.to_lowercase();
        let single = word.strip_suffix('s').unwrap_or(word);
        let noun = [small.as_str(), small.strip_suffix('s').unwrap_or(&small)]
            .iter()
            .any(|form| self.words.codebook.people.contains_key(*form));
        word.starts_with(char::is_uppercase)
            && (word.len() < 2 || !word.chars().all(|c| c.is_uppercase()))
            && !other
            && !noun
            && matches!(self.reading.tokens[id].upos, Upos::Propn | Upos::X)
            && ![word, single].iter().any(|form| self.words.codebook.demonyms.contains_key(*form))
    }
}
