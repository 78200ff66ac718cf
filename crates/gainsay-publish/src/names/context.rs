//! What stands around a run of name words and says that it names a person.
//!
//! Rules of newspapers' grammar, each a word list and a place: they take in names whose given name no list holds.

use super::lists::lists;
use super::person::{Word, is_given, listed};

/// A text's words, and what may be asked of the places between them.
pub(super) struct Context<'a, 't> {
    pub text: &'t str,
    pub all: &'a [Word<'t>],
}

/// Where a run stands among all words: its first, and the one after its last.
pub(super) type Span = (usize, usize);

impl<'t> Context<'_, 't> {
    /// Where a run stands.
    pub fn span(&self, run: &[Word]) -> Span {
        let from = self.all.partition_point(|word| word.start < run[0].start);
        (from, from + run.len())
    }

    fn word(&self, at: usize) -> &'t str {
        self.all.get(at).map_or("", |word| word.text)
    }

    /// What stands between a word and the one before it.
    fn gap(&self, at: usize) -> &'t str {
        match (at.checked_sub(1).and_then(|before| self.all.get(before)), self.all.get(at)) {
            // Where a line ends is as good as a space.
            (Some(before), Some(word)) => match &self.text[before.end..word.start] {
                "\n" => " ",
                ",\n" => ", ",
                gap => gap,
            },
            _ => ".",
        }
    }

    /// What stands behind the last word of a run.
    fn behind(&self, to: usize) -> &'t str {
        self.all.get(to.wrapping_sub(1)).map_or("", |word| &self.text[word.end..])
    }

    /// The words of an apposition behind a run: those between its comma and the next sign.
    fn apposed(&self, to: usize) -> impl Iterator<Item = &'t str> {
        let open = matches!(self.gap(to), ", " | ",\n" | " – " | " — " | " (");
        let end = (to + 1..).find(|&at| !matches!(self.gap(at), " " | "\n")).unwrap_or(to);
        (to..end).filter(move |_| open).take(8).map(|at| self.word(at))
    }

    /// Whether words around a run of two or more words say that it is a person; `given` where it is a lone given name.
    pub fn is_person(&self, (from, to): Span, given: bool) -> bool {
        let whole = to - from > 1 || given;
        self.is_somebody((from, to)) || self.speaks(from, to, whole) || whole && self.acts(from, to)
    }

    /// Whether the words beside a run say that it is a person, whatever it does.
    pub fn is_somebody(&self, (from, to): Span) -> bool {
        self.is_named(from)
            || self.is_kin(from)
            || self.has_role(from)
            || self.has_age(to)
            || self.is_apposed(to)
    }

    /// "a boy called X", "known as X", "one X".
    fn is_named(&self, from: usize) -> bool {
        let Some(before) = from.checked_sub(1).filter(|_| is_open(self.gap(from))) else { return false };
        match self.word(before).to_lowercase().as_str() {
            "named" | "called" | "nicknamed" | "alias" | "aka" | "himself" | "herself" => true,
            // "known as X", "friends know him as X".
            "as" => {
                before > 0
                    && matches!(self.word(before - 1), "known" | "identified" | "named" | "him" | "her")
            }
            "little" => self.gap(from) == " ",
            "one" => self.gap(from) == " " && self.gap(before) != "-",
            _ => false,
        }
    }

    /// "her brother X", "the mother of X", "his wife, X".
    fn is_kin(&self, from: usize) -> bool {
        let kin = |at: usize| listed(&lists().kin, self.word(at));
        let Some(before) = from.checked_sub(1) else { return false };
        match self.word(before) {
            "of" => self.gap(from) == " " && before > 0 && kin(before - 1),
            word => (kin(before) || word == "children") && matches!(self.gap(from), " " | ", " | "\n" | ": "),
        }
    }

    /// "a witness, X": what somebody does, before a comma.
    fn has_role(&self, from: usize) -> bool {
        let Some(before) = from.checked_sub(1) else { return false };
        let role = listed(&lists().roles, self.word(before)) || listed(&lists().titles, self.word(before));
        role && matches!(self.gap(from), " " | ", " | "\n" | ". " | ": ")
    }

    /// "X, 23," and "X (31)".
    fn has_age(&self, to: usize) -> bool {
        let behind = self.behind(to);
        let rest = [", aged ", ", age ", ", ", " ("].iter().find_map(|open| behind.strip_prefix(open));
        let Some(rest) = rest else { return false };
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let end = rest[digits..].chars().next();
        (1..=2).contains(&digits) && end.is_none_or(|c| matches!(c, ',' | '.' | ')' | ';' | '\n'))
    }

    /// "X, a farmer", "X, his wife".
    fn is_apposed(&self, to: usize) -> bool {
        let near = self.apposed(to).take(5);
        let single = |word: &'t str| word.strip_suffix('s').unwrap_or(word);
        near.into_iter().any(|word| listed(&lists().roles, single(word)) || listed(&lists().kin, word))
    }

    /// "X said", "said X."; of lone names no list knows the plainest verbs alone.
    fn speaks(&self, from: usize, to: usize, whole: bool) -> bool {
        let before = from.checked_sub(1).filter(|_| is_open(self.gap(from))).map_or("", |at| self.word(at));
        let ends = self.behind(to).chars().next().is_none_or(|c| matches!(c, ',' | '.' | '\n' | '"' | '”'));
        let said = matches!(before, "said" | "says" | "added" | "recalled" | "explained") && ends;
        let after = if matches!(self.gap(to), " " | "\n") { self.word(to) } else { "" };
        said || matches!(after, "said" | "says" | "told" | "asked" | "added" | "recalled")
            || whole && (listed(&lists().does, after) || self.is_according(from))
    }

    fn is_according(&self, from: usize) -> bool {
        from > 1 && self.word(from - 1) == "to" && self.word(from - 2).eq_ignore_ascii_case("according")
    }

    /// "X was arrested", "beheaded X".
    fn acts(&self, from: usize, to: usize) -> bool {
        let plain = |at: usize| matches!(self.gap(at), " " | "\n");
        let mut at = to;
        while plain(at)
            && matches!(self.word(at), "was" | "were" | "is" | "are" | "has" | "have" | "had" | "been")
        {
            at += 1;
        }
        let suffers = at > to && plain(at) && listed(&lists().suffers, self.word(at));
        let before = from.checked_sub(1).filter(|_| plain(from)).map_or("", |at| self.word(at));
        suffers || listed(&lists().does_to, before)
    }

    /// Whether a run holds an office that makes it a public figure: a minister, a general, who speaks for an army.
    pub fn holds_office(&self, (from, to): Span) -> bool {
        let lesser = |word: &str| listed(&lists().lesser, word) || listed(&lists().kin, word);
        let office = |word: &str| listed(&lists().offices, word);
        // A minister is called so in some countries.
        let secretary = |at: usize| {
            let of = at.checked_sub(1).map_or("", |before| self.word(before)).to_lowercase();
            self.word(at).eq_ignore_ascii_case("secretary")
                && ["foreign", "defence", "defense", "home"].contains(&of.as_str())
        };
        // "Prime Minister X", "the foreign minister, X": titles side by side.
        let mut at = from;
        let mut holds = false;
        while at > 0
            && matches!(self.gap(at), " " | ". ") | (at == from && self.gap(at) == ", ")
            && (office(self.word(at - 1)) || listed(&lists().titles, self.word(at - 1)))
        {
            at -= 1;
            holds |= office(self.word(at)) || secretary(at);
        }
        let before = (at.saturating_sub(3)..at).rev().take_while(|&at| self.gap(at + 1) == " ");
        if holds && !before.into_iter().any(|at| lesser(self.word(at))) {
            return true;
        }
        // "A spokesman of the army, X,".
        if self.gap(from) == ", " {
            let start = (0..from).rev().find(|&at| self.gap(at) != " ").unwrap_or(0);
            let held: Vec<&str> = (start..from).map(|at| self.word(at)).collect();
            let role = |word: &&str| listed(&lists().roles, word) && !office(word);
            if held.len() <= 9
                && held.iter().take(4).any(|word| office(word))
                && !held.iter().any(|word| lesser(word) || role(word))
            {
                return true;
            }
        }
        // "X, the leader of the front".
        let apposed: Vec<&str> = self.apposed(to).collect();
        apposed.iter().take(4).any(|word| office(word))
            && !apposed.iter().any(|word| lesser(word) || matches!(*word, "whose" | "who"))
    }

    /// Whether a run stands where a person's name may: behind no article and no word for where something is, and before no
    /// word for a place or a body.
    pub fn is_free(&self, (from, to): Span) -> bool {
        let small = |at: usize| self.word(at).chars().next().is_some_and(char::is_lowercase);
        let beside = |at: usize| matches!(self.gap(at), " " | "\n");
        let place = |at: usize| {
            let word = self.word(at);
            listed(&lists().bodies, word) || listed(&lists().grounds, word) || listed(&lists().spots, word)
        };
        let behind = beside(to) && small(to) && place(to);
        let before = from > 0
            && beside(from)
            && match self.word(from - 1) {
                "of" => from < 2 || !listed(&lists().of_whom, self.word(from - 2)),
                // "Spoke to X".
                "to" if from > 1 && listed(&lists().to_whom, self.word(from - 2)) => false,
                word => listed(&lists().where_, word) || place(from - 1),
            };
        !behind && !before && !self.gap(to).starts_with('-')
    }

    /// Whether the last word of a run stands alone elsewhere in the text, as somebody's name does when it comes again.
    pub fn recurs(&self, (from, to): Span) -> bool {
        let last = self.word(to - 1);
        let large = |at: usize| self.word(at).chars().next().is_some_and(char::is_uppercase);
        let behind = |at: usize| self.gap(at) == " " && large(at);
        (0..self.all.len()).any(|at| {
            !(from..to).contains(&at)
                && self.word(at) == last
                && !behind(at + 1)
                && !(self.gap(at) == " " && at > 0 && (large(at - 1) || self.word(at - 1) == "the"))
        })
    }

    /// Whether a run stands in a line of which most words of the language, beside names, begin with a capital.
    pub fn is_headline(&self, run: &[Word], plain: &dyn Fn(&str) -> bool) -> bool {
        let start = self.text[..run[0].start].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[run[0].start..].find('\n').map_or(self.text.len(), |at| run[0].start + at);
        let from = self.all.partition_point(|word| word.start < start.max(run[0].start.saturating_sub(80)));
        let to = self.all.partition_point(|word| word.start < end.min(run[run.len() - 1].end + 80));
        let others = self.all[from..to].iter().filter(|word| {
            word.text.chars().count() > 3 && !(run[0].start..=run[run.len() - 1].start).contains(&word.start)
        });
        let (mut small, mut large) = (0, 0);
        for word in others {
            match word.text.chars().next().is_some_and(char::is_lowercase) {
                true => small += 1,
                false => large += usize::from(plain(word.text)),
            }
        }
        large > small
    }

    /// Whether a run is part of the name of a place or a building: "Tal X", "the village of X".
    pub fn is_ground(&self, (from, _): Span) -> bool {
        let ground = |at: usize| listed(&lists().grounds, self.word(at));
        ground(from) && !is_given(self.word(from)) || from > 0 && self.gap(from) == " " && ground(from - 1)
    }
}

/// Between a verb and a name stands a space, or a quotation mark.
fn is_open(gap: &str) -> bool {
    !gap.is_empty()
        && gap.chars().all(|c| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\'' | '‘' | '«' | ':'))
}
