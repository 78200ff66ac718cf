//! How actors changed over the years: dated names, successions, mergers, splits, membership.
//!
//! The rows are `data/lexicon/history.tsv`; a plain succession under a new name stands in `actors.tsv` (`follows`,
//! `from`, `to`). Ids never change with names: an id is a name of a body, and a body may have borne several ids,
//! one after the other ([`Lexicon::line`]).

use gainsay_model::Date;

use crate::lexicon::{Actor, Lexicon};
use crate::table::{TableError, rows};

/// What happened to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It bore this name.
    Named,
    /// It took in the other, or was made of it among others.
    Merged,
    /// It came out of the other, which went on.
    Split,
    /// It was a part of the other.
    Part,
    /// It fought beside the other and was no part of it.
    Beside,
}

impl ChangeKind {
    /// All of them with the words that stand for them in the list.
    pub const ALL: [(ChangeKind, &'static str); 5] = [
        (ChangeKind::Named, "named"),
        (ChangeKind::Merged, "merged"),
        (ChangeKind::Split, "split"),
        (ChangeKind::Part, "part"),
        (ChangeKind::Beside, "beside"),
    ];
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub actor: String,
    /// What.
    pub kind: ChangeKind,
    /// Id of the other actor; of [`ChangeKind::Named`] the name.
    pub with: String,
    /// The first day it held; none where unknown.
    pub from: Option<Date>,
    /// The last day; none where unknown or still so.
    pub to: Option<Date>,
}

impl Change {
    /// Whether it held on this day.
    pub fn on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The first day that `2013`, `2013-04` or `2013-04-08` means, or its last.
pub fn day(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-').map(str::parse::<i16>);
    let year = parts.next()?.ok()?;
    let (month, day) = (parts.next().transpose().ok()?, parts.next().transpose().ok()?);
    if parts.next().is_some() {
        return None;
    }
    let month = i8::try_from(month.unwrap_or(if last { 12 } else { 1 })).ok()?;
    let first = Date::new(year, month, i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
    Some(if last && day.is_none() { first.last_of_month() } else { first })
}

impl Actor {
    /// The first and the last day it existed under its name, both inclusive; none where unknown or still so.
    pub fn years(&self) -> (Option<Date>, Option<Date>) {
        let of = |text: &Option<String>, last: bool| text.as_deref().and_then(|text| day(text, last));
        (of(&self.from, false), of(&self.to, true))
    }

    /// Whether the name was borne on this day.
    pub fn bears_name_on(&self, day: Date) -> bool {
        let (from, to) = self.years();
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    }
}

/// Reads `history.tsv` against the actors of the lexicon.
pub(crate) fn load(lexicon: &Lexicon) -> Result<Vec<Change>, TableError> {
    let mut changes = Vec::new();
    for row in rows("history.tsv", include_str!("../data/lexicon/history.tsv"))? {
        let word = row.get("change");
        let known = ChangeKind::ALL.iter().find(|(_, own)| *own == word);
        let kind = known.ok_or_else(|| row.error(format!("no such change: {word}")))?.0;
        let (actor, with) = (row.get("actor"), row.get("with"));
        for id in [actor, with].into_iter().take(if kind == ChangeKind::Named { 1 } else { 2 }) {
            if !lexicon.actors.contains_key(id) {
                return Err(row.error(format!("no such actor: {id}")));
            }
        }
        let date = |column: &str, last: bool| match row.opt(column) {
            None => Ok(None),
            Some(text) => {
                day(text, last).map(Some).ok_or_else(|| row.error(format!("{column} is no day: {text}")))
            }
        };
        let (from, to) = (date("from", false)?, date("to", true)?);
        changes.push(Change { actor: actor.into(), kind, with: with.into(), from, to });
    }
    Ok(changes)
}

/// The longest line or chain that is followed; a longer one goes in a ring.
const LONGEST: usize = 16;

impl Lexicon {
    /// What the list says of an actor's changes, in its order.
    pub fn changes<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Change> {
        let from = self.history.partition_point(|change| change.actor.as_str() < id);
        self.history[from..].iter().take_while(move |change| change.actor == id)
    }

    /// The ids that one body has borne by plain succession, first to last; the id alone where it stands alone.
    ///
    /// A body goes on under a new name only where the earlier one had ended by then: what left a body that went on
    /// is another one.
    pub fn line<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let mut line = vec![id];
        while let Some(before) = self.before(line[0]).filter(|before| !line.contains(before)) {
            line.insert(0, before);
        }
        while let Some(after) = self.after(line[line.len() - 1]).filter(|after| !line.contains(after)) {
            line.push(after);
        }
        line
    }

    fn before<'a>(&'a self, id: &str) -> Option<&'a str> {
        let actor = self.actors.get(id)?;
        let before = self.actors.get(actor.follows.as_deref()?)?;
        // A year or a month overlaps with the day on which it ended.
        let goes_on = match (before.to.as_deref(), actor.from.as_deref()) {
            (Some(to), Some(from)) => day(to, false)? > day(from, true)?,
            _ => true,
        };
        (!goes_on).then_some(before.id.as_str())
    }

    fn after<'a>(&'a self, id: &str) -> Option<&'a str> {
        let next = self.actors.values().filter(|actor| actor.follows.as_deref() == Some(id));
        let mut next = next.filter(|actor| self.before(&actor.id) == Some(id));
        let first = next.next()?;
        next.next().is_none().then_some(first.id.as_str())
    }

    /// The id under which the body went on that day: the one asked for where it fits, else the one of its line that
    /// does, else the one asked for.
    pub fn named_on<'a>(&'a self, id: &'a str, on: Date) -> &'a str {
        match self.actors.get(id) {
            Some(actor) if !actor.bears_name_on(on) => {
                let fits = |id: &&str| self.actors.get(*id).is_some_and(|other| other.bears_name_on(on));
                self.line(id).into_iter().find(fits).unwrap_or(id)
            }
            _ => id,
        }
    }

    /// The actor and everything it was a part of that day, from itself outward; with no day, of any day.
    ///
    /// Where the history dates a membership, those days count; `part_of` of the lexicon has none and holds always.
    pub fn wholes_on<'a>(&'a self, id: &'a str, on: Option<Date>) -> Vec<&'a str> {
        let mut chain = vec![id];
        let mut at = 0;
        while at < chain.len() && at < LONGEST {
            let of = chain[at];
            let parts = || self.changes(of).filter(|change| change.kind == ChangeKind::Part);
            let listed = self.actors.get(of).and_then(|actor| actor.part_of.as_deref());
            let undated = listed.filter(|whole| parts().all(|part| part.with != *whole));
            let dated = parts().filter(|part| on.is_none_or(|on| part.on(on))).map(|part| part.with.as_str());
            for whole in undated.into_iter().chain(dated) {
                if !chain.contains(&whole) {
                    chain.push(whole);
                }
            }
            at += 1;
        }
        chain
    }

    /// Whether somebody who asks for `asked` means this actor too, on that day: it is the same body under another
    /// name, or a part of it.
    pub fn answers_to(&self, id: &str, asked: &str, on: Option<Date>) -> bool {
        self.wholes_on(id, on).into_iter().any(|whole| self.one_body(whole, asked))
    }

    /// Whether two ids are names of one body; a line is walked from its later end only, which costs next to nothing
    /// for the many that succeed nobody.
    fn one_body(&self, a: &str, b: &str) -> bool {
        let walks = |from: &str, to: &str| {
            let mut at = Some(from);
            for _ in 0..LONGEST {
                match at {
                    Some(id) if id == to => return true,
                    Some(id) => at = self.before(id),
                    None => return false,
                }
            }
            false
        };
        walks(a, b) || walks(b, a)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        Lexicon::load().unwrap_or_else(|error| panic!("{error}"))
    }

    fn on(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_and_a_month_mean_their_first_and_last_day() {
        assert_eq!((day("2013", false), day("2013", true)), (Some(on("2013-01-01")), Some(on("2013-12-31"))));
        assert_eq!(day("2016-02", true), Some(on("2016-02-29")));
        assert_eq!(day("2016-02-03", true), Some(on("2016-02-03")));
        for wrong in ["", "x", "2016-13", "2016-02-30", "2016-01-01-01"] {
            assert_eq!(day(wrong, true), None, "{wrong}");
        }
    }

    #[test]
    fn one_body_is_a_line_of_names_and_each_day_has_one() {
        let lexicon = lexicon();
        let nusra = ["al-nusra-front", "jabhat-fatah-al-sham", "hayat-tahrir-al-sham"];
        for id in nusra {
            assert_eq!(lexicon.line(id), nusra);
        }
        assert_eq!(lexicon.named_on("hayat-tahrir-al-sham", on("2015-06-01")), "al-nusra-front");
        assert_eq!(lexicon.named_on("al-nusra-front", on("2016-12-01")), "jabhat-fatah-al-sham");
        assert_eq!(lexicon.named_on("al-nusra-front", on("2018-12-01")), "hayat-tahrir-al-sham");
        assert_eq!(lexicon.named_on("islamic-state", on("2012-12-01")), "islamic-state-of-iraq");
        assert_eq!(lexicon.named_on("islamic-state-of-iraq", on("2014-12-01")), "islamic-state");
        assert_eq!(lexicon.named_on("al-nusra-front", on("1999-12-01")), "al-nusra-front", "nobody fits");
        assert_eq!(lexicon.named_on("nobody", on("1999-12-01")), "nobody");
    }

    #[test]
    fn what_left_a_body_that_went_on_is_another_body() {
        let lexicon = lexicon();
        assert_eq!(lexicon.line("free-syrian-army"), ["free-syrian-army"]);
        assert_eq!(lexicon.line("hurras-al-din"), ["hurras-al-din"]);
        assert!(!lexicon.answers_to("hurras-al-din", "hayat-tahrir-al-sham", None));
    }

    #[test]
    fn membership_has_days() {
        let lexicon = lexicon();
        let sdf = |day: &str| lexicon.wholes_on("ypg", Some(on(day))).contains(&"syrian-democratic-forces");
        assert!(!sdf("2015-10-09") && sdf("2015-10-10") && sdf("2017-10-10"));
        assert!(lexicon.wholes_on("ypg", None).contains(&"syrian-democratic-forces"));
        let zenki = |day: &str| lexicon.answers_to("nour-al-din-al-zenki", "al-nusra-front", Some(on(day)));
        assert!(zenki("2017-02-01") && !zenki("2017-08-01") && !zenki("2016-02-01"));
    }

    #[test]
    fn hezbollah_fights_beside_the_government_and_is_no_part_of_it() {
        let lexicon = lexicon();
        assert!(!lexicon.answers_to("hezbollah", "syrian-government", None));
        let beside = lexicon.changes("hezbollah").find(|change| change.kind == ChangeKind::Beside).unwrap();
        assert_eq!(beside.with, "syrian-government");
        assert_eq!(lexicon.side("hezbollah"), lexicon.side("syrian-government"));
    }

    #[test]
    fn whoever_asks_for_one_name_finds_the_others() {
        let lexicon = lexicon();
        let in_2015 = Some(on("2015-06-01"));
        assert!(lexicon.answers_to("al-nusra-front", "hayat-tahrir-al-sham", in_2015));
        assert!(lexicon.answers_to("islamic-state-of-iraq", "islamic-state", in_2015));
        assert!(!lexicon.answers_to("ypg", "syrian-democratic-forces", in_2015));
    }

    #[test]
    fn the_list_is_sorted_and_its_days_follow_each_other() {
        let (lexicon, text) = (lexicon(), include_str!("../data/lexicon/history.tsv"));
        assert!(text.starts_with('#') && text.contains("Licence"), "it has no head");
        assert!(lexicon.history.len() > 50);
        for pair in lexicon.history.windows(2) {
            assert!(pair[0].actor <= pair[1].actor, "{:?} before {:?}", pair[0], pair[1]);
        }
        for change in &lexicon.history {
            assert!(change.from.zip(change.to).is_none_or(|(from, to)| from <= to), "{change:?}");
            assert_ne!(change.actor, change.with);
        }
    }

    #[test]
    fn every_dated_name_is_a_name_of_its_actor() {
        let lexicon = lexicon();
        for change in lexicon.history.iter().filter(|change| change.kind == ChangeKind::Named) {
            let actor = &lexicon.actors[&change.actor];
            assert!(actor.name == change.with || actor.names.contains(&change.with), "{change:?}");
        }
    }

    #[test]
    fn a_ring_of_successions_ends() {
        let mut lexicon = Lexicon::default();
        for (id, follows) in [("a", "b"), ("b", "a")] {
            let actor = Actor {
                id: id.into(),
                name: id.into(),
                kind: String::new(),
                side: String::new(),
                part_of: Some(follows.into()),
                follows: Some(follows.into()),
                from: Some("2012".into()),
                to: Some("2012".into()),
                names: vec![],
                phrases: vec![],
            };
            lexicon.actors.insert(id.into(), actor);
        }
        assert_eq!(lexicon.line("a").len(), 2);
        assert_eq!(lexicon.wholes_on("a", None), ["a", "b"]);
    }
}
