//! A claim as it is expected: a kind, and those of its values that the case is about.

use gainsay_model::{Claim, Count, Cut, Date, Degree, Filler, Group, Interval, Kind, Measure, Status};

/// One claim, as far as a case says what it must be. What is not said is not looked at, but for the status:
/// unsaid, it is asserted.
#[derive(Clone, Debug)]
pub struct Pattern {
    kind: Kind,
    status: Status,
    fields: Vec<Field>,
}

/// One value.
#[derive(Clone, Debug)]
enum Field {
    Who(Role, Vec<Vec<String>>),
    Time(Option<Interval>),
    Count(Option<Counted>),
    Degree(Degree),
    Means(String),
    Cut(Cut),
    Unverified(bool),
    Evidence(String),
    PartOf(Box<Pattern>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    Actor,
    Target,
    Place,
    Source,
}

/// A count: what, from, to, of whom.
#[derive(Clone, Debug)]
struct Counted {
    what: Measure,
    bounds: (Option<u64>, Option<u64>),
    group: Option<Group>,
}

impl Pattern {
    /// Reads `airstrike | actor russia | place aleppo-city | status possible`; a status may stand before the kind.
    ///
    /// # Errors
    /// The first part that is no kind, or no field with a value that fits it.
    pub fn parse(text: &str) -> Result<Pattern, String> {
        let mut parts = text.split(" | ").map(str::trim);
        let head = parts.next().unwrap_or_default();
        let (status, kind) = match head.split_once(' ') {
            Some((status, kind)) => {
                (Status::parse(status).ok_or_else(|| format!("no status: {status}"))?, kind)
            }
            None => (Status::Asserted, head),
        };
        let kind = Kind::parse(kind).ok_or_else(|| format!("no kind of claim: {kind}"))?;
        let mut pattern = Pattern { kind, status, fields: Vec::new() };
        for part in parts {
            let (name, value) = part.split_once(' ').unwrap_or((part, ""));
            if name == "status" {
                pattern.status = Status::parse(value).ok_or_else(|| format!("no status: {value}"))?;
            } else {
                pattern.fields.push(field(name, value)?);
            }
        }
        Ok(pattern)
    }

    /// Whether a claim is as expected; `all` are the claims it was read with.
    pub fn fits(&self, claim: &Claim, all: &[Claim]) -> bool {
        claim.kind == self.kind
            && claim.status == self.status
            && self.fields.iter().all(|field| field.fits(claim, all))
    }

    /// How many of its values a claim has: which claim comes nearest to what was expected.
    pub fn nearness(&self, claim: &Claim, all: &[Claim]) -> usize {
        let fields = self.fields.iter().filter(|field| field.fits(claim, all)).count();
        10 * usize::from(claim.kind == self.kind) + usize::from(claim.status == self.status) + fields
    }
}

fn field(name: &str, value: &str) -> Result<Field, String> {
    let role = match name {
        "actor" => Some(Role::Actor),
        "target" => Some(Role::Target),
        "place" => Some(Role::Place),
        "source" => Some(Role::Source),
        _ => None,
    };
    if let Some(role) = role {
        let who = if value == "none" { Vec::new() } else { value.split(", ").map(alternatives).collect() };
        return Ok(Field::Who(role, who));
    }
    match name {
        "time" => interval(value).map(Field::Time),
        "count" if value == "none" => Ok(Field::Count(None)),
        "count" => counted(value).map(|count| Field::Count(Some(count))),
        "degree" => Degree::parse(value).map(Field::Degree).ok_or_else(|| format!("no degree: {value}")),
        "means" => Ok(Field::Means(value.to_string())),
        "cut" => Cut::parse(value).map(Field::Cut).ok_or_else(|| format!("nothing that is cut off: {value}")),
        "unverified" => Ok(Field::Unverified(true)),
        "verified" => Ok(Field::Unverified(false)),
        "evidence" => Ok(Field::Evidence(value.trim_matches('"').to_string())),
        "part" => {
            let whole = value.strip_prefix("of ").ok_or("say `part of KIND count …`")?;
            let (kind, rest) = whole.split_once(' ').unwrap_or((whole, ""));
            let whole = if rest.is_empty() { kind.to_string() } else { format!("{kind} | {rest}") };
            Ok(Field::PartOf(Box::new(Pattern::parse(&whole)?)))
        }
        _ => Err(format!("no field of a claim: {name}")),
    }
}

fn alternatives(value: &str) -> Vec<String> {
    value.split(" / ").map(|name| name.trim().to_string()).collect()
}

/// `2015-08-17`, `2015-08-10..2015-08-16`, `2015-08-10..`, `none`.
pub(crate) fn interval(value: &str) -> Result<Option<Interval>, String> {
    let day = |text: &str| match text {
        "" => Ok(None),
        text => text.parse::<Date>().map(Some).map_err(|_| format!("no ISO day: {text}")),
    };
    if value == "none" {
        return Ok(None);
    }
    let (start, end) = value.split_once("..").unwrap_or((value, value));
    Ok(Some(Interval { start: day(start)?, end: day(end)? }))
}

/// `12`, `12+` (at least), `500-600`, `-50` (at most).
pub(crate) fn bounds(value: &str) -> Result<(Option<u64>, Option<u64>), String> {
    let number =
        |text: &str| text.replace(',', "").parse::<u64>().map(Some).map_err(|_| format!("no number: {text}"));
    if let Some(low) = value.strip_suffix('+') {
        return Ok((number(low)?, None));
    }
    match value.split_once('-') {
        Some(("", high)) => Ok((None, number(high)?)),
        Some((low, high)) => Ok((number(low)?, number(high)?)),
        None => Ok((number(value)?, number(value)?)),
    }
}

fn counted(value: &str) -> Result<Counted, String> {
    let mut words = value.split(' ');
    let what = words.next().unwrap_or_default();
    let what = Measure::parse(what).ok_or_else(|| format!("nothing that is counted: {what}"))?;
    let bounds = bounds(words.next().ok_or("a count needs a number: `killed 12+`")?)?;
    let group = match words.next() {
        Some(group) => Some(Group::parse(group).ok_or_else(|| format!("no group: {group}"))?),
        None => None,
    };
    Ok(Counted { what, bounds, group })
}

impl Field {
    fn fits(&self, claim: &Claim, all: &[Claim]) -> bool {
        match self {
            Field::Who(role, who) => {
                let fillers = match role {
                    Role::Actor => &claim.actor,
                    Role::Target => &claim.target,
                    Role::Place => &claim.place,
                    Role::Source => &claim.source,
                };
                all_of(who, fillers, *role == Role::Source)
            }
            Field::Time(time) => claim.time == *time,
            Field::Count(None) => claim.count.is_none(),
            Field::Count(Some(count)) => claim.count.as_ref().is_some_and(|read| count.fits(read)),
            Field::Degree(degree) => claim.degree == Some(*degree),
            Field::Means(means) => claim.means.as_ref() == Some(means),
            Field::Cut(cut) => claim.cut.contains(cut),
            Field::Unverified(unverified) => claim.unverified == *unverified,
            Field::Evidence(words) => {
                claim.evidence.iter().any(|evidence| evidence.exact.contains(words.as_str()))
            }
            Field::PartOf(whole) => {
                let whole_of = |other: &&Claim| claim.part_of.as_ref() == Some(&other.id);
                all.iter().find(whole_of).is_some_and(|other| whole.fits(other, all))
            }
        }
    }
}

impl Counted {
    fn fits(&self, read: &Count) -> bool {
        let group = self.group.is_none_or(|group| read.group == Some(group));
        read.what == self.what && (read.low, read.high) == self.bounds && group
    }
}

/// Whether the fillers are those expected, each once and no other; in the same order where that matters.
fn all_of(who: &[Vec<String>], fillers: &[Filler], in_order: bool) -> bool {
    if who.len() != fillers.len() {
        return false;
    }
    let is = |names: &[String], filler: &Filler| names.iter().any(|name| stands_for(filler, name));
    if in_order {
        return who.iter().zip(fillers).all(|(names, filler)| is(names, filler));
    }
    let mut left: Vec<&Filler> = fillers.iter().collect();
    who.iter().all(|names| {
        let at = left.iter().position(|filler| is(names, filler));
        at.map(|at| left.remove(at)).is_some()
    })
}

/// Whether a filler is meant by a name: by its id, or by words that all stand in its mention or canonical name.
pub(crate) fn stands_for(filler: &Filler, name: &str) -> bool {
    filler.id() == Some(name) || has_words(&filler.mention, name) || has_words(filler.name(), name)
}

/// Whether all words of `few` are among those of `many`.
pub(crate) fn has_words(many: &str, few: &str) -> bool {
    let many = words(many);
    let few = words(few);
    !few.is_empty() && few.iter().all(|word| many.contains(word))
}

/// The words of a name in small letters, without articles.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.filter(|word| !matches!(word.as_str(), "the" | "a" | "an")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(bounds("12"), Ok((Some(12), Some(12))));
        assert_eq!(bounds("12+"), Ok((Some(12), None)));
        assert_eq!(bounds("500-600"), Ok((Some(500), Some(600))));
        assert_eq!(bounds("-50"), Ok((None, Some(50))));
        assert!(bounds("some").is_err());
    }

    #[test]
    fn a_name_fits_what_says_no_less() {
        let filler = Filler { mention: "twelve civilians".to_string(), entity: None };
        assert!(stands_for(&filler, "civilians"));
        assert!(!stands_for(&filler, "twelve civilians of Douma"));
        assert!(!stands_for(&filler, ""));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        assert!(
            Pattern::parse("possible attack | actor russia | time 2015-01-01.. | count strikes 3").is_ok()
        );
        for wrong in
            ["raid", "clash | who russia", "clash | time soon", "casualties | count 3", "sure attack"]
        {
            assert!(Pattern::parse(wrong).is_err(), "{wrong}");
        }
    }
}
