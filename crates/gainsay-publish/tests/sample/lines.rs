//! Nouns of the sample, each written as one line.

use gainsay_lexicon::Words;
use gainsay_model::*;
use gainsay_publish::ReportHead;
use jiff::civil::date;

pub fn filler(text: &str) -> Filler {
    // "mention=id", or a mention alone.
    let (mention, id) = text.split_once('=').map_or((text, None), |(mention, id)| (mention, Some(id)));
    let words = Words::builtin();
    let name = |id: &str| match words.gazetteer.place(id) {
        Some(place) => place.name.clone(),
        None => words.lexicon.name(id).to_string(),
    };
    Filler { mention: mention.into(), entity: id.map(|id| EntityRef { id: id.into(), name: name(id) }) }
}

/// A claim from one line: `id | kind status | quote | actor | target | place | source | day | count`.
pub fn claim(line: &str) -> Claim {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let fillers =
        |at: usize| cell(at).split(';').map(str::trim).filter(|one| !one.is_empty()).map(filler).collect();
    let mut words = cell(1).split_whitespace();
    let kind = Kind::parse(words.next().unwrap_or_default()).expect(line);
    let status = words.next().map_or(Status::Asserted, |word| Status::parse(word).expect(line));
    let unverified = words.next().is_some();
    let day = |text: &str| text.trim().parse::<Date>().ok();
    let time = (!cell(7).is_empty()).then(|| match cell(7).split_once("..") {
        Some((from, to)) => Interval { start: day(from), end: day(to) },
        None => Interval { start: day(cell(7)), end: day(cell(7)) },
    });
    let count = (!cell(8).is_empty()).then(|| {
        let words: Vec<&str> = cell(8).split_whitespace().collect();
        let number = |at: usize| words.get(at).and_then(|word: &&str| word.parse().ok());
        Count {
            what: Measure::parse(words[0]).expect(line),
            low: number(1),
            high: number(2),
            group: words.get(3).and_then(|word| Group::parse(word)),
            scope: None,
        }
    });
    let id = cell(0).to_string();
    Claim {
        document: id.split('-').next().unwrap_or_default().to_string(),
        id,
        kind,
        evidence: vec![Evidence {
            start: cells[0].len(),
            end: cells[0].len() + cell(2).len(),
            exact: cell(2).into(),
        }],
        status,
        actor: fillers(3),
        target: fillers(4),
        place: fillers(5),
        time,
        count,
        source: fillers(6),
        degree: None,
        unverified,
        means: None,
        cut: vec![],
        part_of: None,
        reader: "gainsay 0.1.0".into(),
        grounds: vec![Ground {
            slot: Slot::Actor,
            start: 0,
            end: 4,
            rule: format!("frame.{}.subject", kind.as_str()),
        }],
    }
}

pub fn report(id: &str, publisher: &str, published: &str, title: &str) -> ReportHead {
    ReportHead {
        id: id.into(),
        title: (!title.is_empty()).then(|| title.into()),
        publisher: Some(publisher.into()),
        published: published.parse().ok(),
        url: Some(format!("https://example.org/{id}")),
        language: Some("en".into()),
        guessed: if id == "04" { vec![Field::Published, Field::Title] } else { vec![] },
    }
}

pub fn ids(text: &str) -> Vec<String> {
    text.split_whitespace().map(String::from).collect()
}

pub fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// `id | kind | place | from..to | actors | targets | claims | roots | killed low best high`.
pub fn event(line: &str) -> Event {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let (start, end) = cells[3].split_once("..").unwrap_or((cells[3], cells[3]));
    let toll: Vec<Option<u64>> = cells[8].split_whitespace().map(|word| word.parse().ok()).collect();
    let at = |n: usize| toll.get(n).copied().flatten();
    let killed = match toll.is_empty() {
        true => Toll::default(),
        false => Toll { low: at(0), best: at(1), high: at(2), policy: "ucdp/1".into() },
    };
    Event {
        id: cells[0].into(),
        kind: Kind::parse(cells[1]).expect(line),
        place: ids(cells[2]),
        time: Interval { start: day(start), end: day(end) },
        actors: ids(cells[4]),
        targets: ids(cells[5]),
        killed,
        injured: Toll::default(),
        claims: ids(cells[6]),
        roots: ids(cells[7]),
        grade: Grade::default(),
        part_of: None,
    }
}

pub fn side(value: &str, sources: &str, roots: &str, claims: &str) -> DisputeSide {
    DisputeSide { value: value.into(), sources: ids(sources), roots: ids(roots), claims: ids(claims) }
}

pub fn dispute(
    id: &str,
    kind: DisputeKind,
    about: Subject,
    sides: Vec<DisputeSide>,
    spread: Option<f64>,
) -> Dispute {
    Dispute { id: id.into(), kind, about, sides, spread, revision: false }
}

pub fn by(source: &str, root: &str, low: u64, high: Option<u64>, claims: &str) -> BySource {
    let words = Words::builtin();
    let side = words.lexicon.side(root).unwrap_or_default().to_string();
    BySource { source: source.into(), root: root.into(), side, low: Some(low), high, claims: ids(claims) }
}

pub fn tally(event: &str, group: &str, best: [Option<u64>; 3], by_source: Vec<BySource>) -> Tally {
    Tally {
        scope: TallyScope { event: Some(event.into()), ..TallyScope::default() },
        measure: Measure::Killed,
        group: group.into(),
        policy: "ucdp/1".into(),
        low: best[0],
        best: best[1],
        high: best[2],
        by_source,
        rule: "most roots".into(),
    }
}

/// `place | state | holders | since | age | claims`.
pub fn control(line: &str, at: Date) -> Control {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let state = match cells[1] {
        "held" => HoldingState::Held,
        "claimed" => HoldingState::Claimed,
        "contested" => HoldingState::Contested,
        _ => HoldingState::Unknown,
    };
    Control {
        place: cells[0].into(),
        name: Words::builtin().gazetteer.name(cells[0]).into(),
        at,
        known_by: None,
        according_to: None,
        state,
        holders: ids(cells[2]),
        degree: None,
        since: day(cells[3]),
        age_days: cells[4].parse().ok(),
        inherited_from: None,
        claims: ids(cells[5]),
    }
}

pub fn holding(line: &str) -> Holding {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let control = control(
        &format!("{} | {} | {} | {} | | {}", cells[0], cells[1], cells[2], cells[3], cells[5]),
        date(2016, 1, 31),
    );
    Holding {
        place: control.place,
        state: control.state,
        holders: control.holders,
        degree: None,
        from: control.since.expect(line),
        to: day(cells[4]),
        claims: control.claims,
    }
}

pub fn tie(line: &str) -> Tie {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let kind = match cells[2] {
        "fight" => TieKind::Fight,
        "cooperate" => TieKind::Cooperate,
        "avoid" => TieKind::Avoid,
        "truce" => TieKind::Truce,
        "join" => TieKind::Join,
        _ => TieKind::Split,
    };
    Tie {
        a: cells[0].into(),
        b: cells[1].into(),
        tie: kind,
        from: day(cells[3]),
        to: day(cells[4]),
        according_to: ids(cells[5]),
        status: Status::parse(cells[6]).expect(line),
        claims: ids(cells[7]),
    }
}
