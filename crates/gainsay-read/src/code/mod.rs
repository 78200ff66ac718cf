//! The pass `code`: one row for a whole report, its main event.
//!
//! **Takes** a report and its reading. **Gives** where the main event was, who did it, with what, and how many were
//! killed, as event data sets code a report. **Never** looks at words: only at claims.
//!
//! The main event is that of the first deaths the report tells of as news: headline and lead come first, sums over a
//! war are left out.

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Count, Interval, Kind, Measure, NameClass, Reading, Report, Scope, Status};
use serde::Serialize;

mod numbers;

#[cfg(test)]
mod tests;

/// The killed of the main event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Killed {
    /// Civilians, and people of whom nothing is said.
    pub civilians: u64,
    /// Fighters and soldiers of any side.
    pub combatants: u64,
    /// Children among them.
    pub children: u64,
    /// Women among them.
    pub women: u64,
}

/// One coded row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodeRow {
    /// The report.
    pub id: String,
    /// P-code of the governorate.
    pub admin1: Option<String>,
    /// Whoever is said to have done it, as an id of the lexicon.
    pub actor: Option<String>,
    /// With what: an id of the codebook's means.
    pub means: Option<String>,
    /// How many were killed; nought where the report gives none.
    pub killed: Killed,
}

/// Codes one report.
pub fn code(report: &Report, reading: &Reading, words: &Words) -> CodeRow {
    let claims: Vec<&Claim> = reading.claims.iter().filter(|claim| news(claim)).collect();
    let Some(main) = main_event(&claims) else {
        return CodeRow { id: report.id.clone(), ..CodeRow::default() };
    };
    let story: Vec<&Claim> = claims.iter().copied().filter(|claim| same_story(words, main, claim)).collect();
    CodeRow {
        id: report.id.clone(),
        admin1: admin1(words, main, &story, &claims).or_else(|| named_first(reading, words)),
        actor: actor(words, main, &story, &claims),
        means: means(main, &story, &claims),
        killed: numbers::killed(main, &story),
    }
}

/// From this many dead on, a count sums up a war.
const WAR: u64 = 5000;

fn harm(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Casualties | Kind::Airstrike | Kind::Shelling | Kind::Bombing | Kind::Attack | Kind::Clash
    )
}

/// Whether a claim can be of a single happening.
fn news(claim: &Claim) -> bool {
    let sum = claim.count.as_ref().is_some_and(|count| count.low.or(count.high).is_some_and(|n| n >= WAR));
    let long = claim.time.is_some_and(|time| days(time).is_none_or(|days| days > 45));
    harm(claim.kind) && claim.status == Status::Asserted && !sum && !long
}

fn days(time: Interval) -> Option<i32> {
    Some((time.end? - time.start?).get_days())
}

fn killed_count(claim: &Claim) -> Option<&Count> {
    claim.count.as_ref().filter(|count| claim.kind == Kind::Casualties && count.what == Measure::Killed)
}

/// The first deaths told with a number; else the first deaths; else the first violence.
fn main_event<'a>(claims: &[&'a Claim]) -> Option<&'a Claim> {
    let incident =
        |claim: &&&Claim| killed_count(claim).is_some_and(|count| count.scope != Some(Scope::Cumulative));
    let first = claims.iter().find(|claim| incident(claim) && claim.part_of.is_none());
    let deaths = || claims.iter().find(|claim| claim.kind == Kind::Casualties);
    first.or_else(deaths).or_else(|| claims.first()).copied()
}

/// Whether a claim can be of the main event: places that meet, times that meet.
fn same_story(words: &Words, main: &Claim, claim: &Claim) -> bool {
    let within = |a: &str, b: &str| words.gazetteer.within(a, b) || words.gazetteer.within(b, a);
    let ids = |claim: &Claim| {
        claim.place.iter().filter_map(|place| place.id().map(str::to_string)).collect::<Vec<_>>()
    };
    let (a, b) = (ids(main), ids(claim));
    let place = a.is_empty() || b.is_empty() || a.iter().any(|x| b.iter().any(|y| within(x, y)));
    let time = match (main.time, claim.time) {
        (Some(x), Some(y)) => x.end >= y.start && y.end >= x.start,
        _ => true,
    };
    place && time
}

fn admin1(words: &Words, main: &Claim, story: &[&Claim], claims: &[&Claim]) -> Option<String> {
    let code = |claim: &&Claim| {
        let homes = claim.place.iter().filter_map(|place| words.gazetteer.governorate(place.id()?));
        homes.filter_map(|home| home.pcode.clone()).next()
    };
    code(&main).or_else(|| story.iter().find_map(code)).or_else(|| claims.iter().find_map(code))
}

/// The governorate that the report names first, where no claim says where.
fn named_first(reading: &Reading, words: &Words) -> Option<String> {
    let places = reading.names.iter().filter(|name| name.class == NameClass::Place);
    places.filter_map(|name| words.gazetteer.governorate(&name.entities.first()?.id)?.pcode.clone()).next()
}

fn actor(words: &Words, main: &Claim, story: &[&Claim], claims: &[&Claim]) -> Option<String> {
    let id = |claim: &&Claim| claim.actor.iter().filter_map(|actor| head_actor(words, actor.id()?)).next();
    id(&main).or_else(|| story.iter().find_map(id)).or_else(|| claims.iter().find_map(id))
}

/// The party an actor fights for: itself where it is one of note, else what it is a part of, else its side.
fn head_actor(words: &Words, id: &str) -> Option<String> {
    let chain = words.lexicon.wholes(id);
    let top = *chain.last()?;
    let actor = words.lexicon.actor(top)?;
    let by_side = match actor.side.as_str() {
        "government" => "syrian-government",
        "opposition" => "syrian-opposition",
        "islamic-state" => "islamic-state",
        "kurdish" => "ypg",
        "jihadist" => "al-nusra-front",
        "coalition" => "us-led-coalition",
        _ => top,
    };
    Some(by_side.to_string())
}

fn means(main: &Claim, story: &[&Claim], claims: &[&Claim]) -> Option<String> {
    let own = |claim: &&Claim| claim.means.clone();
    let strike = |claim: &&Claim| {
        default_means(claim.kind).filter(|_| !matches!(claim.kind, Kind::Attack | Kind::Clash))
    };
    let any = |claim: &&Claim| default_means(claim.kind);
    let told = own(&main).or_else(|| story.iter().find_map(own)).or_else(|| story.iter().find_map(strike));
    told.or_else(|| claims.iter().find_map(own)).or_else(|| claims.iter().find_map(any))
}

/// What a strike was with when only its kind is said.
fn default_means(kind: Kind) -> Option<String> {
    match kind {
        Kind::Airstrike => Some("airstrike"),
        Kind::Shelling => Some("artillery"),
        Kind::Bombing => Some("explosion"),
        Kind::Clash | Kind::Attack => Some("gunfire"),
        _ => None,
    }
    .map(str::to_string)
}
