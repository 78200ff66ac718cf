//! Reports made to mislead: floods of copies, planted changes, planted credits. What must not happen is that somebody
//! is made to say what they never said, or that one voice counts as many.

use std::collections::BTreeMap;

use gainsay_model::Policy;
use gainsay_weigh::{Ask, Weighed, tally};

use crate::kit::Case;

/// A text of Reuters, and copies of it by outlets nobody knows, each with the figure of its own number.
fn flood(copies: usize, figure: impl Fn(usize) -> u64) -> Case {
    let mut table = String::from(
        "@ a | 2016-03-01 | Reuters
         shelling | actor=ypg | place=p | on=2016-03-01 | at=0
         casualties | place=p | on=2016-03-01 | killed=12 | at=10\n",
    );
    for n in 0..copies {
        table.push_str(&format!(
            "@ copy-{n:04} | 2016-03-02 | Made-up Gazette {}
             shelling | actor=ypg | place=p | on=2016-03-01 | at=0
             casualties | place=p | on=2016-03-01 | killed={} | at=10\n",
            n % 100,
            figure(n)
        ));
    }
    let mut case = Case::new(&table);
    for (n, report) in case.reports.iter_mut().enumerate() {
        // Nine runs of words are other ones where one figure is.
        let own = n as u64 * 1000;
        report.fingerprint = (0..90).chain(10_000 + own..10_009 + own).collect();
        report.sha_text = format!("{n:064x}");
    }
    for claim in &mut case.claims {
        let count = claim.count.as_ref().and_then(|count| count.low);
        claim.evidence[0].exact = match count {
            Some(count) => format!("Shells killed {count} people in the market"),
            None => "The YPG shelled the town".into(),
        };
    }
    case
}

/// The roots of each figure.
fn figures(weighed: &Weighed) -> BTreeMap<u64, Vec<String>> {
    let lines = tally(weighed, &Ask::default(), Policy::BySource);
    let mut figures: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for by in lines.iter().flat_map(|tally| &tally.by_source) {
        figures.entry(by.low.unwrap_or_default()).or_default().push(by.root.clone());
    }
    figures
}

#[test]
fn a_copy_with_another_figure_is_not_the_originals_word() {
    let case = flood(1, |_| 400);
    let weighed = case.weigh();
    assert_eq!(weighed.copy_of(&case.claims[3].id), Some("a"));
    let figures = figures(&weighed);
    assert_eq!(figures[&12], ["reuters"], "{figures:?}");
    assert_eq!(figures[&400], ["made-up-gazette-0"], "{figures:?}");
    let roots =
        |id: &str| weighed.kept().find(|(keys, _)| keys.id == id).map(|(_, kept)| kept.roots().to_vec());
    assert_eq!(
        roots(&case.claims[2].id).unwrap(),
        ["reuters"],
        "what is not changed is still the original's"
    );
    assert_eq!(
        weighed.chain(&case.claims[2].id),
        ["made-up-gazette-0", "reuters"],
        "and who carried it is told"
    );
}

#[test]
fn a_thousand_near_copies_with_one_figure_changed_are_one_voice() {
    let begun = std::time::Instant::now();
    let case = flood(1000, |_| 400);
    let weighed = case.weigh();
    let figures = figures(&weighed);
    assert_eq!(figures[&12], ["reuters"], "{figures:?}");
    assert_eq!(figures[&400], ["made-up-gazette-0"], "a hundred outlets, one voice: {figures:?}");
    // A bound against work that grows with the square of the copies, not a measure of speed.
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    let lines = tally(&weighed, &Ask::default(), Policy::Ucdp);
    let all = lines.iter().find(|tally| tally.group == "all").unwrap();
    assert_eq!(
        (all.low, all.best, all.high),
        (Some(12), Some(12), Some(400)),
        "of as many voices the low one wins"
    );
}

#[test]
fn many_changed_figures_are_a_voice_each_and_none_wins_by_number() {
    let case = flood(300, |n| 400 + (n as u64 % 3));
    let figures = figures(&case.weigh());
    assert_eq!(figures.len(), 4, "{figures:?}");
    assert!(figures.values().all(|roots| roots.len() == 1), "{figures:?}");
}

#[test]
fn an_outlet_that_changes_its_own_figure_revises_it() {
    let mut case = flood(1, |_| 19);
    case.reports[1].publisher = Some("Reuters".into());
    let figures = figures(&case.weigh());
    assert_eq!(figures.values().flatten().collect::<Vec<_>>(), ["reuters"], "{figures:?}");
    assert!(figures.contains_key(&19), "{figures:?}");
}

#[test]
fn a_sentence_put_into_a_copy_is_the_copys_own() {
    let mut case = flood(1, |_| 12);
    let mut planted = case.claims[3].clone();
    planted.id = "copy-0000-planted".into();
    planted.evidence[0].exact = "Rebels killed 40 people in a school".into();
    planted.count.as_mut().unwrap().low = Some(40);
    planted.count.as_mut().unwrap().high = Some(40);
    case.claims.push(planted);
    let weighed = case.weigh();
    let figures = figures(&weighed);
    assert_eq!(figures[&40], ["made-up-gazette-0"], "{figures:?}");
    assert_eq!(figures[&12], ["reuters"], "{figures:?}");
}

#[test]
fn whoever_repeats_the_flood_adds_no_voice() {
    let once = figures(&flood(10, |_| 400).weigh());
    let often = figures(&flood(50, |_| 400).weigh());
    assert_eq!(once, often);
}

#[test]
fn a_flood_is_the_same_on_a_cluster() {
    let mut case = flood(6, |n| 400 + n as u64 % 2);
    case.reports[3].publisher = Some("Reuters".into());
    crate::stages::assert_same(case.names(), &case.reports, &case.claims, 3, 11);
}

#[test]
fn a_forged_name_is_no_voice_of_the_one_it_looks_like() {
    let case = Case::new(
        "@ a | 2016-03-01 | Reuters
         casualties | place=p | on=2016-03-01 | killed=12
         @ b | 2016-03-01 | Reuter\u{455}
         casualties | place=p | on=2016-03-01 | killed=400
         @ c | 2016-03-01 | The Paper
         casualties | place=p | on=2016-03-01 | killed=401 | by=S\u{410}NA",
    );
    let weighed = case.weigh();
    let figures = figures(&weighed);
    assert_eq!(
        (&figures[&12][..], &figures[&400][..], &figures[&401][..]),
        (&["reuters".to_string()][..], &["reuteru0455".to_string()][..], &["su0430na".to_string()][..])
    );
    let like: Vec<(&str, &str)> = weighed
        .sources
        .iter()
        .filter_map(|source| Some((source.id.as_str(), source.looks_like.as_deref()?)))
        .collect();
    assert_eq!(like, [("reuteru0455", "reuters"), ("su0430na", "sana")]);
}

#[test]
fn no_outlet_can_imitate_an_id_of_our_own_making() {
    let case = Case::new(
        "@ a | 2016-03-01 | unnamed@b
         casualties | place=p | on=2016-03-01 | killed=12
         @ b | 2016-03-01
         casualties | place=p | on=2016-03-01 | killed=13
         @ c | 2016-03-01 | activists@Reuters
         casualties | place=p | on=2016-03-01 | killed=14
         @ d | 2016-03-01 | Reuters
         casualties | place=p | on=2016-03-01 | killed=15 | by=activists",
    );
    let figures = figures(&case.weigh());
    let roots: Vec<&String> = figures.values().flatten().collect();
    assert_eq!(roots, ["unnamed-b", "unnamed@b", "activists-reuters", "activists@reuters"]);
}
