//! What happened where, who held it, who was cut off, who fled, who was with whom.

use std::collections::BTreeSet;

use gainsay::ask::{self, Ask};
use gainsay_lexicon::{NameKind, Words};
use gainsay_model::{Control, HoldingState, Measure};
use serde_json::Value;

use super::{Asked, ok, strings};

/// Who holds a place on a day; a place without a line is unknown.
pub fn control(asked: &Asked) -> Result<(), String> {
    let at = asked.day("at").ok_or("no day is asked about")?;
    let according_to: Vec<String> =
        asked.row["according_to"].as_str().map(str::to_string).into_iter().collect();
    let places = asked.place();
    let ask = Ask { place: places.clone(), according_to, ..Ask::default() };
    let weighed = asked.weighed();
    let lines = ask::control(&weighed, &ask, at);
    let line = lines.iter().find(|line| places.contains(&line.place));
    let found = line.map_or((HoldingState::Unknown.as_str(), BTreeSet::new()), |line| {
        (line.state.as_str(), line.holders.iter().map(String::as_str).collect())
    });
    // "The army holds it" answers "the government holds it": what is a part of the one that is expected.
    let lexicon = &Words::builtin().lexicon;
    let answer = |row: &Value| {
        let expected: BTreeSet<&str> = strings(&row["holders"]).into_iter().collect();
        let whole = |holder: &&str| {
            let wholes = lexicon.wholes(holder);
            wholes
                .into_iter()
                .find(|whole| expected.contains(whole))
                .map_or(holder.to_string(), str::to_owned)
        };
        let holders: BTreeSet<String> = found.1.iter().map(whole).collect();
        found.0 == row["state"].as_str().unwrap_or_default()
            && holders.iter().map(String::as_str).eq(expected.iter().copied())
    };
    let said =
        || format!("{} by {:?}, {}", found.0, found.1, line.map_or("nothing said of it".to_string(), detail));
    if asked.row["accept"].as_array().into_iter().flatten().any(answer) {
        return Ok(());
    }
    ok(answer(asked.row), said)?;
    let since = asked.day("since");
    ok(since.is_none() || line.and_then(|line| line.since) == since, said)?;
    let degree = asked.row["degree"].as_str();
    ok(degree.is_none() || line.and_then(|line| line.degree).map(|degree| degree.as_str()) == degree, said)
}

fn detail(line: &Control) -> String {
    let since = line.since.map_or("unknown".to_string(), |day| day.to_string());
    let degree = line.degree.map_or("unsaid", |degree| degree.as_str());
    format!("since {since}, degree {degree}, claims {}", line.claims.join(" "))
}

/// A siege of a place by all who are named, from then on.
pub fn siege(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let sieges = ask::sieges(&weighed, &Ask { place: asked.place(), ..Ask::default() });
    let by: BTreeSet<&str> = asked.list("besiegers").into_iter().collect();
    let fits = |siege: &&gainsay_model::Siege| {
        let from = siege.from.map(|day| day.to_string()).unwrap_or_default();
        siege.besiegers.iter().map(String::as_str).collect::<BTreeSet<_>>() == by
            && from.starts_with(asked.text("from"))
            && asked.in_any(&siege.claims)
    };
    let said = || {
        sieges
            .iter()
            .map(|siege| {
                format!(
                    "{:?} by {:?} from {:?} of {:?}",
                    siege.place, siege.besiegers, siege.from, siege.target
                )
            })
            .collect::<Vec<_>>()
            .join("; ")
    };
    let siege = sieges.iter().find(fits).ok_or_else(|| format!("sieges: {}", said()))?;
    let people = asked.numbers("people");
    let counted =
        siege.claims.iter().filter_map(|id| asked.claim(id)).filter_map(|claim| claim.count.as_ref());
    let counted: Vec<_> = counted
        .filter(|count| count.what == Measure::Besieged)
        .map(|count| vec![count.low, count.high])
        .collect();
    ok(people.is_empty() || counted.contains(&people), || format!("besieged: {counted:?}"))
}

/// One event of the kind at the place and day, with the claims of all reports that tell it.
pub fn event(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let (kind, place, day) = (asked.text("kind"), asked.text("place"), asked.day("time"));
    let near: Vec<_> = weighed
        .events
        .iter()
        .filter(|event| event.kind.as_str() == kind && event.place.iter().any(|at| at == place))
        .collect();
    let fits = |event: &&&gainsay_model::Event| {
        event.time.start == day
            && asked.list("actors").iter().all(|actor| event.actors.iter().any(|found| found == actor))
            && asked.in_all(&event.claims)
    };
    let said = |event: &&gainsay_model::Event| {
        format!("{} by {:?} in {:?}", event.id, event.actors, asked.reports(&event.claims))
    };
    ok(near.iter().any(|event| fits(&event)), || {
        format!("events: {}", near.iter().map(said).collect::<Vec<_>>().join("; "))
    })
}

/// A figure of displaced people, by one voice.
pub fn displacement(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let points = ask::displacement(&weighed, &Ask { place: asked.place(), ..Ask::default() });
    let who = asked.speaker(asked.text("source"));
    let bounds = (asked.row["low"].as_u64(), asked.row["high"].as_u64());
    let fits = |point: &gainsay::Point| {
        (point.low, point.high) == bounds && is_voice(&point.root, &who) && asked.in_any(&point.claims)
    };
    let said = |point: &gainsay::Point| {
        format!("{:?}–{:?} by {} in {:?}", point.low, point.high, point.root, asked.reports(&point.claims))
    };
    ok(points.iter().any(fits), || {
        format!("figures: {}", points.iter().map(said).collect::<Vec<_>>().join("; "))
    })
}

/// How two actors stood to each other on a day, by those who say so.
pub fn tie(asked: &Asked) -> Result<(), String> {
    let weighed = asked.weighed();
    let parties = |field: &str| asked.ids(asked.text(field), &[NameKind::Actor, NameKind::Person]);
    let ties = ask::ties(&weighed, &Ask::default(), &parties("a"), &parties("b"));
    let accepted = asked.row["accept"].as_array().into_iter().flatten().filter_map(|row| row["tie"].as_str());
    let kinds: Vec<String> = accepted.chain([asked.text("tie")]).map(str::to_string).collect();
    let at = asked.day("at").ok_or("no day is asked about")?;
    let fits = |tie: &gainsay_model::Tie| {
        let during = tie.from.is_none_or(|from| from <= at) && tie.to.is_none_or(|to| at <= to);
        let unverified = tie.claims.iter().filter_map(|id| asked.claim(id)).any(|claim| claim.unverified);
        let by = |who: &&str| tie.according_to.iter().any(|voice| is_voice(voice, &asked.speaker(who)));
        kinds.contains(&word(tie.tie))
            && during
            && asked.list("according_to").iter().all(by)
            && asked.in_any(&tie.claims)
            && (unverified || asked.row["unverified"] != Value::Bool(true))
    };
    let said = |tie: &gainsay_model::Tie| {
        format!(
            "{} {:?}..{:?} by {:?} in {:?}",
            word(tie.tie),
            tie.from,
            tie.to,
            tie.according_to,
            asked.reports(&tie.claims)
        )
    };
    ok(ties.iter().any(fits), || format!("ties: {}", ties.iter().map(said).collect::<Vec<_>>().join("; ")))
}

fn word(tie: gainsay_model::TieKind) -> String {
    format!("{tie:?}").to_lowercase()
}

/// Whether a voice is one of these ids; an unnamed one carries the report it speaks in behind an `@`.
pub fn is_voice(voice: &str, ids: &[String]) -> bool {
    let bare = voice.split('@').next().unwrap_or(voice);
    ids.iter().any(|id| id == voice || id == bare)
}
