//! Ways in, sieges, deliveries, need: what is cut, by which claim, and through whose hands a road leads.

use gainsay_model::{Cut, Ground, HoldingState, Measure, Slot, TieKind};
use gainsay_weigh::access::{Network, Way, WayIn, WayKind, WayState, access};
use gainsay_weigh::{Ask, Flow, Weighed, displacement, need, sieges, ties};

use crate::kit::{Case, day};

fn way(id: &str, between: [&str; 2], through: &[&str], place: Option<&str>) -> Way {
    Way {
        id: id.into(),
        name: id.into(),
        kind: if place.is_some() { WayKind::Bridge } else { WayKind::Road },
        between: between.map(String::from),
        through: through.iter().map(|id| (*id).into()).collect(),
        place: place.map(String::from),
    }
}

fn network() -> Network {
    Network::new(vec![
        way("west-road", ["deir-ez-zor-city", "ayyash"], &["al-baghiliya"], None),
        way("bridge", ["p", "deir-ez-zor-city"], &[], Some("siyasiyeh-bridge")),
        way("elsewhere", ["p", "mosul"], &[], None),
    ])
}

fn ways(weighed: &Weighed, on: &str) -> Vec<WayIn> {
    let ask = Ask { place: vec!["deir-ez-zor-city".into()], ..Ask::default() };
    access(weighed, &ask, &network(), day(on))
}

fn states(weighed: &Weighed, on: &str) -> Vec<(String, WayState)> {
    ways(weighed, on).into_iter().map(|way| (way.way, way.state)).collect()
}

const HELD: &str = "@ a | 2016-03-01 | Monitor A
    control | actor=syrian-army | place=deir-ez-zor-city | on=2016-03-01
    control | actor=syrian-army | place=al-baghiliya | on=2016-03-01
    control | actor=syrian-government | place=ayyash | on=2016-03-01
    control | actor=islamic-state | place=siyasiyeh-bridge | on=2016-03-01
    control | actor=islamic-state | place=p | on=2016-03-01";

#[test]
fn a_way_is_open_where_one_side_holds_all_of_it_and_unknown_where_nobody_speaks() {
    let case = Case::new(HELD);
    let weighed = case.weigh();
    let of = |on| states(&weighed, on);
    assert_eq!(
        of("2016-03-05"),
        [("bridge".into(), WayState::OtherHands), ("west-road".into(), WayState::Open)]
    );
    assert_eq!(
        of("2016-02-05"),
        [("bridge".into(), WayState::Unknown), ("west-road".into(), WayState::Unknown)]
    );
    let line = &ways(&weighed, "2016-03-05")[1];
    let stops: Vec<&str> = line.hands.iter().map(|hand| &*hand.place).collect();
    assert_eq!(stops, ["al-baghiliya", "ayyash"], "from the place outward");
    assert_eq!((line.hands[0].age_days, &*line.hands[0].claims), (Some(4), &["a-001".to_string()][..]));
    assert_eq!(line.hands[0].state, HoldingState::Claimed);
}

#[test]
fn a_way_is_cut_by_its_own_destruction_and_by_what_blocks_it_lately() {
    let case = Case::new(&format!(
        "{HELD}
         @ b | 2016-03-10 | Monitor B
         destruction | actor=syrian-army | target=siyasiyeh-bridge | place=deir-ez-zor-city | on=2016-03-09
         destruction | actor=islamic-state | target=houses | place=ayyash | on=2016-03-09
         obstruction | actor=islamic-state | place=al-baghiliya | on=2016-03-20 | cut=movement
         aid | actor=united-nations | place=deir-ez-zor-city | on=2016-03-08"
    ));
    let weighed = case.weigh();
    let of = |on| states(&weighed, on).into_iter().map(|(_, state)| state).collect::<Vec<_>>();
    assert_eq!(of("2016-03-08"), [WayState::OtherHands, WayState::Open]);
    assert_eq!(of("2016-03-09"), [WayState::Cut, WayState::Open], "houses in Ayyash are no road");
    assert_eq!(of("2016-03-20"), [WayState::Cut, WayState::Cut]);
    assert_eq!(of("2016-05-20"), [WayState::Cut, WayState::Open], "nobody mends a bridge unsaid");
    let lines = ways(&weighed, "2016-03-20");
    assert_eq!(lines[0].cut_by, ["b-005"]);
    assert_eq!(lines[1].cut_by, ["b-007"]);
    assert_eq!(lines[1].deliveries, ["b-008"]);
    let ask =
        Ask { place: vec!["deir-ez-zor-city".into()], known_by: Some(day("2016-03-01")), ..Ask::default() };
    let known = access(&weighed, &ask, &network(), day("2016-03-20"));
    assert_eq!((known[0].state, known[0].known_by), (WayState::OtherHands, Some(day("2016-03-01"))));
}

#[test]
fn a_quarter_is_reached_by_the_ways_into_its_city_and_fighting_on_the_way_is_said() {
    let case = Case::new(&format!(
        "{HELD}
         @ b | 2016-03-06 | Monitor B
         control | actor=islamic-state | place=al-baghiliya | on=2016-03-06
         control | actor=islamic-state | place=p-market | on=2016-03-06"
    ));
    let weighed = case.weigh();
    let ask = Ask { place: vec!["al-qusour".into()], ..Ask::default() };
    let lines = access(&weighed, &ask, &network(), day("2016-03-06"));
    assert_eq!(lines.iter().map(|line| &*line.way).collect::<Vec<_>>(), ["bridge", "west-road"]);
    let nowhere = Ask { place: vec!["iraq".into(), "Nowhere".into()], ..Ask::default() };
    assert_eq!(access(&weighed, &nowhere, &network(), day("2016-03-06")).len(), 1, "Mosul's road alone");
}

#[test]
fn a_siege_says_which_claim_cuts_what_and_which_aid_came_in() {
    let case = Case::new(
        "@ a | 2016-03-01 | Monitor A
         siege | actor=islamic-state | target=civilians | place=p | on=2016-02-01..2016-03-01 | cut=movement,aid
         obstruction | actor=islamic-state | place=p | on=2016-02-20 | cut=aid,water
         need | place=p | on=2016-02-20
         aid | actor=united-nations | place=p | on=2016-02-25
         aid | actor=united-nations | place=p | on=2016-09-25
         aid | actor=united-nations | place=p | on=2016-02-26 | status=intended",
    );
    let found = sieges(&case.weigh(), &Ask::default());
    assert_eq!(found.len(), 1);
    let siege = &found[0];
    assert_eq!(siege.cut, [Cut::Movement, Cut::Aid, Cut::Water]);
    assert_eq!(siege.evidence[&Cut::Aid], ["a-000", "a-001"]);
    assert_eq!(siege.evidence[&Cut::Water], ["a-001"]);
    assert!(!siege.evidence.contains_key(&Cut::Power), "nobody says so");
    assert_eq!(siege.deliveries, ["a-003"], "neither much later nor only planned");
}

#[test]
fn displacement_keeps_stock_from_flow_and_need_is_always_stock() {
    let case = Case::new(
        "@ a | 2016-03-01 | Monitor A
         displacement | target=people | place=p | on=2016-03-01 | displaced=1000
         displacement | target=people | place=p | on=2016-03-01 | displaced=5000 | scope=cumulative
         need | target=people | place=p | on=2016-03-01 | in_need=2000
         siege | target=people | place=p | on=2016-03-01 | besieged=900
         casualties | target=people | place=p | on=2016-03-01 | killed=3",
    );
    let weighed = case.weigh();
    let told: Vec<_> =
        displacement(&weighed, &Ask::default()).iter().map(|point| (point.what, point.low)).collect();
    assert_eq!(told, [(Flow::Stock, Some(5000)), (Flow::Flow, Some(1000))]);
    let needs: Vec<_> =
        need(&weighed, &Ask::default()).iter().map(|point| (point.measure, point.what, point.low)).collect();
    assert_eq!(
        needs,
        [(Measure::InNeed, Flow::Stock, Some(2000)), (Measure::Besieged, Flow::Stock, Some(900))]
    );
}

#[test]
fn who_leaves_is_told_from_who_joins_by_the_rule_that_read_it() {
    let mut case = Case::new(
        "@ a | 2016-03-01 | Monitor A
         allegiance | actor=islamic-front | target=syrian-opposition | on=2016-02-01
         allegiance | actor=islamic-front | target=syrian-opposition | on=2016-05-01",
    );
    let ground = |rule: &str| Ground { slot: Slot::Kind, start: 0, end: 5, rule: rule.into() };
    case.claims[0].grounds = vec![ground("frame.allegiance.join")];
    case.claims[1].grounds = vec![ground("frame.allegiance.break-away")];
    let weighed = case.weigh();
    let lines = ties(&weighed, &Ask::default(), &[], &[]);
    let told: Vec<_> = lines.iter().map(|tie| (tie.tie, &*tie.a, &*tie.b)).collect();
    assert_eq!(
        told,
        [
            (TieKind::Join, "islamic-front", "syrian-opposition"),
            (TieKind::Split, "islamic-front", "syrian-opposition")
        ]
    );
}
