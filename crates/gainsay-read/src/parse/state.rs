//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011).
//!
//! The root is one more word after the last. It takes a dependent only once a single word is left on the stack,
//! so that every sentence gets exactly one root.

/// No word.
pub const NONE: u16 = u16::MAX;

/// How many relations a transition can give; labels are packed on this base.
pub const RELS: usize = 64;

/// What the parser may do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The next word goes on the stack.
    Shift,
    /// The word on top of the stack depends on the next word.
    Left(u8),
    /// The word on top of the stack depends on the one under it.
    Right(u8),
}

/// One word of the sentence, with what has been attached to it so far.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What it depends on.
    pub head: u16,
    /// By which relation.
    pub rel: u8,
    /// How many dependents stand to its left.
    pub left_count: u8,
    /// How many dependents stand to its right.
    pub right_count: u8,
    /// Its outermost dependent to the left, and the one attached before that.
    pub left: [u16; 2],
    /// Its outermost dependent to the right, and the one attached before that.
    pub right: [u16; 2],
    /// The relations of the dependents to the left, one bit each.
    pub left_rels: u64,
    /// The relations of the dependents to the right, one bit each.
    pub right_rels: u64,
}

impl Node {
    const NEW: Node = Node {
        head: NONE,
        rel: 0,
        left_count: 0,
        right_count: 0,
        left: [NONE; 2],
        right: [NONE; 2],
        left_rels: 0,
        right_rels: 0,
    };
}

/// How far the parse of one sentence has come.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Words whose head is not yet known; the top is last.
    pub stack: Vec<u16>,
    /// The next word; [`State::len`] stands for the root.
    pub next: u16,
    /// One for every word, and one for the root.
    pub nodes: Vec<Node>,
}

impl State {
    /// Starts on a sentence of `len` words.
    pub fn start(&mut self, len: usize) {
        self.stack.clear();
        self.next = 0;
        self.nodes.clear();
        self.nodes.resize(len + 1, Node::NEW);
    }

    /// How many words the sentence has; also the number of the root.
    pub fn len(&self) -> usize {
        self.nodes.len().saturating_sub(1)
    }

    /// Whether the sentence has no words.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The word `depth` below the top of the stack.
    #[inline]
    pub fn top(&self, depth: usize) -> u16 {
        self.stack.len().checked_sub(depth + 1).and_then(|at| self.stack.get(at)).copied().unwrap_or(NONE)
    }

    /// Whether every word has a head.
    pub fn done(&self) -> bool {
        self.stack.is_empty() && usize::from(self.next) == self.len()
    }

    /// Whether the next word may go on the stack.
    pub fn can_shift(&self) -> bool {
        usize::from(self.next) < self.len()
    }

    /// Whether the top of the stack may depend on the next word, or on the root as the last of the stack.
    pub fn can_left(&self) -> bool {
        !self.stack.is_empty() && (usize::from(self.next) < self.len() || self.stack.len() == 1)
    }

    /// Whether the top of the stack may depend on the word under it.
    pub fn can_right(&self) -> bool {
        self.stack.len() >= 2
    }

    /// Makes a move that is allowed.
    pub fn make(&mut self, step: Move) {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left(rel) => {
                let child = self.stack.pop().unwrap_or(NONE);
                self.attach(child, self.next, rel);
            }
            Move::Right(rel) => {
                let child = self.stack.pop().unwrap_or(NONE);
                self.attach(child, self.top(0), rel);
            }
        }
    }

    fn attach(&mut self, child: u16, head: u16, rel: u8) {
        if let Some(node) = self.nodes.get_mut(usize::from(child)) {
            (node.head, node.rel) = (head, rel);
        }
        let Some(node) = self.nodes.get_mut(usize::from(head)) else { return };
        let bit = 1u64 << (rel & 63);
        if child < head {
            node.left = [child, node.left[0]];
            node.left_count = node.left_count.saturating_add(1);
            node.left_rels |= bit;
        } else {
            node.right = [child, node.right[0]];
            node.right_count = node.right_count.saturating_add(1);
            node.right_rels |= bit;
        }
    }
}
