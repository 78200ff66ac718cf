//! A claim in the making.

use gainsay_lexicon::codebook::Frame;
use gainsay_model::{Count, Cut, Degree, EntityRef, Interval, Kind, NameClass, Slot, Span, Status, TokenId};

/// What fills a slot, with the rule that found it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fill {
    /// The words that fill it, resolved: for "they" the words of the name it stands for.
    pub mention: String,
    /// Where the words stand that were read.
    pub span: Span,
    /// Whom they stand for.
    pub entity: Option<EntityRef>,
    /// What kind of name it is; `None` for a bare noun phrase.
    pub class: Option<NameClass>,
    /// The token that heads it.
    pub head: TokenId,
    /// What found it.
    pub rule: &'static str,
}

impl Fill {
    /// Whether both stand for one thing: by id where both have one, else by their words.
    pub fn same(&self, other: &Fill) -> bool {
        match (&self.entity, &other.entity) {
            (Some(a), Some(b)) => a.id == b.id,
            _ => self.mention.eq_ignore_ascii_case(&other.mention),
        }
    }
}

/// A claim in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft<'f> {
    /// The word that states it.
    pub trigger: TokenId,
    /// Further evidence by drafts merged into this one, and its own.
    pub evidence: Vec<Span>,
    pub frame: &'f Frame,
    pub kind: Kind,
    pub status: Status,
    pub actor: Vec<Fill>,
    pub target: Vec<Fill>,
    pub place: Vec<Fill>,
    pub source: Vec<Fill>,
    pub time: Option<Interval>,
    pub count: Option<Count>,
    /// The amount that gave the count.
    pub amount: Option<usize>,
    pub degree: Option<Degree>,
    pub unverified: bool,
    pub means: Option<String>,
    pub cut: Vec<Cut>,
    /// The trigger of another draft that this one is the outcome of ("strikes … killed").
    pub cause: Option<TokenId>,
    /// What else was read, from which words, by which rule.
    pub grounds: Vec<(Slot, Span, String)>,
}

impl<'f> Draft<'f> {
    /// A draft of a frame that says nothing yet but its kind.
    pub fn of(trigger: TokenId, frame: &'f Frame, evidence: Span) -> Draft<'f> {
        Draft {
            trigger,
            evidence: vec![evidence],
            frame,
            kind: frame.kind,
            status: Status::Asserted,
            actor: Vec::new(),
            target: Vec::new(),
            place: Vec::new(),
            source: Vec::new(),
            time: None,
            count: None,
            amount: None,
            degree: None,
            unverified: false,
            means: None,
            cut: Vec::new(),
            cause: None,
            grounds: Vec::new(),
        }
    }
}

impl Draft<'_> {
    /// Whether it says too little to be a claim: of an attack or of aid neither by whom nor to whom, of a hold
    /// not whose.
    pub fn is_background(&self) -> bool {
        let parties = !self.actor.is_empty() || !self.target.is_empty() || self.count.is_some();
        let named = self.place.iter().any(|fill| fill.entity.is_some());
        match self.kind {
            Kind::Attack => !(parties || named && self.means.is_some()),
            Kind::Aid => !parties && !named,
            Kind::Control => self.actor.is_empty() && self.status != Status::Denied,
            _ => false,
        }
    }

    /// The first words that state it.
    pub fn start(&self) -> Span {
        self.evidence.iter().copied().min().unwrap_or_default()
    }
}
