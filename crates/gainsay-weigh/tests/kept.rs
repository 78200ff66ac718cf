//! Claims kept apart and put together again answer as the whole does, and stands as `control` does.

use std::collections::BTreeSet;

use gainsay_model::{Claim, Control, Date, Policy};
use gainsay_weigh::{
    Ask, Corpus, Kept, Stand, Weighed, control, displacement, holdings, known_sieges, need, sieges, stands,
    tally, ties, together, weigh,
};
use proptest::prelude::*;

use crate::kit::Case;
use crate::properties::{build, on, reports};

/// Everything that can be asked, as text.
///
/// Places that no list holds are told of under the governorate that their reports tell most of; to a part they come only
/// where they are asked about themselves.
fn answers(case: &Case, weighed: &Weighed, ask: &Ask) -> String {
    let gazetteer = case.names().gazetteer;
    let mut control = control(weighed, ask, on(9));
    control.retain(|line| {
        ask.place.is_empty() || ask.place.contains(&line.place) || gazetteer.place(&line.place).is_some()
    });
    let tallies: Vec<_> = Policy::ALL.iter().map(|policy| tally(weighed, ask, *policy)).collect();
    format!(
        "{tallies:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        control,
        holdings(weighed, ask),
        sieges(weighed, ask),
        ties(weighed, ask, &ask.actor, &[]),
        displacement(weighed, ask),
        need(weighed, ask),
        weighed.claims(ask).iter().map(|claim| &claim.id).collect::<Vec<_>>(),
        weighed.events(ask),
        weighed.disputes(ask),
    )
}

/// The stand that covers a day as known on another, as the line that `control` prints.
fn line(stands: &[Stand], place: &str, at: Date, known: Date, by: Option<&str>) -> Option<Control> {
    let covers = |from: Date, to: Option<Date>, day: Date| from <= day && to.is_none_or(|to| day <= to);
    let mut found = stands.iter().filter(|stand| {
        stand.place == place
            && stand.according_to.as_deref() == by
            && covers(stand.from, stand.to, at)
            && covers(stand.known_from, stand.known_to, known)
    });
    let stand = found.next()?;
    assert_eq!(found.next(), None, "one stand a day");
    Some(Control {
        place: place.to_owned(),
        name: String::new(),
        at,
        known_by: None,
        according_to: by.map(str::to_owned),
        state: stand.state,
        holders: stand.holders.clone(),
        degree: stand.degree,
        since: stand.since,
        age_days: stand.age_days(at),
        inherited_from: None,
        claims: stand.claims.clone(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_part_answers_as_the_whole(reports in reports(), place in 0..6_usize) {
        let case = Case::new("");
        let (heads, claims) = build(&case, &reports);
        let weighed = weigh(&Corpus::new(&heads, &claims, case.names()));
        let place = ["p", "al-qusour", "deir-ez-zor-city", "deir-ez-zor-governorate", "nowhere", ""][place];
        let place = Some(place.to_owned()).filter(|place| !place.is_empty());
        let ask = Ask { place: place.into_iter().collect(), ..Ask::default() };
        // The claims asked for, their events whole, and the totals they are parts of.
        let asked: BTreeSet<&str> = weighed.claims(&ask).into_iter().map(|claim| claim.id.as_str()).collect();
        let all: Vec<_> = weighed.kept().collect();
        let events: BTreeSet<_> =
            all.iter().filter(|(keys, _)| asked.contains(keys.id.as_str())).filter_map(|(keys, _)| keys.event.clone()).collect();
        let kept: Vec<Kept> = all
            .into_iter()
            .filter(|(keys, _)| asked.contains(keys.id.as_str()) || keys.event.as_ref().is_some_and(|event| events.contains(event)))
            .map(|(_, kept)| kept)
            .collect();
        let own: Vec<Claim> = kept.iter().map(Kept::claim).collect();
        let whole = weighed.events.iter().filter(|event| events.contains(&event.id)).cloned().collect();
        let part = together(case.names(), &heads, &own, &kept, whole, weighed.disputes.clone());
        let told = |weighed: &Weighed| answers(&case, weighed, &ask);
        prop_assert_eq!(told(&part), told(&weighed));
    }

    #[test]
    fn stands_say_what_control_says(reports in reports()) {
        let case = Case::new("");
        let (heads, claims) = build(&case, &reports);
        let weighed = weigh(&Corpus::new(&heads, &claims, case.names()));
        let kept: Vec<Kept> = weighed.kept().map(|(_, kept)| kept).collect();
        let own: Vec<Claim> = kept.iter().map(Kept::claim).collect();
        let again = together(case.names(), &heads, &own, &kept, weighed.events.clone(), Vec::new());
        let all = stands(&weighed);
        let sources: BTreeSet<Option<String>> = all.iter().map(|stand| stand.according_to.clone()).collect();
        for known in [None, Some(on(2)), Some(on(7)), Some(on(15))] {
            for source in &sources {
                for at in [on(-3), on(1), on(6), on(11), on(30)] {
                    let ask = Ask { known_by: known, according_to: source.iter().cloned().collect(), ..Ask::default() };
                    for wanted in control(&again, &ask, at) {
                        let found = line(&all, &wanted.place, at, known.unwrap_or(Date::MAX), source.as_deref());
                        let wanted = Control { name: String::new(), known_by: None, ..wanted };
                        prop_assert_eq!(found, Some(wanted));
                    }
                }
            }
        }
    }

    #[test]
    fn known_sieges_say_what_sieges_say(reports in reports()) {
        let case = Case::new("");
        let (heads, claims) = build(&case, &reports);
        let weighed = weigh(&Corpus::new(&heads, &claims, case.names()));
        let kept: Vec<Kept> = weighed.kept().map(|(_, kept)| kept).collect();
        let own: Vec<Claim> = kept.iter().map(Kept::claim).collect();
        let again = together(case.names(), &heads, &own, &kept, weighed.events.clone(), Vec::new());
        let all = known_sieges(&weighed);
        let sources: BTreeSet<Option<String>> = all.iter().map(|one| one.according_to.clone()).collect();
        for known in [None, Some(on(2)), Some(on(7)), Some(on(15))] {
            for source in &sources {
                let day = known.unwrap_or(Date::MAX);
                let stands = |one: &&gainsay_weigh::KnownSiege| {
                    one.according_to == *source && one.known_from <= day && one.known_to.is_none_or(|to| day <= to)
                };
                let key = |siege: &gainsay_model::Siege| format!("{siege:?}");
                let found: BTreeSet<String> = all.iter().filter(stands).map(|one| key(&one.siege)).collect();
                let ask = Ask { known_by: known, according_to: source.iter().cloned().collect(), ..Ask::default() };
                let wanted: BTreeSet<String> = sieges(&again, &ask).iter().map(key).collect();
                prop_assert_eq!(found, wanted);
            }
        }
    }
}
