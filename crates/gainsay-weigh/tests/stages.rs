//! Weighing in stages gives what one machine gives, however rows are spread.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Claim, Event, Evidence, Filler};
use gainsay_weigh::stages::{self, Beside, How, PLAN, Row, Step, Table};
use gainsay_weigh::{Corpus, Kept, Names, ReportHead, weigh};
use proptest::prelude::*;

use crate::kit::Case;
use crate::properties::{build, on, reports};
use crate::scale;

/// Runs the plan, the rows of each step spread over so many tasks by `seed`.
fn run(
    names: &Names,
    heads: &[ReportHead],
    claims: &[Claim],
    tasks: u64,
    seed: u64,
) -> (Vec<Event>, Vec<Kept>) {
    let mut tables: BTreeMap<Table, Vec<Row>> = BTreeMap::new();
    tables.insert(Table::Report, heads.iter().map(stages::report_row).collect());
    tables.insert(Table::Claim, claims.iter().map(stages::claim_row).collect());
    for step in PLAN {
        let taken = step.takes.iter().flat_map(|table| tables.get(table).cloned().unwrap_or_default());
        let rows: Vec<Row> = taken.collect();
        let beside = step.beside.and_then(|table| tables.get(&table)).map_or(&[][..], Vec::as_slice);
        let beside = Beside::of(beside).unwrap();
        for row in given(step, names, &beside, rows, tasks, seed) {
            assert!(step.gives.contains(&row.of), "{}: {:?}", step.name, row.of);
            tables.entry(row.of).or_default().push(row);
        }
    }
    let all = |table: Table| tables.get(&table).cloned().unwrap_or_default();
    let mut events: Vec<Event> = all(Table::Events).iter().map(|row| stages::event(row).unwrap()).collect();
    events.sort_by(|a, b| a.id.cmp(&b.id));
    let mut kept: Vec<Kept> = all(Table::Weighed).iter().map(|row| stages::weighed(row).unwrap()).collect();
    kept.sort_by(|a, b| a.id().cmp(b.id()));
    (events, kept)
}

fn given(step: &Step, names: &Names, beside: &Beside, rows: Vec<Row>, tasks: u64, seed: u64) -> Vec<Row> {
    let one = step.gives[0];
    match step.how {
        How::Group => {
            let mut spread: BTreeMap<u64, Vec<Row>> = BTreeMap::new();
            for row in rows {
                spread.entry(mix(&row.key, seed) % tasks).or_default().push(row);
            }
            let task = |mut rows: Vec<Row>| {
                rows.sort_by_key(|row| mix(&row.row, seed));
                stages::run(step.name, names, beside, rows).unwrap()
            };
            spread.into_values().flat_map(task).collect()
        }
        How::All => {
            let once: BTreeSet<Row> = rows.into_iter().collect();
            stages::run(step.name, names, beside, once.into_iter().collect()).unwrap()
        }
        How::Rank => {
            let keys: BTreeSet<Vec<u8>> = rows.into_iter().map(|row| row.key).collect();
            let number = |(n, key): (u64, Vec<u8>)| Row { key, of: one, row: n.to_be_bytes().to_vec() };
            (0..).zip(keys).map(number).collect()
        }
        How::Components | How::ByLeast => {
            let mut least: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
            fn root(least: &BTreeMap<Vec<u8>, Vec<u8>>, node: &[u8]) -> Vec<u8> {
                match least.get(node) {
                    Some(next) if next != node => root(least, next),
                    _ => node.to_vec(),
                }
            }
            for Row { key, row, .. } in rows {
                least.entry(key.clone()).or_insert_with(|| key.clone());
                least.entry(row.clone()).or_insert_with(|| row.clone());
                let (a, b) = (root(&least, &key), root(&least, &row));
                least.insert(a.clone().max(b.clone()), a.min(b));
            }
            let row = |node: &Vec<u8>| match (step.how, root(&least, node)) {
                (How::ByLeast, root) => Row { key: root, of: one, row: node.clone() },
                (_, root) => Row { key: node.clone(), of: one, row: root },
            };
            least.keys().map(row).collect()
        }
    }
}

/// A number of bytes, another for every seed.
fn mix(bytes: &[u8], seed: u64) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(7);
    bytes.iter().fold(seed ^ 0xcbf2_9ce4_8422_2325, step)
}

pub(crate) fn assert_same(names: Names, heads: &[ReportHead], claims: &[Claim], tasks: u64, seed: u64) {
    let weighed = weigh(&Corpus::new(heads, claims, names));
    let (events, kept) = run(&names, heads, claims, tasks, seed);
    let ours: Vec<Kept> = weighed.kept().map(|(_, kept)| kept).collect();
    for (one, staged) in ours.iter().zip(&kept) {
        assert_eq!(one, staged, "{tasks} tasks, seed {seed}");
    }
    assert_eq!(ours.len(), kept.len());
    assert_eq!(weighed.events, events, "{tasks} tasks, seed {seed}");
}

#[test]
fn what_the_whole_archive_must_tell() {
    let mut case = Case::new(
        "@ a | 2016-03-02 | Reuters = one
         airstrike | actor=syrian-government | place=p-market | on=2016-03-01 | at=0
         casualties | place=p-market | on=2016-03-01 | killed=17 | at=10
         casualties | place=p | on=2016-03-01 | killed=4 | group=children | part=1
         @ b | 2016-03-03 | The Paper = one
         airstrike | actor=syrian-government | place=p-market | on=2016-03-01 | at=0
         casualties | place=p-market | on=2016-03-01 | killed=17 | at=10
         @ c | 2016-03-03 | SANA
         airstrike | status=denied | actor=syrian-army | place=p | on=2016-03-01
         clash | actor=syrian-army | target=ypg | place=ayyash
         @ d | 2016-03-04 | AFP < Reuters
         airstrike | actor=syrian-army | place=p | on=2016-03-01 | by=sana
         capture | actor=ypg | target=islamic-state | place=al-Zahra farm | by=activists
         @ e | ? | Monitor A
         capture | actor=ypg | place=al-Zahraa farm
         siege | place=p | besieged=4000
         @ f | 2016-03-10 | Reuters
         shelling | actor=syrian-opposition | target=syrian-army | place=al-qusour | on=2016-03-08 | at=0
         casualties | target=soldiers | place=al-qusour | on=2016-03-08 | killed=20 | at=20
         @ g | 2016-03-20 | AFP
         shelling | actor=syrian-opposition | target=syrian-army | place=mosul | on=2016-03-19 | at=0
         casualties | target=syrian-army | place=mosul | on=2016-03-19 | killed=9 | part=2 | at=20
         @ h | 2016-03-20 | Monitor A
         attack | actor=islamic-state | place=anbar | on=2016-02-01..2016-02-09 | at=0
         casualties | actor=islamic-state | place=anbar | on=2016-02-01..2016-02-09 | killed=90 | at=20
         @ i | 2016-03-20 | Monitor B
         attack | actor=islamic-state | place=mosul | on=2016-02-03 | at=0
         attack | actor=islamic-state | place=anbar | on=2016-02-03 | at=3000
         casualties | actor=islamic-state | place=anbar | on=2016-02-03 | killed=8 | at=3020
         @ j | 2016-03-21 | The Paper
         attack | actor=islamic-state | place=mosul | on=2016-02-03 | at=0",
    );
    let long = "Residents said that the fighters had come at dawn, by three roads, and that they left the town before \
                the market was opened again on the next day.";
    for claim in case.claims.iter_mut().filter(|claim| matches!(claim.id.as_str(), "i-017" | "j-020")) {
        claim.evidence[0].exact = long.into();
    }
    let weighed = case.weigh();
    let kept: BTreeMap<String, Kept> =
        weighed.kept().map(|(_, kept)| (kept.id().to_string(), kept)).collect();
    // Every way on which a claim needs others is gone here; each would otherwise be tested by nothing.
    assert_eq!(kept["b-003"].copy_of(), Some("a"), "one text");
    assert_eq!(kept["b-003"].event(), kept["a-000"].event(), "a repeat");
    assert_eq!(kept["j-020"].copy_of(), Some("i"), "one wording");
    assert_eq!(kept["c-005"].event(), kept["a-000"].event(), "a denial");
    assert_eq!(kept["e-009"].named()[0][0].0, "al-zahra-farm", "two spellings");
    let part = weighed.events.iter().find(|event| event.claims.contains(&"i-019".to_string())).unwrap();
    assert_eq!(part.part_of.as_ref(), kept["h-015"].event().map(String::from).as_ref(), "a part");
    let total = weighed.events.iter().find(|event| event.claims.contains(&"g-014".to_string())).unwrap();
    assert_eq!(total.killed.best, None, "a part of another event's toll of the same soldiers");
    for (tasks, seed) in [(1, 0), (3, 7), (50, 9)] {
        assert_same(case.names(), &case.reports, &case.claims, tasks, seed);
    }
}

#[test]
fn a_ledger_of_many_days() {
    let case = Case::new(scale::DAY);
    let (heads, claims) = scale::ledger(&case, 600);
    assert_same(case.names(), &heads, &claims, 7, 3);
}

#[test]
fn a_row_of_another_version_is_an_error_and_no_panic() {
    let case = Case::new("");
    let row = Row { key: vec![1], of: Table::Said, row: vec![200, 1, 7] };
    let names = case.names();
    assert!(stages::run("tellings", &names, &Beside::default(), vec![row.clone()]).is_err());
    assert!(stages::run("no such step", &names, &Beside::default(), vec![]).is_err());
    for step in PLAN.iter().filter(|step| step.how == How::Group) {
        for of in step.takes {
            let row = Row { of: *of, ..row.clone() };
            // What it says matters less than that it says something.
            _ = stages::run(step.name, &names, &Beside::default(), vec![row]);
        }
    }
}

/// What makes reports copies of each other, and names, parts and places that need the whole archive.
fn tangled(heads: &mut [ReportHead], claims: &mut [Claim], seed: u64) {
    let dice = |what: &str, n: usize, sides: u64| mix(format!("{what} {n}").as_bytes(), seed) % sides;
    for (n, head) in heads.iter_mut().enumerate() {
        if dice("text", n, 3) == 0 {
            head.sha_text = format!("text {}", dice("which", n, 2));
        }
        if dice("print", n, 2) == 0 {
            let from = 40 * dice("from", n, 3) + dice("more", n, 20);
            head.fingerprint = (from..from + 60).collect();
        }
        head.credited = (dice("credit", n, 4) == 0).then(|| "Reuters".to_string());
        head.dated = (dice("dated", n, 5) == 0).then(|| on(dice("day", n, 20) as i32));
    }
    let ids: Vec<String> = claims.iter().map(|claim| claim.id.clone()).collect();
    for (n, claim) in claims.iter_mut().enumerate() {
        if dice("passage", n, 2) == 0 {
            let exact = format!("{} killed in a raid on the market of the town", dice("words", n, 4));
            claim.evidence.push(Evidence { start: 5000 + n, end: 5040 + n, exact });
        }
        if dice("part", n, 4) == 0 {
            claim.part_of = Some(ids[dice("total", n, ids.len() as u64) as usize].clone());
        }
        let names = ["Khirbet al-Ruz", "Khirbat al Ruz", "Tell Shiha", "Tal Sheeha", "soldiers"];
        if dice("name", n, 3) == 0 {
            let mention = names[dice("spelling", n, names.len() as u64) as usize].to_string();
            let slot = if mention == "soldiers" { &mut claim.target } else { &mut claim.place };
            slot.push(Filler { mention, entity: None });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn stages_give_what_one_machine_gives(sketched in reports(), tasks in 1..9_u64, seed in any::<u64>()) {
        let case = Case::new("");
        let (mut heads, mut claims) = build(&case, &sketched);
        tangled(&mut heads, &mut claims, seed);
        assert_same(case.names(), &heads, &claims, tasks, seed);
    }
}
