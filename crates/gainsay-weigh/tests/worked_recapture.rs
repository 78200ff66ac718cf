//! The worked examples of capture and recapture: T10 and T11.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_weigh::recapture::{Refused, chao, chapman, lincoln_petersen, recapture};
use gainsay_weigh::{Ask, victims};

use crate::kit::Case;

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[test]
fn t10_two_lists_by_lincoln_petersen_and_chapman() {
    assert_eq!(lincoln_petersen(100, 80, 40), Some(200.0));
    let (estimate, deviation) = chapman(100, 80, 40);
    assert_eq!((hundredths(estimate), hundredths(deviation)), (198.54, 16.68));
    assert_eq!(lincoln_petersen(100, 80, 0), None);
}

/// Deaths in Kosovo, March to June 1999, by which of four lists hold them: HRW, OSCE, ABA, EXH (Ball, Betts,
/// Scheuren, Dudukovich and Asher 2002; package LCMCR).
const KOSOVO: &[(&str, u64)] = &[
    ("1111", 27),
    ("1110", 32),
    ("1101", 42),
    ("1100", 123),
    ("1011", 18),
    ("1010", 31),
    ("1001", 106),
    ("1000", 306),
    ("0111", 181),
    ("0110", 217),
    ("0101", 228),
    ("0100", 936),
    ("0011", 177),
    ("0010", 845),
    ("0001", 1131),
];

#[test]
fn t11_two_lists_are_never_enough() {
    let mut lists: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (cell, many) in KOSOVO {
        for (list, _) in ["hrw", "osce", "aba", "exh"].iter().zip(cell.chars()).filter(|(_, on)| *on == '1') {
            let people = (0..*many).map(|n| format!("{cell}-{n}"));
            lists.entry((*list).into()).or_default().extend(people);
        }
    }
    let on = |n: usize| -> u64 {
        KOSOVO.iter().filter(|(cell, _)| cell.matches('1').count() == n).map(|(_, many)| many).sum()
    };
    assert_eq!((on(1), on(2)), (3218, 882));
    assert_eq!(chao(4400, on(1), on(2), None).round(), 10_270.0);
    assert_eq!(chao(4400, on(1), on(2), Some(4)).round(), 8803.0);
    let pairwise = |a: &str, b: &str| {
        let both = lists[a].intersection(&lists[b]).count() as u64;
        lincoln_petersen(lists[a].len() as u64, lists[b].len() as u64, both).unwrap().round()
    };
    assert_eq!((pairwise("osce", "hrw"), pairwise("aba", "hrw")), (5462.0, 9691.0));
    let all = recapture(&lists).unwrap();
    assert_eq!((all.named, all.pairs.len(), all.chao.round()), (4400, 6, 8803.0));
    lists.retain(|name, _| name == "osce" || name == "hrw");
    assert_eq!(recapture(&lists), Err(Refused::TooFewLists));
}

#[test]
fn counts_are_refused_and_names_are_matched_over_spellings() {
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         casualties | place=p | on=2016-03-01 | killed=40
         @ b | 2016-03-02 | Monitor B
         casualties | place=p | on=2016-03-01 | killed=50",
    );
    assert_eq!(recapture(&victims(&case.weigh(), &Ask::default())), Err(Refused::NoNames));
    let case = Case::new(
        "@ a | 2016-03-02 | Monitor A
         casualties | target=Ahmad al-Ali, Omar Hassan, Samir Taleb | place=p | on=2016-03-01 | killed=3
         @ b | 2016-03-02 | Monitor B
         casualties | target=Ahmed Ali, Omar Hasan, Huda Nasser | place=p | on=2016-03-01 | killed=3
         @ c | 2016-03-02 | Reuters
         casualties | target=Omar Hassan, Rania Saleh | place=p | on=2016-03-01 | killed=2
         @ d | 2016-03-02 | The Paper
         casualties | target=Omar Hassan, Rania Saleh | place=p | on=2016-03-01 | killed=2 | by=reuters",
    );
    let lists = victims(&case.weigh(), &Ask::default());
    assert_eq!(
        lists.keys().collect::<Vec<_>>(),
        ["monitor-a", "monitor-b", "reuters"],
        "a carrier is no list"
    );
    let all = recapture(&lists).unwrap();
    assert_eq!(all.named, 5);
    assert!(all.chao > 5.0);
}
