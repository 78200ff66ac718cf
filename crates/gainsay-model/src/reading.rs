//! The layers that the passes of a reading lay over one report's text.

use std::borrow::Cow;
use std::ops::Range;

use crate::claim::{Claim, EntityRef, Interval, Status};
use crate::span::Span;
use crate::warning::Warning;

/// The name of the rule or model that gave a value; shown by `gainsay why`.
pub type Rule = Cow<'static, str>;

/// Index of a token in [`Reading::tokens`], counted over the whole report.
pub type TokenId = usize;

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* } else $other:ident) => {
        $(#[$doc])*
        #[allow(missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub enum $name { $($variant,)* #[default] $other }
        impl $name {
            /// Every label, in the order of their numbers.
            pub const ALL: &[$name] = &[$($name::$variant,)* $name::$other];
            /// The label as treebanks write it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* $name::$other => "_" }
            }
            /// The label written so; the last one for anything unknown.
            pub fn parse(text: &str) -> $name {
                match text { $($text => $name::$variant,)* _ => $name::$other }
            }
        }
    };
}

labels! {
    /// Universal part of speech (universaldependencies.org/u/pos).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB",
    } else X
}

labels! {
    /// Penn Treebank part of speech (Marcus et al. 1993, table 2), as the English treebanks of UD keep it.
    Xpos {
        Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS",
        Ls = "LS", Md = "MD", Nn = "NN", Nns = "NNS", Nnp = "NNP", Nnps = "NNPS", Pdt = "PDT", Pos = "POS",
        Prp = "PRP", PrpS = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO",
        Uh = "UH", Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT",
        Wp = "WP", WpS = "WP$", Wrb = "WRB", Add = "ADD", Afx = "AFX", Gw = "GW", Hyph = "HYPH", Nfp = "NFP",
        Lrb = "-LRB-", Rrb = "-RRB-", Comma = ",", Stop = ".", Colon = ":", Open = "``", Close = "''",
        Dollar = "$",
    } else Xx
}

labels! {
    /// Universal dependency relation with the subtypes of the English treebanks.
    Rel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
        CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt",
        Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer",
        Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated",
        Expl = "expl", Fixed = "fixed", Flat = "flat", FlatForeign = "flat:foreign", Goeswith = "goeswith",
        Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    } else Dep
}

/// One word or mark, with what the tagger and the parser made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Dictionary form, lower case except for names.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn part of speech.
    pub xpos: Xpos,
    /// The word it depends on; `None` for the root of its sentence.
    pub head: Option<TokenId>,
    /// How it depends on it.
    pub rel: Rel,
}

/// What part of a report a sentence belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Part {
    /// Running text.
    #[default]
    Body,
    /// The headline or a sub-headline.
    Headline,
    /// A question in an interview (`Q: …`).
    Question,
    /// An answer in an interview.
    Answer,
    /// A social-media post shown inside the report.
    Post,
    /// Picture caption.
    Caption,
    /// Byline, dateline, share buttons, comment forms and the like: never holds a claim.
    Furniture,
}

/// A sentence: a run of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<TokenId>,
    /// The paragraph it stands in, counted from 0.
    pub paragraph: usize,
    /// What part of the report it is.
    pub part: Part,
}

/// What a name, or a phrase that stands for one, names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameClass {
    /// A party to the conflict: state, army, group, or a phrase for it ("the regime").
    Actor,
    /// A place.
    Place,
    /// An outlet, agency, monitor, ministry: somebody who speaks.
    Source,
    /// A person.
    Person,
    /// People who are no party: civilians, residents, women, soldiers of nobody named.
    People,
    /// A weapon: "barrel bombs". No claim is made of it.
    Weapon,
    /// What carries weapons or fighters: "helicopters". No claim is made of it.
    Platform,
    /// A nationality, people or faith: "Syrian". No claim is made of it.
    Nationality,
    /// A name whose kind is not known.
    Unknown,
}

/// A name in the text, or a phrase or pronoun that stands for one.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<TokenId>,
    /// The token that heads it in the tree.
    pub head: TokenId,
    /// What it names.
    pub class: NameClass,
    /// Whom or what it stands for; best first, several where the name fits several.
    pub entities: Vec<EntityRef>,
    /// For "they", "the group", "the city": the name it stands for, an index into [`Reading::names`].
    pub antecedent: Option<usize>,
    /// What found it.
    pub rule: Rule,
}

/// TIMEX3 type (ISO-TimeML).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimexType {
    /// A day or coarser.
    Date,
    /// Finer than a day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<TokenId>,
    /// The days it means, where that can be said: a span that is still going on ends on the report's date.
    pub interval: Option<Interval>,
    /// TIMEX3 type.
    pub timex: TimexType,
    /// TIMEX3 value, e.g. `2014-06-03`, `2014-W25`, `P2W`.
    pub value: String,
    /// What read it.
    pub rule: Rule,
}

/// A number of things or people.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Where the number and its hedge stand ("at least 50").
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<TokenId>,
    /// Least value; `None` for no lower bound.
    pub low: Option<u64>,
    /// Greatest value; `None` for no upper bound.
    pub high: Option<u64>,
    /// The noun that is counted, where the tree gives one.
    pub counted: Option<TokenId>,
    /// The amount of which this is a part, an index into [`Reading::amounts`].
    pub part_of: Option<usize>,
    /// A toll since some time rather than of one happening ("has risen to", "so far").
    pub cumulative: bool,
    /// What read it.
    pub rule: Rule,
}

/// Somebody is said to say something.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Where the source stands; several where several say it together.
    pub source: Vec<Span>,
    /// Who they are.
    pub sources: Vec<Source>,
    /// The words that say that it is said ("said", "according to").
    pub cue: Span,
    /// What is said.
    pub content: Vec<Span>,
    /// What the cue does to it: "said" leaves it asserted, "denied" denies it, "warned" makes it possible.
    pub status: Status,
    /// The report says that it could not be confirmed.
    pub unverified: bool,
    /// The attribution inside whose content this one stands, an index into [`Reading::attributions`].
    pub within: Option<usize>,
    /// What read it.
    pub rule: Rule,
}

/// A source as mentioned.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Where it is mentioned.
    pub span: Span,
    /// Who it is, where known.
    pub entity: Option<EntityRef>,
}

/// All layers of one report. Each pass gives one and changes none.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Tokens, in order.
    pub tokens: Vec<Token>,
    /// Names, in order of their first byte.
    pub names: Vec<Name>,
    /// Times, in order.
    pub times: Vec<TimeMention>,
    /// Amounts, in order.
    pub amounts: Vec<Amount>,
    /// Attributions, in order of their cues.
    pub attributions: Vec<Attribution>,
    /// Claims, in order of their first evidence.
    pub claims: Vec<Claim>,
    /// What could not be read.
    pub warnings: Vec<Warning>,
}
