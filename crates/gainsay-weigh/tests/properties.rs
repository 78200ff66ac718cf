//! What must hold whatever the claims are: order and copies change nothing, and nothing panics.

use gainsay_model::{Claim, Count, Date, Evidence, Filler, Interval, Kind, Measure, Policy, Scope, Status};
use gainsay_weigh::bias::unbiased;
use gainsay_weigh::judge::review_order;
use gainsay_weigh::{
    Ask, Corpus, HoldingPolicy, ReportHead, Weighed, control, control_by, displacement, holdings, need,
    sieges, tally, ties, weigh,
};
use proptest::prelude::*;

use crate::kit::{Case, day};

const ACTORS: &[&str] =
    &["islamic-state", "syrian-government", "syrian-army", "syrian-opposition", "ypg", "some gunmen"];
const PLACES: &[&str] =
    &["p", "p-market", "al-qusour", "deir-ez-zor-city", "deir-ez-zor-governorate", "Nowhere"];
const SOURCES: &[&str] =
    &["sana", "reuters", "syrian-observatory-for-human-rights", "activists", "Wisam al-Arab", "amaq"];
const OUTLETS: &[&str] = &["Reuters", "Syria Direct", "The Paper", "SANA", "Monitor A"];

/// A made-up report: outlet, day, claims.
pub type Sketched = (usize, Option<i32>, Vec<Sketch>);

/// One claim before it stands in a report.
#[derive(Clone, Debug)]
pub struct Sketch {
    kind: usize,
    status: usize,
    actors: Vec<usize>,
    targets: Vec<usize>,
    places: Vec<usize>,
    sources: Vec<usize>,
    days: Option<(i32, i32)>,
    count: Option<(usize, Option<u64>, Option<u64>, bool)>,
    at: usize,
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let some = |n: usize, most: usize| prop::collection::vec(0..n, 0..=most);
    let who = (some(ACTORS.len(), 2), some(ACTORS.len(), 2), some(PLACES.len(), 2), some(SOURCES.len(), 2));
    let days = prop::option::of((0..20, 0..6));
    let many = prop_oneof![
        Just(None),
        (0..300_u64).prop_map(Some),
        Just(Some(1_000_000_000_000_000_000)),
        Just(Some(u64::MAX))
    ];
    let count = prop::option::of((0..Measure::ALL.len(), many.clone(), many, any::<bool>()));
    (0..Kind::ALL.len(), 0..6_usize, who, days, count, 0..5000_usize).prop_map(
        |(kind, status, who, days, count, at)| {
            let (actors, targets, places, sources) = who;
            Sketch { kind, status, actors, targets, places, sources, days, count, at }
        },
    )
}

/// Reports: outlet, day, claims.
pub fn reports() -> impl Strategy<Value = Vec<Sketched>> {
    let report =
        (0..OUTLETS.len(), prop::option::weighted(0.9, 0..20), prop::collection::vec(sketch(), 1..6));
    prop::collection::vec(report, 1..8)
}

pub fn on(n: i32) -> Date {
    day("2016-03-01").saturating_add(jiff::Span::new().days(n))
}

pub fn build(case: &Case, reports: &[Sketched]) -> (Vec<ReportHead>, Vec<Claim>) {
    let names = case.names();
    let filler = |name: &&str| {
        let (mention, known) = (name.to_string(), names.lexicon.name(name));
        let known = if known == *name { names.gazetteer.name(name) } else { known };
        let entity = (known != *name)
            .then(|| gainsay_model::EntityRef { id: mention.clone(), name: known.to_string() });
        Filler { mention, entity }
    };
    let (mut heads, mut claims) = (Vec::new(), Vec::new());
    for (n, (outlet, said, sketches)) in reports.iter().enumerate() {
        let id = format!("r{n}");
        heads.push(ReportHead {
            id: id.clone(),
            published: said.map(on),
            publisher: Some(OUTLETS[*outlet].into()),
            sha_text: format!("sha{n}"),
            ..ReportHead::default()
        });
        for (m, s) in sketches.iter().enumerate() {
            let pick = |list: &[&str], of: &[usize]| of.iter().map(|&at| filler(&list[at])).collect();
            claims.push(Claim {
                id: format!("{id}-{m}"),
                document: id.clone(),
                kind: Kind::ALL[s.kind],
                evidence: vec![Evidence { start: s.at, end: s.at + 40, exact: format!("words {n} {m}") }],
                status: *Status::ALL.get(s.status).unwrap_or(&Status::Asserted),
                actor: pick(ACTORS, &s.actors),
                target: pick(ACTORS, &s.targets),
                place: pick(PLACES, &s.places),
                time: s.days.map(|(from, len)| Interval::new(on(from), on(from + len))),
                count: s.count.map(|(what, low, high, running)| Count {
                    what: Measure::ALL[what],
                    low,
                    high,
                    group: None,
                    scope: running.then_some(Scope::Cumulative),
                }),
                source: pick(SOURCES, &s.sources),
                degree: None,
                unverified: false,
                means: None,
                cut: vec![],
                part_of: None,
                reader: String::new(),
                grounds: vec![],
            });
        }
    }
    (heads, claims)
}

/// Every figure, grade, dispute and holding, without the ids of claims and who carries them.
fn figures(weighed: &Weighed) -> Vec<String> {
    let mut lines = Vec::new();
    let ask = Ask::default();
    for event in &weighed.events {
        let e = event;
        lines.push(format!(
            "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            e.id, e.kind, e.place, e.time, e.actors, e.targets, e.killed, e.injured, e.roots, e.grade
        ));
    }
    for policy in Policy::ALL {
        for line in tally(weighed, &ask, *policy) {
            let by: Vec<_> = line.by_source.iter().map(|by| (&by.root, &by.side, by.low, by.high)).collect();
            lines.push(format!(
                "{:?} {} {} {:?} {:?} {:?} {} {by:?}",
                line.scope, line.measure, line.group, line.low, line.best, line.high, line.rule
            ));
        }
    }
    for dispute in &weighed.disputes {
        let sides: Vec<_> = dispute.sides.iter().map(|side| (&side.value, &side.roots)).collect();
        lines.push(format!(
            "{} {:?} {:?} {:?} {}",
            dispute.id, dispute.about, sides, dispute.spread, dispute.revision
        ));
    }
    for h in holdings(weighed, &ask) {
        lines.push(format!("{} {:?} {:?} {:?} {} {:?}", h.place, h.state, h.holders, h.degree, h.from, h.to));
    }
    for s in sieges(weighed, &ask) {
        lines.push(format!(
            "{} {:?} {:?} {:?} {:?} {}",
            s.place, s.target, s.besiegers, s.from, s.to, s.disputed
        ));
    }
    for t in ties(weighed, &ask, &[], &[]) {
        lines.push(format!(
            "{} {} {:?} {:?} {:?} {:?} {}",
            t.a, t.b, t.tie, t.from, t.to, t.according_to, t.status
        ));
    }
    for p in need(weighed, &ask) {
        lines.push(format!("{} {:?} {:?} {:?} {:?} {}", p.measure, p.place, p.from, p.low, p.high, p.root));
    }
    for c in control_by(weighed, &ask, on(9), HoldingPolicy::Acled) {
        lines.push(format!("{} {:?} {:?} {:?} {:?}", c.place, c.state, c.holders, c.degree, c.since));
    }
    for r in review_order(weighed, &ask) {
        lines.push(format!("{} {} {}", r.event, r.what, r.doubt));
    }
    for u in unbiased(weighed, &ask) {
        lines.push(format!("{} {} {} {} {} {:?}", u.measure, u.group, u.low, u.mid, u.high, u.leaning));
    }
    for p in displacement(weighed, &ask) {
        lines.push(format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {}",
            p.place, p.from, p.to, p.what, p.low, p.high, p.root
        ));
    }
    lines
}

/// All that weighing gives, to the byte.
fn all(weighed: &Weighed) -> String {
    let found = (&weighed.events, &weighed.disputes, &weighed.sources, &weighed.offers, &weighed.misquotes);
    format!("{found:?} {:?} {:?}", weighed.roots, weighed.event_of)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_input_changes_nothing(reports in reports(), seed in any::<u64>()) {
        let case = Case::new("");
        let (mut heads, mut claims) = build(&case, &reports);
        let before = {
            let weighed = weigh(&Corpus::new(&heads, &claims, case.names()));
            (figures(&weighed), weighed.roots.clone(), weighed.event_of.clone())
        };
        let mix = |id: &str| id.bytes().fold(seed | 1, |h, b| h.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(u64::from(b)));
        heads.sort_by_key(|head| mix(&head.id));
        claims.sort_by_key(|claim| mix(&claim.id));
        let weighed = weigh(&Corpus::new(&heads, &claims, case.names()));
        prop_assert_eq!(before, (figures(&weighed), weighed.roots.clone(), weighed.event_of.clone()));
    }

    #[test]
    fn threads_and_batches_change_nothing(reports in reports(), cut in any::<prop::sample::Index>()) {
        let case = Case::new("");
        let (heads, claims) = build(&case, &reports);
        let before = all(&weigh(&Corpus::new(&heads, &claims, case.names())));
        for threads in [1, 2, 7] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let weighed = pool.install(|| all(&weigh(&Corpus::new(&heads, &claims, case.names()))));
            prop_assert_eq!(&before, &weighed, "{} threads", threads);
        }
        // The same reports in two batches, the later first, some of the claims in both.
        let at = cut.index(heads.len());
        let late = |id: &str| heads[at..].iter().any(|head| head.id == id);
        let (mut second, first): (Vec<Claim>, Vec<Claim>) =
            claims.iter().cloned().partition(|claim| late(&claim.document));
        second.extend(first.iter().cloned());
        second.extend(first.into_iter().take(5));
        let turned: Vec<ReportHead> = heads[at..].iter().chain(&heads[..at]).cloned().collect();
        prop_assert_eq!(before, all(&weigh(&Corpus::new(&turned, &second, case.names()))));
    }

    #[test]
    fn repeating_a_report_five_times_changes_no_figure(reports in reports(), which in any::<prop::sample::Index>(), later in 0..9_i32) {
        let case = Case::new("");
        let (mut heads, mut claims) = build(&case, &reports);
        let before = figures(&weigh(&Corpus::new(&heads, &claims, case.names())));
        let repeated = heads[which.index(heads.len())].clone();
        for n in 0..5 {
            let id = format!("x{n}");
            let published = repeated.published.map(|day| day.saturating_add(jiff::Span::new().days(later)));
            let publisher = Some(format!("Carrier {n}"));
            let of: Vec<Claim> = claims.iter().filter(|claim| claim.document == repeated.id).cloned().collect();
            claims.extend(of.into_iter().map(|claim| Claim { id: format!("{id}-{}", claim.id), document: id.clone(), ..claim }));
            heads.push(ReportHead { id, published, publisher, ..repeated.clone() });
        }
        let weighed = weigh(&Corpus::new(&heads, &claims, case.names()));
        prop_assert_eq!(before, figures(&weighed));
        prop_assert_eq!(weighed.sources.iter().filter(|source| source.id.starts_with("carrier-")).count(), 5);
    }

    #[test]
    fn low_is_at_most_best_and_best_at_most_high(reports in reports()) {
        let case = Case::new("");
        let (heads, claims) = build(&case, &reports);
        let weighed = weigh(&Corpus::new(&heads, &claims, case.names()));
        for line in tally(&weighed, &Ask::default(), Policy::Ucdp) {
            prop_assert!(line.best.is_none() || line.low <= line.best, "{line:?}");
            prop_assert!(line.best <= line.high && line.low <= line.high, "{line:?}");
        }
        for dispute in &weighed.disputes {
            prop_assert!(dispute.sides.len() >= 2, "{dispute:?}");
        }
        for n in 0..20 {
            for line in control(&weighed, &Ask::default(), on(n)) {
                prop_assert!(!line.holders.is_empty() && !line.claims.is_empty());
            }
        }
    }
}

#[test]
fn nasty_claims_are_weighed_all_the_same() {
    let case = Case::new(
        "@ a | 9999-12-31 | The Paper
         capture | actor=islamic-state | place=p | on=9999-12-31
         withdrawal | actor=syrian-army | place=p | on=-009999-01-01
         casualties | killed=1000000000000000000
         casualties | place=p | killed=18446744073709551615 | on=2016-01-01..2015-01-01
         casualties | place=p | killed=9-3 | on=..
         control | actor=ypg | place=p | on=..9999-12-31
         siege | on=-009999-01-01..9999-12-31 | place=p
         displacement | displaced=18446744073709551615
         casualties
         clash | status=denied
         @ b | ? |
         casualties | place=p | killed=18446744073709551615 | on=2016-01-01
         cooperation | actor=ypg, ypg | target=ypg",
    );
    let mut claims = case.claims.clone();
    let twice = claims[3].clone();
    claims.push(Claim { part_of: Some(twice.id.clone()), ..twice.clone() });
    claims.push(Claim {
        id: String::new(),
        document: "nobody".into(),
        part_of: Some("nothing".into()),
        ..twice
    });
    let corpus = Corpus::new(&case.reports, &claims, case.names());
    let weighed = weigh(&corpus);
    assert!(!figures(&weighed).is_empty());
    assert_eq!(weighed.claims(&Ask::default()).len(), claims.len(), "nothing is dropped");
    for at in [Date::MIN, day("2016-01-01"), Date::MAX] {
        control(
            &weighed,
            &Ask { place: vec!["p".into(), "nowhere".into()], known_by: Some(at), ..Ask::default() },
            at,
        );
    }
}

#[test]
fn a_thousand_papers_that_cite_each_other_in_a_ring_are_one_voice() {
    let mut table = String::new();
    for n in 0..1000 {
        table += &format!(
            "@ r{n:04} | 2016-03-02 | Ring {n}\nairstrike | actor=ypg | place=p | on=2016-03-01 | by=Ring {}\n",
            (n + 1) % 1000
        );
    }
    let case = Case::new(&table);
    let weighed = case.weigh();
    assert_eq!(weighed.events.len(), 1);
    assert_eq!(weighed.events[0].roots.len(), 1);
    assert_eq!(weighed.events[0].grade.occurrence, "weak");
    let ring = weighed.sources.iter().find(|source| source.id == "ring-7").unwrap();
    assert_eq!(ring.circular[0].len(), 1000);
}

#[test]
fn who_cites_whom_is_followed_across_reports_and_no_further() {
    let case = Case::new(
        "@ a | 2016-03-02 | Paper One
         airstrike | actor=ypg | place=p | on=2016-03-01 | by=Paper Two
         shelling | actor=ypg | place=p | on=2016-03-01 | by=Paper Two
         @ b | 2016-03-02 | Paper Two
         airstrike | actor=ypg | place=p | on=2016-03-01 | by=monitor-a
         shelling | actor=ypg | place=p | on=2016-03-01",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.roots["a-000"], ["monitor-a"]);
    assert_eq!(weighed.roots["a-001"], ["paper-two"], "of the shelling it speaks for itself");
}
