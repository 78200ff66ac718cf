//! What five reports on Deir ez-Zor must answer, on claims written for this test.

use gainsay_model::{DisputeKind, HoldingState, Measure, Policy, TieKind};
use gainsay_weigh::{Ask, Flow, Weighed, control, displacement, holdings, sieges, tally, ties};

use crate::kit::{Case, day};

/// The five reports: one before the bridge fell, two of June 2014, one of January 2016, one without a day.
const REPORTS: &str = "
@ r0 | 2014-05-12 |
clash | actor=syrian-opposition | target=islamic-state | place=deir-ez-zor-governorate | by=reports
casualties | place=deir-ez-zor-governorate | casualties=100-999 | by=syrian-observatory-for-human-rights | unverified
displacement | target=people | place=deir-ez-zor-governorate | displaced=100000+ | scope=cumulative | by=syrian-observatory-for-human-rights | unverified
casualties | actor=islamic-state | target=islamic-front, al-nusra-front, syrian-opposition | place=deir-ez-zor-city | killed=500-600 | by=Arab Chronicle
control | status=possible | actor=islamic-state | place=deir-ez-zor-governorate | degree=full | by=islamic-front
control | actor=islamic-state | place=western-suburbs | degree=full | by=islamic-front
siege | actor=islamic-state | place=deir-ez-zor-city | by=islamic-front
withdrawal | actor=syrian-opposition | place=western-suburbs | by=islamic-front

@ r1 | 2014-06-23 | Syria Direct
clash | actor=islamic-state | place=deir-ez-zor-governorate | on=2014-06-09..2014-06-23
clash | actor=islamic-state, syrian-government, syrian-opposition | place=deir-ez-zor-governorate
control | actor=syrian-opposition | place=deir-ez-zor-city | degree=partial
siege | target=syrian-opposition | place=deir-ez-zor-city | on=2014-06-03..2014-06-23
capture | actor=islamic-state | place=siyasiyeh-bridge | on=2014-06-03
control | actor=syrian-government | place=al-qusour, al-joura
capture | actor=islamic-state | place=al-qaim-crossing | on=2014-06-21
withdrawal | actor=gunmen | place=al-qaim-crossing | on=2014-06-20 | by=al-arabiya
control | actor=gunmen | place=al-qaim-crossing | by=al-arabiya
control | actor=syrian-government | place=al-qusour, al-joura | degree=full | by=Wisam al-Arab
capture | status=intended | actor=syrian-government | place=al-hawiqa | by=Wisam al-Arab
control | actor=islamic-state | place=siyasiyeh-bridge | by=Wisam al-Arab
obstruction | actor=islamic-state | place=deir-ez-zor-city | cut=aid | by=Wisam al-Arab
displacement | target=people | place=deir-ez-zor-governorate | displaced=200000+ | scope=cumulative | by=Wisam al-Arab
clash | status=denied | actor=syrian-government | target=islamic-state | place=deir-ez-zor-governorate | by=Wisam al-Arab
clash | actor=islamic-state | target=syrian-opposition | place=deir-ez-zor-governorate | by=Wisam al-Arab
allegiance | actor=Mohsen | target=islamic-state | on=2014-06-18 | by=Wisam al-Arab

@ r2 | 2016-01-18 | Syrian Observatory for Human Rights < Wall Street Journal
capture | actor=islamic-state | target=syrian-government | place=deir-ez-zor-city | degree=partial | by=syrian-observatory-for-human-rights
control | actor=islamic-state | place=deir-ez-zor-city | degree=partial
attack | actor=islamic-state | target=syrian-government | place=deir-ez-zor-city | on=2016-01-16..2016-01-18
siege | actor=islamic-state | target=syrian-government | place=deir-ez-zor-city | on=2015-01-18..2016-01-18
clash | actor=US-backed Iraqi forces | target=islamic-state | place=anbar
capture | actor=islamic-state | place=ayyash | on=2016-01-18 | degree=partial | by=syrian-observatory-for-human-rights, antigovernment activists
casualties | target=people | place=Assad regime-held areas | killed=135+ | scope=cumulative | by=syrian-observatory-for-human-rights
casualties | target=government soldiers, allied militiamen | killed=50 | by=syrian-observatory-for-human-rights | part=1
casualties | target=Islamic State fighters | killed=42 | by=syrian-observatory-for-human-rights | part=2
detention | actor=islamic-state | target=civilians | detained=400+ | on=2016-01-16..2016-01-17 | by=syrian-observatory-for-human-rights
casualties | target=regime forces | killed=65 | by=deir-ezzor-24
casualties | target=Islamic State militants | killed=22 | by=deir-ezzor-24
casualties | target=civilians | killed=300 | by=sana
casualties | actor=islamic-state | target=members of the Assad regime forces | killed=167 | by=amaq
detention | actor=islamic-state | target=civilians | place=al-baghiliya | detained=100-999 | by=syrian-government, dbss | unverified
casualties | actor=islamic-state | target=civilians | killed=280+ | by=sana, syrian-foreign-ministry
cooperation | actor=islamic-state, syrian-government | on=2014-01-01..2015-12-31
need | target=people | place=deir-ez-zor-city | in_need=200000 | by=united-nations
obstruction | actor=islamic-state | place=deir-ez-zor-city | cut=movement,aid | by=united-nations-ocha

@ r3 | 2014-06-18 | Syria Direct
siege | actor=syrian-government, islamic-state | place=deir-ez-zor-city
control | actor=syrian-opposition | place=deir-ez-zor-city | degree=partial
siege | place=deir-ez-zor-city | on=2014-06-03..2014-06-18
capture | actor=islamic-state | place=siyasiyeh-bridge | on=2014-06-03
clash | status=denied | actor=syrian-government, islamic-state | by=activists | unverified
shelling | actor=syrian-government | place=al-hawiqa | by=El Dorar
allegiance | actor=rebel commanders | target=islamic-state | place=deir-ez-zor-governorate | fighters=4 | by=local media activists
capture | actor=islamic-state | place=mosul
control | actor=syrian-government | place=al-qusour, al-joura | by=Amro al-Dairi

@ r4 | ? | ARA News
siege | actor=syrian-government, lebanese-militias | place=deir-ez-zor-city
control | actor=syrian-government | place=al-qusour, al-joura | degree=full
cooperation | actor=syrian-government | target=islamic-state | by=FSA-linked sources
cooperation | actor=syrian-government | target=islamic-state | by=Abo Hussein al-Furati
casualties | target=people | place=al-Taym road | killed=5 | by=Abo Hussein al-Furati
";

#[test]
fn a_page_that_reprints_a_paper_that_cites_the_page_is_one_voice() {
    let case = Case::new(REPORTS);
    let weighed = case.weigh();
    let observatory = source(&weighed, "syrian-observatory-for-human-rights");
    assert_eq!(observatory.circular, [["syrian-observatory-for-human-rights", "wall-street-journal"]]);
    assert_eq!(observatory.reposts, ["wall-street-journal"]);
    let toll = weighed.claims(&Ask { report: Some("r2".into()), ..Ask::default() });
    let toll =
        toll.iter().find(|claim| claim.count.as_ref().is_some_and(|count| count.low == Some(135))).unwrap();
    assert_eq!(weighed.roots[&toll.id], ["syrian-observatory-for-human-rights"]);
    assert_eq!(weighed.chain(&toll.id)[..2], ["syrian-observatory-for-human-rights", "wall-street-journal"]);
}

#[test]
fn the_chain_ends_at_the_ministry_and_sides_are_told() {
    let case = Case::new(REPORTS);
    let weighed = case.weigh();
    let ministry = case
        .claims
        .iter()
        .find(|claim| claim.count.as_ref().is_some_and(|count| count.low == Some(280)))
        .unwrap();
    assert_eq!(weighed.roots[&ministry.id], ["syrian-foreign-ministry"]);
    assert_eq!(weighed.chain(&ministry.id).last().unwrap(), "syrian-foreign-ministry");
    assert!(weighed.chain(&ministry.id).contains(&"sana".to_string()));
    for (id, side) in [("sana", "government"), ("amaq", "islamic-state"), ("deir-ezzor-24", "opposition")] {
        assert_eq!(weighed.side(id), side);
    }
    assert_eq!(weighed.side("fsa-linked-sources@ara-news"), "");
    assert_eq!(weighed.side("antigovernment-activists@wall-street-journal"), "opposition");
}

#[test]
fn january_2016_counts_by_source() {
    let case = Case::new(REPORTS);
    let weighed = case.weigh();
    let ask = Ask {
        place: vec!["deir-ez-zor-governorate".into()],
        from: Some(day("2016-01-01")),
        to: Some(day("2016-01-31")),
        ..Ask::default()
    };
    let lines = tally(&weighed, &ask, Policy::BySource);
    let cell = |group: &str, root: &str| {
        let line = lines.iter().find(|line| line.measure == Measure::Killed && line.group == group)?;
        line.by_source.iter().find(|source| source.root == root).map(|source| (source.low, source.high))
    };
    let observatory = "syrian-observatory-for-human-rights";
    let exactly = |n| Some((Some(n), Some(n)));
    assert_eq!(cell("government-side", observatory), exactly(50));
    assert_eq!(cell("islamic-state-side", observatory), exactly(42));
    assert_eq!(cell("all", observatory), Some((Some(135), None)));
    assert_eq!(cell("government-side", "deir-ezzor-24"), exactly(65));
    assert_eq!(cell("islamic-state-side", "deir-ezzor-24"), exactly(22));
    assert_eq!(cell("civilians", "sana"), exactly(300));
    assert_eq!(cell("civilians", "syrian-foreign-ministry"), Some((Some(280), None)));
    assert_eq!(cell("government-side", "amaq"), exactly(167));
    assert_eq!(cell("civilians", observatory), None);
    let killed = lines.iter().filter(|line| line.measure == Measure::Killed).count();
    assert_eq!(killed, 4, "all, civilians and two sides: {lines:#?}");
}

#[test]
fn january_2016_counts_that_disagree() {
    let case = Case::new(REPORTS);
    let weighed = case.weigh();
    let counts: Vec<_> = weighed
        .disputes
        .iter()
        .filter(|dispute| dispute.kind == DisputeKind::Count && !dispute.revision)
        .collect();
    let told: Vec<(String, Vec<&str>)> = counts
        .iter()
        .map(|dispute| {
            (dispute.about.group.clone().unwrap(), dispute.sides.iter().map(|side| &*side.value).collect())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("government-side".into(), vec!["50", "65", "167"]),
            ("islamic-state-side".into(), vec!["22", "42"])
        ],
        "{counts:#?}"
    );
    assert_eq!(counts[0].spread, Some(3.34));
    assert_eq!(counts[1].spread, Some(1.909));
}

#[test]
fn the_displaced_are_a_rise_and_no_dispute() {
    let case = Case::new(REPORTS);
    let weighed = case.weigh();
    let rise =
        weighed.disputes.iter().find(|dispute| dispute.about.measure == Some(Measure::Displaced)).unwrap();
    assert!(rise.revision);
    let values: Vec<&str> = rise.sides.iter().map(|side| &*side.value).collect();
    assert_eq!(values, ["at least 200000", "at least 100000"]);
    let series = displacement(&weighed, &Ask::default());
    let series: Vec<_> = series.iter().map(|point| (point.to, point.what, point.low)).collect();
    let stock = |text, n| (Some(day(text)), Flow::Stock, Some(n));
    assert_eq!(series, [stock("2014-05-12", 100_000), stock("2014-06-23", 200_000)]);
}

#[test]
fn control_as_of_a_date() {
    let case = Case::new(REPORTS);
    let weighed = case.weigh();
    let at = |place: &str, text: &str| {
        let lines = control(&weighed, &Ask { place: vec![place.into()], ..Ask::default() }, day(text));
        (lines[0].state, lines[0].holders.join(" "))
    };
    for place in ["al-qusour", "al-joura"] {
        assert_eq!(at(place, "2014-06-20"), (HoldingState::Held, "syrian-government".into()));
        let line =
            &control(&weighed, &Ask { place: vec![place.into()], ..Ask::default() }, day("2014-06-20"))[0];
        assert_eq!((line.claims.len(), line.age_days, line.since), (3, Some(2), Some(day("2014-06-18"))));
        assert_eq!(at(place, "2014-06-17").0, HoldingState::Unknown, "nobody looks back");
    }
    assert_eq!(at("siyasiyeh-bridge", "2014-06-02").0, HoldingState::Unknown);
    assert_eq!(at("siyasiyeh-bridge", "2014-06-04"), (HoldingState::Held, "islamic-state".into()));
    assert_eq!(at("al-qaim-crossing", "2014-06-20").1, "gunmen");
    assert_eq!(at("al-qaim-crossing", "2014-06-21").1, "islamic-state");
    assert_eq!(at("al-qaim-crossing", "2014-06-22").1, "islamic-state");
    assert_eq!(at("western-suburbs", "2014-05-12").1, "islamic-state");
    assert_eq!(at("ayyash", "2016-01-18").1, "islamic-state");
    assert_eq!(at("mosul", "2014-06-18"), (HoldingState::Claimed, "islamic-state".into()));
    let early =
        Ask { place: vec!["al-qaim-crossing".into()], known_by: Some(day("2014-06-19")), ..Ask::default() };
    assert_eq!(control(&weighed, &early, day("2014-06-22"))[0].state, HoldingState::Unknown);
    let bridge = weighed.events.iter().filter(|event| event.id == "2014-06-03-capture-siyasiyeh-bridge");
    assert_eq!(bridge.map(|event| event.claims.len()).collect::<Vec<_>>(), [2], "two reports, one event");
}

#[test]
fn control_by_one_source_and_by_all_places() {
    let case = Case::new(REPORTS);
    let weighed = case.weigh();
    let ask =
        Ask { place: vec!["al-qusour".into()], according_to: vec!["wisam-al-arab".into()], ..Ask::default() };
    assert_eq!(control(&weighed, &ask, day("2014-06-20"))[0].state, HoldingState::Unknown);
    assert_eq!(control(&weighed, &ask, day("2014-06-24"))[0].state, HoldingState::Claimed);
    let all = control(&weighed, &Ask::default(), day("2014-06-23"));
    let places: Vec<&str> = all.iter().map(|line| &*line.place).collect();
    assert_eq!(
        places,
        [
            "al-joura",
            "al-qaim-crossing",
            "al-qusour",
            "deir-ez-zor-city",
            "mosul",
            "siyasiyeh-bridge",
            "western-suburbs"
        ]
    );
    let bridge = Ask { place: vec!["siyasiyeh-bridge".into()], ..Ask::default() };
    let held = holdings(&weighed, &bridge);
    assert_eq!((held.len(), held[0].from, held[0].to), (1, day("2014-06-03"), None));
}

#[test]
fn the_two_sieges_of_the_city() {
    let case = Case::new(REPORTS);
    let weighed = case.weigh();
    let found = sieges(&weighed, &Ask { place: vec!["deir-ez-zor-city".into()], ..Ask::default() });
    let of = |from: &str| {
        found.iter().find(|siege| siege.from == Some(day(from))).unwrap_or_else(|| panic!("{found:#?}"))
    };
    let east = of("2014-06-03");
    assert!(east.disputed);
    assert_eq!(east.target.as_deref(), Some("syrian-opposition"));
    assert_eq!(east.besiegers, ["islamic-state", "lebanese-militias", "syrian-government"]);
    let west = of("2015-01-18");
    assert_eq!((west.disputed, &west.besiegers[..]), (false, &["islamic-state".to_string()][..]));
    assert_eq!(west.cut.len(), 2);
}

#[test]
fn who_is_with_whom_side_by_side() {
    let case = Case::new(REPORTS);
    let weighed = case.weigh();
    let lines = ties(&weighed, &Ask::default(), &["syrian-government".into()], &["islamic-state".into()]);
    let kinds: std::collections::BTreeSet<TieKind> = lines.iter().map(|line| line.tie).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), [TieKind::Fight, TieKind::Cooperate, TieKind::Avoid]);
    let fights: Vec<_> =
        lines.iter().filter(|line| line.tie == TieKind::Fight).map(|line| line.from).collect();
    assert_eq!(fights, [Some(day("2014-06-23")), Some(day("2016-01-16"))]);
    let tie = weighed.disputes.iter().find(|dispute| dispute.kind == DisputeKind::Tie).unwrap();
    assert_eq!(tie.about.pair, Some(["islamic-state".into(), "syrian-government".into()]));
    let joined = ties(&weighed, &Ask::default(), &[], &["islamic-state".into()]);
    let joined: Vec<&str> =
        joined.iter().filter(|line| line.tie == TieKind::Join).map(|line| &*line.a).collect();
    assert_eq!(joined, ["mohsen", "rebel-commanders"], "two shifts, not merged");
}

fn source<'w>(weighed: &'w Weighed, id: &str) -> &'w gainsay_model::SourceView {
    weighed.sources.iter().find(|source| source.id == id).unwrap()
}
