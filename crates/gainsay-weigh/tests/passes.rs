//! Each pass by itself: what it joins, what it keeps apart.

use gainsay_model::{DisputeKind, HoldingState, Measure, Policy};
use gainsay_weigh::{Ask, Weighed, control, resolve, tally};

use crate::kit::{Case, day};

fn holder(weighed: &Weighed, place: &str, on: &str) -> (HoldingState, String) {
    let lines = control(weighed, &Ask { place: vec![place.into()], ..Ask::default() }, day(on));
    (lines[0].state, lines[0].holders.join(" "))
}

fn disputes<'w>(weighed: &'w Weighed, kind: DisputeKind) -> Vec<Vec<&'w str>> {
    let of_kind = weighed.disputes.iter().filter(|dispute| dispute.kind == kind && !dispute.revision);
    of_kind.map(|dispute| dispute.sides.iter().map(|side| &*side.value).collect()).collect()
}

// ---- link

#[test]
fn names_in_any_spelling_are_asked_for_by_id_or_name() {
    let case = Case::new("");
    let names = case.names();
    let places = [gainsay_lexicon::NameKind::Place];
    assert_eq!(resolve("siyasiyeh-bridge", &names, &places), ["siyasiyeh-bridge"]);
    assert_eq!(resolve("al-Siyasiya Bridge", &names, &places), ["siyasiyeh-bridge"]);
    assert_eq!(resolve("Wisam al-Arab", &names, &[gainsay_lexicon::NameKind::Source]), ["wisam-al-arab"]);
}

#[test]
fn the_city_of_one_report_is_not_the_city_of_another() {
    let case = Case::new(
        "@ a | 2016-03-01 | Reuters
         control | actor=ypg | place=the city
         @ b | 2016-03-01 | AFP
         control | actor=islamic-state | place=the city",
    );
    let weighed = case.weigh();
    assert!(weighed.disputes.is_empty(), "{:?}", weighed.disputes);
    assert_eq!(control(&weighed, &Ask::default(), day("2016-03-01")).len(), 2);
}

// ---- roots

#[test]
fn copies_are_found_by_their_words_and_by_their_hash() {
    for (a, b) in [(" = h1", " = h1"), ("", "")] {
        let mut case = Case::new(&format!(
            "@ a | 2016-03-01 | Reuters{a}
             airstrike | actor=ypg | place=p | on=2016-03-01
             casualties | actor=ypg | place=p | on=2016-03-01 | killed=7
             @ b | 2016-03-04 | The Paper{b}
             airstrike | actor=ypg | place=p | on=2016-03-01
             casualties | actor=ypg | place=p | on=2016-03-01 | killed=7"
        ));
        for claim in &mut case.claims {
            let kind = claim.kind;
            claim.evidence[0].exact =
                format!("{kind}: {}", "the same long words in both of the reports ".repeat(4));
        }
        let weighed = case.weigh();
        assert_eq!(weighed.events[0].roots, ["reuters"]);
        assert_eq!(weighed.copy_of("b-002"), Some("a"));
        let paper = weighed.sources.iter().find(|source| source.id == "paper").unwrap();
        assert_eq!(
            (&paper.reposts[..], &paper.copies[..]),
            (&["reuters".to_string()][..], &[vec!["a".to_string(), "b".into()]][..])
        );
    }
}

#[test]
fn activists_of_two_papers_are_two_voices_and_of_a_wire_in_two_papers_one() {
    let case = Case::new(
        "@ a | 2016-03-01 | Reuters
         airstrike | actor=ypg | place=p | on=2016-03-01 | by=local activists
         @ b | 2016-03-01 | AFP
         airstrike | actor=ypg | place=p | on=2016-03-01 | by=local activists
         @ c | 2016-03-01 | The Paper
         airstrike | actor=ypg | place=p | on=2016-03-01 | by=reuters, local activists",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.events[0].roots, ["local-activists@afp", "local-activists@reuters"]);
}

#[test]
fn a_ministry_and_the_agency_of_one_state_are_one_camp() {
    let case = Case::new(
        "@ a | 2016-03-01 | SANA
         airstrike | actor=ypg | place=p | on=2016-03-01
         @ b | 2016-03-01 | Reuters
         airstrike | actor=ypg | place=p | on=2016-03-01 | by=syrian-foreign-ministry",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.events[0].roots, ["sana", "syrian-foreign-ministry"]);
    assert_eq!(weighed.events[0].grade.occurrence, "weak");
}

#[test]
fn who_belongs_to_whom_is_not_beside_them() {
    let case = Case::new(
        "@ a | 2016-03-01 | The Paper
         need | target=people | place=p | in_need=10 | by=united-nations, united-nations-ocha
         detention | target=civilians | place=p | by=syrian-government, dbss",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.roots["a-000"], ["united-nations-ocha"]);
    assert_eq!(weighed.roots["a-001"], ["dbss", "syrian-government"]);
}

#[test]
fn a_monitor_answers_for_a_source_that_it_does_not_name() {
    let case = Case::new(
        "@ a | 2016-03-02 | The Paper
         airstrike | actor=ypg | place=p | on=2016-03-01
         casualties | place=p | on=2016-03-01 | killed=90 | by=monitor-a, source at the airport
         @ b | 2016-03-02 | Monitor A
         casualties | place=p | on=2016-03-01 | killed=90
         @ c | 2016-03-02 | SANA
         casualties | place=p | on=2016-03-01 | killed=62 | by=local sources
         @ d | 2016-03-02 | The Paper
         casualties | target=civilians | place=p | on=2016-03-01 | killed=4 | by=Wael, relief committees",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.roots["a-001"], ["source-at-the-airport@monitor-a"]);
    assert_eq!(weighed.chain("a-001"), ["paper", "monitor-a", "source-at-the-airport@monitor-a"]);
    assert_eq!(weighed.roots["d-004"], ["relief-committees@wael"]);
    let lines = tally(&weighed, &Ask::default(), Policy::Ucdp);
    let roots: Vec<_> = lines[0].by_source.iter().map(|by| (&*by.root, by.low)).collect();
    assert_eq!(roots, [("monitor-a", Some(90)), ("sana", Some(62))]);
    assert_eq!(lines[0].rule, "tie -> low", "the monitor and its source are one");
}

// ---- events

#[test]
fn one_strike_told_by_two_papers_is_one_event() {
    let case = Case::new(
        "@ a | 2016-03-02 | Reuters
         airstrike | actor=syrian-government | place=p | on=2016-03-01
         casualties | target=civilians | killed=12
         @ b | 2016-03-03 | AFP
         airstrike | actor=syrian-army | place=p-market | on=2016-03-01
         casualties | target=civilians | place=p-market | killed=9",
    );
    let weighed = case.weigh();
    let ids: Vec<_> = weighed.events.iter().map(|event| (&*event.id, event.claims.len())).collect();
    assert_eq!(ids, [("2016-03-01-airstrike-p-market", 4)]);
    assert_eq!(disputes(&weighed, DisputeKind::Count), [["9", "12"]]);
}

#[test]
fn other_days_kinds_doers_and_places_are_other_events() {
    let case = Case::new(
        "@ a | 2016-03-09 | Reuters
         airstrike | actor=syrian-government | place=p | on=2016-03-01
         airstrike | actor=syrian-government | place=p | on=2016-03-03
         shelling | actor=syrian-government | place=p | on=2016-03-01
         airstrike | actor=ypg | place=p | on=2016-03-01
         airstrike | actor=syrian-government | place=ayyash | on=2016-03-01
         clash | actor=syrian-government | target=ypg | place=p | on=2016-01-01..2016-03-09",
    );
    let weighed = case.weigh();
    assert_eq!(
        weighed.events.len(),
        6,
        "{:#?}",
        weighed.events.iter().map(|event| &event.id).collect::<Vec<_>>()
    );
    assert!(weighed.events.iter().any(|event| event.id == "2016-03-01-airstrike-p-2"));
}

#[test]
fn what_was_taken_somewhere_else_is_not_the_bridge() {
    let case = Case::new(
        "@ a | 2014-06-18 | Syria Direct
         capture | actor=islamic-state | place=siyasiyeh-bridge | on=2014-06-03 | at=0
         capture | actor=islamic-state | place=the rural areas | by=Amro al-Dairi | at=100",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.events.len(), 2);
    let bridge =
        weighed.events.iter().find(|event| event.id == "2014-06-03-capture-siyasiyeh-bridge").unwrap();
    assert_eq!(bridge.roots, ["syria-direct"]);
}

#[test]
fn possible_events_are_none_and_denials_join_what_they_deny() {
    let case = Case::new(
        "@ a | 2016-03-02 | Reuters
         airstrike | actor=ypg | place=p | on=2016-03-01
         capture | status=possible | actor=ypg | place=p
         capture | status=denied | actor=ypg | place=ayyash | on=2016-03-01
         @ b | 2016-03-02 | Voice of A
         airstrike | status=denied | actor=ypg | place=p | on=2016-03-01",
    );
    let weighed = case.weigh();
    assert_eq!(weighed.events.len(), 1);
    assert_eq!(weighed.events[0].grade.occurrence, "contested");
    assert_eq!(disputes(&weighed, DisputeKind::Occurrence), [["asserted", "denied"]]);
    assert!(!weighed.event_of.contains_key("a-001"));
}

#[test]
fn one_shelling_with_two_doers_is_a_dispute() {
    let case = Case::new(
        "@ a | 2016-03-02 | SANA
         shelling | actor=syrian-opposition | place=p-market | on=2016-03-01
         @ b | 2016-03-02 | Monitor A
         shelling | actor=syrian-army | place=p-market | on=2016-03-01",
    );
    let weighed = case.weigh();
    assert_eq!(disputes(&weighed, DisputeKind::Actor), [["syrian-army", "syrian-opposition"]]);
    assert_eq!(weighed.events[0].grade.attribution, "contested");
}

// ---- counts

#[test]
fn a_newer_figure_of_one_voice_is_a_revision_and_a_part_is_no_rival() {
    let case = Case::new(
        "@ a | 2016-03-02 | Reuters
         bombing | place=p | on=2016-03-01
         casualties | place=p | on=2016-03-01 | killed=20 | by=monitor-a
         @ b | 2016-03-03 | Reuters
         casualties | place=p | on=2016-03-01 | killed=31 | by=monitor-a
         casualties | place=p | on=2016-03-01 | killed=9 | by=monitor-a | part=1
         casualties | place=p | on=2016-03-01 | killed=4 | group=children | by=monitor-a | part=2",
    );
    let weighed = case.weigh();
    assert!(disputes(&weighed, DisputeKind::Count).is_empty());
    let revision = weighed.disputes.iter().find(|dispute| dispute.revision).unwrap();
    assert_eq!(revision.sides.iter().map(|side| &*side.value).collect::<Vec<_>>(), ["31", "20"]);
    assert_eq!(weighed.events[0].killed.best, Some(31));
    let early = tally(&weighed, &Ask { known_by: Some(day("2016-03-02")), ..Ask::default() }, Policy::Ucdp);
    assert_eq!(early[0].best, Some(20), "as known the day before");
}

#[test]
fn events_are_summed_and_what_is_told_within_them_is_not() {
    let case = Case::new(
        "@ a | 2016-03-09 | Monitor A
         attack | actor=ypg | target=islamic-state | place=p | on=2016-03-01..2016-03-05
         casualties | place=p | on=2016-03-01..2016-03-05 | killed=50
         bombing | actor=islamic-state | place=p | on=2016-03-03
         casualties | actor=islamic-state | place=p | on=2016-03-03 | killed=8 | at=3001
         airstrike | actor=syrian-government | place=p | on=2016-03-08
         casualties | actor=syrian-government | place=p | on=2016-03-08 | killed=5
         casualties | place=p | killed=9000 | scope=cumulative | on=2011-03-15..2016-03-09",
    );
    let weighed = case.weigh();
    let march = Ask { from: Some(day("2016-03-01")), to: Some(day("2016-03-31")), ..Ask::default() };
    let lines = tally(&weighed, &march, Policy::Ucdp);
    assert_eq!(lines.len(), 1, "the war's toll is not the month's: {lines:#?}");
    assert_eq!((lines[0].measure, lines[0].best), (Measure::Killed, Some(55)));
    assert_eq!(lines[0].rule, "one voice; sum of 2 events; 1 told within larger ones not added");
    let ever = tally(&weighed, &Ask::default(), Policy::Ucdp);
    assert_eq!(ever.iter().map(|line| line.best).collect::<Vec<_>>(), [Some(55), Some(9000)]);
}

// ---- control

#[test]
fn a_sides_own_word_stays_a_claim_and_a_second_camp_makes_it_held() {
    let case = Case::new(
        "@ a | 2016-03-01 | SANA
         capture | actor=syrian-army | place=p | on=2016-03-01
         @ b | 2016-03-02 | Reuters
         control | actor=syrian-government | place=p | by=syrian-foreign-ministry",
    );
    assert_eq!(holder(&case.weigh(), "p", "2016-03-05"), (HoldingState::Claimed, "syrian-army".into()));
    let case = Case::new(
        "@ a | 2016-03-01 | SANA
         capture | actor=syrian-army | place=p | on=2016-03-01
         @ b | 2016-03-02 | Reuters
         control | actor=syrian-army | place=p",
    );
    assert_eq!(holder(&case.weigh(), "p", "2016-03-01").0, HoldingState::Held);
}

#[test]
fn possible_control_is_none_and_another_voice_can_only_dispute() {
    let case = Case::new(
        "@ a | 2016-03-01 | Reuters
         control | actor=ypg | place=p
         control | status=possible | actor=islamic-state | place=p
         @ b | 2016-03-09 | AFP
         control | status=denied | actor=ypg | place=p",
    );
    let weighed = case.weigh();
    assert_eq!(holder(&weighed, "p", "2016-02-29").0, HoldingState::Unknown);
    assert_eq!(holder(&weighed, "p", "2016-03-08"), (HoldingState::Claimed, "ypg".into()));
    assert_eq!(holder(&weighed, "p", "2016-03-09").0, HoldingState::Contested);
    let taken_back = Case::new(
        "@ a | 2016-03-01 | Reuters
         control | actor=ypg | place=p
         @ b | 2016-03-09 | Reuters
         control | status=denied | actor=ypg | place=p",
    );
    assert_eq!(holder(&taken_back.weigh(), "p", "2016-03-09").0, HoldingState::Unknown);
}

#[test]
fn a_place_inherits_only_from_a_whole_that_is_held() {
    let case = Case::new(
        "@ a | 2016-03-01 | Reuters
         control | actor=islamic-state | place=deir-ez-zor-governorate | degree=full
         control | actor=ypg | place=anbar",
    );
    let weighed = case.weigh();
    let lines = control(&weighed, &Ask { place: vec!["ayyash".into()], ..Ask::default() }, day("2016-03-04"));
    assert_eq!((lines[0].state, lines[0].age_days), (HoldingState::Claimed, Some(3)));
    assert_eq!(lines[0].inherited_from.as_deref(), Some("deir-ez-zor-governorate"));
    assert_eq!(holder(&weighed, "iraq", "2016-03-04").0, HoldingState::Unknown);
}

#[test]
fn two_voices_for_two_holders_on_one_day_contest_it() {
    let case = Case::new(
        "@ a | 2016-03-01 | Reuters
         control | actor=ypg | place=p
         @ b | 2016-03-01 | AFP
         control | actor=islamic-state | place=p
         @ c | 2016-03-01 | AFP
         control | actor=islamic-front, al-nusra-front | place=ayyash",
    );
    let weighed = case.weigh();
    assert_eq!(holder(&weighed, "p", "2016-03-02"), (HoldingState::Contested, "islamic-state ypg".into()));
    assert_eq!(disputes(&weighed, DisputeKind::Holder), [["islamic-state", "ypg"]]);
    assert_eq!(
        holder(&weighed, "ayyash", "2016-03-02").0,
        HoldingState::Claimed,
        "together, not against each other"
    );
}

#[test]
fn a_later_holder_ends_the_earlier_one() {
    let case = Case::new(
        "@ a | 2016-01-01 | Reuters
         control | actor=ypg | place=p
         @ b | 2016-06-01 | AFP
         control | actor=islamic-state | place=p
         @ c | 2016-06-20 | Reuters
         capture | actor=ypg | target=islamic-state | place=p | on=2016-06-19",
    );
    let weighed = case.weigh();
    assert_eq!(holder(&weighed, "p", "2016-05-31").1, "ypg");
    assert_eq!(holder(&weighed, "p", "2016-06-01").1, "islamic-state");
    assert_eq!(holder(&weighed, "p", "2016-06-18"), (HoldingState::Held, "islamic-state".into()));
    assert_eq!(holder(&weighed, "p", "2016-06-19").1, "ypg");
    assert!(disputes(&weighed, DisputeKind::Holder).is_empty());
}

#[test]
fn a_typed_place_may_bear_its_noun() {
    let names = gainsay_weigh::Names::from(gainsay_lexicon::Words::builtin());
    let place = |name: &str| resolve(name, &names, &[gainsay_lexicon::NameKind::Place]);
    assert_eq!(place("Deir al-Zor province"), ["deir-ez-zor-governorate"]);
    assert_eq!(place("province of Deir Ezzour"), ["deir-ez-zor-governorate"]);
    assert_eq!(place("the city of Deir ez-Zor"), ["deir-ez-zor-city"]);
    let source = |name: &str| resolve(name, &names, &[gainsay_lexicon::NameKind::Source]);
    assert_eq!(source("a rights monitoring group"), ["syrian-observatory-for-human-rights"]);
}

#[test]
fn a_place_without_a_name_of_its_own_is_shown_where_its_report_is() {
    let case = Case::new(
        "@ a | 2014-05-12 | Reuters
         control | actor=islamic-state | place=western suburbs of the province | by=islamic-front
         clash | actor=islamic-state | target=ypg | place=al-qusour | on=2014-05-11",
    );
    let weighed = case.weigh();
    let held = |place: &str| {
        let ask = Ask { place: vec![place.into()], ..Ask::default() };
        control(&weighed, &ask, jiff::civil::date(2014, 5, 12))
    };
    let lines = held("deir-ez-zor-governorate");
    let suburbs = lines.iter().find(|line| line.place.starts_with("western-suburbs")).unwrap();
    assert_eq!(
        (suburbs.state, &suburbs.holders[..]),
        (HoldingState::Claimed, &["islamic-state".to_string()][..])
    );
    assert!(held("raqqa-governorate").iter().all(|line| !line.place.starts_with("western-suburbs")));
}

#[test]
fn what_was_so_until_a_day_is_not_gainsaid_by_what_came_after() {
    let disputed = |spared: &str, fought: &str| {
        let case = Case::new(&format!(
            "@ a | 2016-01-18 | Reuters
             clash | status=denied | actor=syrian-government, islamic-state | place=p | {spared}
             @ b | 2016-01-18 | AFP
             clash | actor=syrian-government | target=islamic-state | place=p{fought}",
        ));
        case.weigh().disputes.iter().any(|dispute| dispute.kind == DisputeKind::Tie)
    };
    assert!(disputed("on=2016-01-15", " | on=2016-01-15"), "both on one day");
    assert!(!disputed("on=2016-01-15", " | on=2016-01-18"), "each on a day of its own");
    assert!(disputed("on=2016-01-15", ""), "about the same time");
    assert!(!disputed("on=..2016-01-15", ""), "only until then");
}
