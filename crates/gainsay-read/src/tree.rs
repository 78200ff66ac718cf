//! The dependency trees of a report, ready to be walked.

use gainsay_model::{Rel, Sentence, Span, Token, TokenId, Upos};

/// Children and extents of every token.
pub struct Tree<'a> {
    /// The report's text.
    pub text: &'a str,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Its tokens.
    pub tokens: &'a [Token],
    children: Vec<Vec<TokenId>>,
    sentence_of: Vec<usize>,
}

impl<'a> Tree<'a> {
    /// The trees over these tokens.
    pub fn of(text: &'a str, sentences: &'a [Sentence], tokens: &'a [Token]) -> Tree<'a> {
        let mut children = vec![Vec::new(); tokens.len()];
        for (id, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[head].push(id);
            }
        }
        let mut sentence_of = vec![0; tokens.len()];
        for (n, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.tokens.clone()].fill(n);
        }
        Tree { text, sentences, tokens, children, sentence_of }
    }

    /// The word as written.
    pub fn word(&self, id: TokenId) -> &'a str {
        self.tokens[id].span.of(self.text)
    }

    /// The word in lower case.
    pub fn lower(&self, id: TokenId) -> String {
        self.word(id).to_lowercase()
    }

    /// The lemma.
    pub fn lemma(&self, id: TokenId) -> &'a str {
        &self.tokens[id].lemma
    }

    /// Its relation without subtype ambiguity.
    pub fn rel(&self, id: TokenId) -> Rel {
        self.tokens[id].rel
    }

    /// The word it depends on.
    pub fn head(&self, id: TokenId) -> Option<TokenId> {
        self.tokens[id].head
    }

    /// The words that depend on it, in order.
    pub fn children(&self, id: TokenId) -> &[TokenId] {
        &self.children[id]
    }

    /// Those of its children that stand in one of these relations, in order.
    pub fn with(&self, id: TokenId, rels: &'static [Rel]) -> impl Iterator<Item = TokenId> + '_ {
        self.children[id].iter().copied().filter(move |&child| rels.contains(&self.tokens[child].rel))
    }

    /// The sentence it stands in.
    pub fn sentence(&self, id: TokenId) -> usize {
        self.sentence_of[id]
    }

    /// The words above it, nearest first.
    pub fn ancestors(&self, id: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        let mut steps = 0;
        std::iter::successors(self.head(id), move |&up| {
            steps += 1;
            self.head(up).filter(|_| steps < 500)
        })
    }

    /// It and all words below it, in order of the text.
    pub fn subtree(&self, id: TokenId) -> Vec<TokenId> {
        self.subtree_without(id, |_| false)
    }

    /// Like [`Tree::subtree`], leaving out branches whose top `cut` names.
    pub fn subtree_without(&self, id: TokenId, cut: impl Fn(TokenId) -> bool) -> Vec<TokenId> {
        let mut all = vec![id];
        let mut next = 0;
        while next < all.len() {
            let at = all[next];
            all.extend(self.children[at].iter().copied().filter(|&child| !cut(child)));
            next += 1;
        }
        all.sort_unstable();
        all
    }

    /// Whether `below` is `above` or stands below it.
    pub fn is_under(&self, below: TokenId, above: TokenId) -> bool {
        below == above || self.ancestors(below).any(|up| up == above)
    }

    /// It and its conjuncts ("A, B and C" for A).
    pub fn conjuncts(&self, id: TokenId) -> Vec<TokenId> {
        let mut all = vec![id];
        let mut next = 0;
        while next < all.len() {
            let at = all[next];
            all.extend(self.with(at, &[Rel::Conj]));
            next += 1;
        }
        all
    }

    /// The preposition before a phrase, lower case, words joined by spaces: "out of", "in".
    pub fn case(&self, id: TokenId) -> Option<String> {
        let mut own: Option<String> = None;
        for marker in self.with(id, &[Rel::Case]) {
            let mut text = self.lower(marker);
            for fixed in self.with(marker, &[Rel::Fixed]) {
                text.push(' ');
                text.push_str(&self.lower(fixed));
            }
            own = Some(match own {
                Some(before) => format!("{before} {text}"),
                None => text,
            });
        }
        own
    }

    /// The span from the first to the last of these tokens.
    pub fn span(&self, tokens: &[TokenId]) -> Span {
        let spans = tokens.iter().map(|&id| self.tokens[id].span);
        spans.reduce(Span::cover).unwrap_or_default()
    }

    /// Whether the word is a verb, or a participle used as one.
    pub fn is_verb(&self, id: TokenId) -> bool {
        self.tokens[id].upos == Upos::Verb
    }

    /// The nearest word above (or itself) that heads a clause: a verb, or the root.
    pub fn clause(&self, id: TokenId) -> TokenId {
        let heads = |at: TokenId| {
            matches!(
                self.rel(at),
                Rel::Root
                    | Rel::Ccomp
                    | Rel::Xcomp
                    | Rel::Advcl
                    | Rel::AdvclRelcl
                    | Rel::Acl
                    | Rel::AclRelcl
                    | Rel::Parataxis
                    | Rel::Csubj
                    | Rel::CsubjPass
            ) || (self.rel(at) == Rel::Conj && self.is_verb(at))
        };
        if heads(id) {
            return id;
        }
        self.ancestors(id).find(|&up| heads(up)).unwrap_or(id)
    }
}
