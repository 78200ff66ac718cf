//! Claims that nobody would make, weighed: nothing panics, bounds are bounds, and their order changes nothing.

use gainsay::ask::Ask;
use gainsay::model::{
    Claim, Count, Date, EntityRef, Evidence, Filler, Interval, Kind, Measure, Policy, Report, Scope, Status,
};
use gainsay::shelf::Shelf;
use gainsay_lexicon::Words;
use gainsay_weigh::{Weighed, control, displacement, holdings, left_out_of_tally, sieges, tally, ties};

use super::cut::Cut;

const ACTORS: &[&str] =
    &["islamic-state", "syrian-government", "syrian-army", "ypg", "some gunmen", "", "sana", "\u{202e}x"];
const PLACES: &[&str] =
    &["deir-ez-zor-city", "al-qusour", "deir-ez-zor-governorate", "raqqa-city", "Nowhere", "syria"];
const SOURCES: &[&str] =
    &["sana", "reuters", "syrian-observatory-for-human-rights", "activists", "Wisam", "r0"];
const OUTLETS: &[&str] = &["Reuters", "Syria Direct", "The Paper", "SANA", ""];
const COUNTS: &[u64] = &[0, 1, 2, 7, 12, 30, 300, 1_000_000_000_000_000_000, u64::MAX - 1, u64::MAX];

fn day(cut: &mut Cut) -> Date {
    match cut.byte() {
        0 => Date::MIN,
        255 => Date::MAX,
        n => Date::constant(2016, 3, 1).saturating_add(jiff::Span::new().days(i32::from(n) - 128)),
    }
}

fn fillers(cut: &mut Cut, of: &[&str]) -> Vec<Filler> {
    let words = Words::builtin();
    let many = cut.below(4);
    (0..many)
        .map(|_| {
            let mention = (*cut.one(of)).to_owned();
            let known = [words.lexicon.name(&mention), words.gazetteer.name(&mention)];
            let name = known.into_iter().find(|name| *name != mention);
            let entity = name.map(|name| EntityRef { id: mention.clone(), name: name.to_owned() });
            Filler { mention, entity }
        })
        .collect()
}

fn claim(cut: &mut Cut, id: String, document: String) -> Claim {
    let start = usize::from(cut.byte());
    let (from, to) = (day(cut), day(cut));
    Claim {
        kind: *cut.one(Kind::ALL),
        status: *cut.one(Status::ALL),
        evidence: vec![Evidence { start, end: start + 20, exact: format!("words {start}") }],
        actor: fillers(cut, ACTORS),
        target: fillers(cut, ACTORS),
        place: fillers(cut, PLACES),
        source: fillers(cut, SOURCES),
        time: (cut.byte() & 1 == 0).then(|| Interval::new(from.min(to), from.max(to))),
        count: (cut.byte() & 1 == 0).then(|| {
            let (low, high) = (*cut.one(COUNTS), *cut.one(COUNTS));
            Count {
                what: *cut.one(Measure::ALL),
                low: (cut.byte() & 3 != 0).then_some(low.min(high)),
                high: (cut.byte() & 3 != 0).then_some(high.max(low)),
                group: None,
                scope: (cut.byte() & 3 == 0).then_some(Scope::Cumulative),
            }
        }),
        degree: None,
        unverified: cut.byte() & 7 == 0,
        means: None,
        cut: Vec::new(),
        part_of: (cut.byte() & 7 == 0).then(|| format!("r{}-{}", cut.below(4), cut.below(4))),
        reader: if cut.byte() & 15 == 0 { "person:amal@1".to_owned() } else { String::new() },
        grounds: Vec::new(),
        id,
        document,
    }
}

fn report(id: String, text: String, published: Option<Date>, outlet: &str) -> Report {
    Report {
        id,
        text,
        published,
        publisher: Some(outlet.to_owned()),
        author: None,
        title: None,
        url: None,
        language: Some("en".to_owned()),
        guessed: Vec::new(),
    }
}

/// All that is answered, as text.
fn answers(weighed: &Weighed) -> String {
    let (ask, day) = (Ask::default(), Date::constant(2016, 3, 9));
    let mut all = format!("{:?}{:?}{:?}", weighed.events, weighed.disputes, weighed.sources);
    for policy in Policy::ALL {
        for line in tally(weighed, &ask, *policy) {
            assert!(line.low <= line.high && line.best <= line.high, "{line:?}");
            assert!(line.best.is_none() || line.low <= line.best, "{line:?}");
            all.push_str(&format!("{line:?}"));
        }
    }
    for dispute in &weighed.disputes {
        assert!(dispute.sides.len() >= 2, "{dispute:?}");
    }
    for held in holdings(weighed, &ask) {
        assert!(held.to.is_none_or(|to| held.from <= to), "{held:?}");
        all.push_str(&format!("{held:?}"));
    }
    all.push_str(&format!("{:?}{:?}", control(weighed, &ask, day), sieges(weighed, &ask)));
    all.push_str(&format!("{:?}{:?}", ties(weighed, &ask, &[], &[]), displacement(weighed, &ask)));
    all.push_str(&format!("{:?}", left_out_of_tally(weighed, &ask)));
    all
}

/// Bytes as claims of a few reports, or as claims written as JSON lines; weighed in two orders.
pub fn weigh(bytes: &[u8]) {
    let (mut reports, mut claims) = (Vec::new(), Vec::new());
    if bytes.starts_with(b"{") {
        for line in bytes.split(|byte| *byte == b'\n').take(40) {
            claims.extend(serde_json::from_slice::<Claim>(line).ok());
        }
        for (n, outlet) in OUTLETS.iter().enumerate() {
            reports.push(report(format!("r{n}"), format!("Text {n}."), "2016-03-09".parse().ok(), outlet));
        }
    } else {
        let mut cut = Cut(bytes);
        let many = cut.below(5) + 1;
        for n in 0..many {
            let (outlet, said) = (*cut.one(OUTLETS), day(&mut cut));
            let text = if cut.byte() & 3 == 0 { "One text.".to_owned() } else { format!("Text {n}.") };
            reports.push(report(format!("r{n}"), text, (cut.byte() & 7 != 0).then_some(said), outlet));
            let many = cut.below(5);
            for m in 0..many {
                claims.push(claim(&mut cut, format!("r{n}-{m}"), format!("r{n}")));
            }
        }
    }
    let (shelf, _) = Shelf::loose(&reports, claims.clone());
    let first = answers(&shelf.weigh(None));
    let _ = answers(&shelf.weigh(Some(Date::constant(2016, 3, 5))));
    // Of two claims with one id the first stands; which that is, is no matter of order.
    let mut ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    ids.sort_unstable();
    if ids.windows(2).all(|two| two[0] != two[1]) {
        reports.reverse();
        claims.reverse();
        let (turned, _) = Shelf::loose(&reports, claims);
        assert!(first == answers(&turned.weigh(None)), "another order, and not the same");
    }
}
