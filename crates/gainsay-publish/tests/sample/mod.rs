//! A brief's input made by hand: Deir ez-Zor, May 2014 to January 2016, after the reports in `examples/deir-ez-zor`.

#![allow(dead_code, missing_docs)]

mod lines;

use gainsay_lexicon::Words;
use gainsay_model::*;
use gainsay_publish::site::{self, SiteInput, Stand, Step};
use gainsay_publish::{BriefInput, Displaced, DisplacementKind, NamePolicy, ReportHead};
use jiff::civil::date;

pub use lines::*;

/// Everything a [`BriefInput`] borrows.
pub struct Sample {
    pub title: String,
    pub from: Option<Date>,
    pub to: Date,
    pub reports: Vec<ReportHead>,
    pub claims: Vec<Claim>,
    pub events: Vec<Event>,
    pub disputes: Vec<Dispute>,
    pub tallies: Vec<Tally>,
    pub controls: Vec<Control>,
    pub controls_before: Vec<Control>,
    pub holdings: Vec<Holding>,
    pub sieges: Vec<Siege>,
    pub ties: Vec<Tie>,
    pub displacement: Vec<Displaced>,
    pub sources: Vec<SourceView>,
    pub names: NamePolicy,
    pub coarsen_km: u32,
}

impl Sample {
    pub fn empty() -> Sample {
        Sample {
            title: "Empty".into(),
            from: Some(date(2016, 1, 1)),
            to: date(2016, 1, 31),
            reports: vec![],
            claims: vec![],
            events: vec![],
            disputes: vec![],
            tallies: vec![],
            controls: vec![],
            controls_before: vec![],
            holdings: vec![],
            sieges: vec![],
            ties: vec![],
            displacement: vec![],
            sources: vec![],
            names: NamePolicy::Pseudonyms,
            coarsen_km: 0,
        }
    }

    pub fn input(&self) -> BriefInput<'_> {
        BriefInput {
            title: &self.title,
            from: self.from,
            to: self.to,
            known_by: None,
            place: Words::builtin().gazetteer.place("deir-ez-zor-governorate"),
            reports: &self.reports,
            claims: &self.claims,
            events: &self.events,
            disputes: &self.disputes,
            tallies: &self.tallies,
            controls: &self.controls,
            controls_before: &self.controls_before,
            holdings: &self.holdings,
            sieges: &self.sieges,
            ties: &self.ties,
            displacement: &self.displacement,
            sources: &self.sources,
            words: Words::builtin(),
            names: self.names,
            people: None,
            coarsen_km: self.coarsen_km,
            salt: "sample",
        }
    }
}

impl Sample {
    /// The sample as a site: every holding known from its first day on, every event from its own.
    pub fn site(&self, put: &mut dyn FnMut(&str, &[u8]) -> std::io::Result<()>) -> std::io::Result<()> {
        let stand = |holding: &Holding| Stand {
            place: holding.place.clone(),
            from: holding.from,
            to: holding.to,
            known_from: holding.from,
            known_to: None,
            state: holding.state,
            holders: holding.holders.clone(),
            degree: holding.degree,
            spoken: vec![(holding.from, holding.from)],
            claims: holding.claims.clone(),
        };
        let stands: Vec<Stand> = self.holdings.iter().map(stand).collect();
        let known = |siege: &gainsay_model::Siege| site::Siege {
            known_from: siege.from.unwrap_or(Date::MAX),
            known_to: None,
            siege: siege.clone(),
        };
        let sieges: Vec<site::Siege> = self.sieges.iter().map(known).collect();
        let steps = |event: &Event| {
            let killed = [event.killed.low, event.killed.best, event.killed.high];
            vec![Step { day: event.time.start.unwrap_or(Date::MAX), killed, roots: event.roots.len() }]
        };
        let steps: Vec<Vec<Step>> = self.events.iter().map(steps).collect();
        site::write(&SiteInput { brief: self.input(), stands: &stands, sieges: &sieges, steps: &steps }, put)
    }
}

pub fn deir_ez_zor() -> Sample {
    let to = date(2016, 1, 31);
    let reports = [
        ("01", "Euphrates Wire", "2014-05-05", "Fighting rages in east Syria despite Nusra truce offer"),
        (
            "02",
            "Furat Today",
            "2014-05-13",
            "“They hold the only road in”: an Islamic Front spokesman on Deir e-Zor",
        ),
        ("04", "Euphrates Wire", "2014-06-04", "Last bridge into rebel-held Deir ez-Zor falls"),
        ("05", "Furat Today", "2014-06-04", "ISIS takes vital Deir ez-Zor bridge"),
        ("06", "Voices of Deir Ezzor", "2014-06-05", "#Deir_Ezzor | The crossing is lost"),
        (
            "07",
            "Euphrates Wire",
            "2014-06-10",
            "UPDATE 2-Toll in battle for Syria’s east rises to 634 - monitor",
        ),
        ("08", "Levant Dispatch", "2014-06-19", "Rebels in Deir ez-Zor caught between two besiegers"),
        ("09", "Badia Monitor", "2014-06-20", "Daily note, 20 June 2014"),
        ("10", "Euphrates Wire", "2014-06-22", "ISIS overruns both sides of Iraq-Syria border post"),
        (
            "11",
            "Furat Today",
            "2014-06-24",
            "“We count the sacks that do not come”: a photographer inside Deir Ezzor",
        ),
        ("14", "Euphrates Wire", "2014-07-02", "Islamic State captures Syrian border town"),
        ("17", "Euphrates Wire", "2014-09-16", "Last Euphrates bridge in Deir Ezzor wrecked by explosion"),
        ("18", "Levant Dispatch", "2015-12-08", "Damascus, coalition at odds over strike on Syrian camp"),
        ("19", "Euphrates Wire", "2016-01-17", "Islamic State storms government pocket in Deir al-Zor"),
        ("20", "Homeland State Agency", "2016-01-18", "Army repels Daesh attacks in Deir Ezzor"),
        ("21", "Levant Dispatch", "2016-01-18", "Islamic State pushes deeper into Deir Ezzor; tolls diverge"),
        ("22", "Badia Monitor", "2016-01-19", "Islamic State pushes deeper into Deir Ezzor; tolls diverge"),
        ("23", "Euphrates Wire", "2016-01-20", ""),
        ("24", "Relief Desk East", "2016-01-22", "Situation update no. 4: Deir ez-Zor city"),
    ];
    let claims =
        include_str!("claims.txt").lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let mut claims: Vec<Claim> = claims.map(claim).collect();
    for claim in &mut claims {
        if matches!(claim.kind, Kind::Siege | Kind::Obstruction) {
            claim.cut = vec![Cut::Aid, Cut::Goods];
        }
        if claim.id == "21-12" {
            claim.degree = Some(Degree::Partial);
        }
    }
    let events =
        include_str!("events.txt").lines().filter(|line| !line.trim().is_empty()).map(event).collect();
    let offensive = "2016-01-16-attack-deir-ez-zor-city";
    let about = |event: &str, group: &str| Subject {
        event: Some(event.into()),
        measure: Some(Measure::Killed),
        group: Some(group.into()),
        ..Subject::default()
    };
    let place = |id: &str| Subject { place: Some(id.into()), ..Subject::default() };
    let observatory = "syrian-observatory-for-human-rights";
    let mut disputes = vec![
        dispute(
            "count-offensive-government",
            DisputeKind::Count,
            about(offensive, "government-side"),
            vec![
                side("50", observatory, observatory, "19-05 21-04"),
                side("65", "deir-ezzor-24", "deir-ezzor-24", "21-06"),
                side("167", "amaq", "amaq", "21-08"),
            ],
            Some(3.34),
        ),
        dispute(
            "count-offensive-is",
            DisputeKind::Count,
            about(offensive, "islamic-state-side"),
            vec![
                side("42", observatory, observatory, "21-05"),
                side("22", "deir-ezzor-24", "deir-ezzor-24", "21-07"),
            ],
            Some(1.91),
        ),
        dispute(
            "holder-ayyash",
            DisputeKind::Holder,
            place("ayyash"),
            vec![
                side(
                    "islamic-state",
                    &format!("{observatory} antigovernment-activists@levant-dispatch"),
                    &format!("{observatory} antigovernment-activists@levant-dispatch"),
                    "19-07 21-12",
                ),
                side("syrian-government", "homeland-state-agency", "syrian-army-command", "20-04"),
            ],
            None,
        ),
        dispute(
            "occurrence-abduction",
            DisputeKind::Occurrence,
            Subject { event: Some("2016-01-16-detention-al-boghaliyyah".into()), ..Subject::default() },
            vec![
                side(
                    "asserted",
                    &format!("{observatory} badia-monitor deir-ez-zor-is-being-slaughtered-silently"),
                    &format!("{observatory} badia-monitor deir-ez-zor-is-being-slaughtered-silently"),
                    "19-08 21-13 21-14",
                ),
                side("denied", "activists@euphrates-wire", "activists@euphrates-wire", "23-06"),
            ],
            None,
        ),
        dispute(
            "count-saiqa",
            DisputeKind::Count,
            about("2015-12-06-airstrike-saiqa-camp-dz", "government-side"),
            vec![
                side("3", "syrian-foreign-ministry", "syrian-foreign-ministry", "18-02"),
                side("4", observatory, observatory, "18-05"),
            ],
            Some(1.33),
        ),
        dispute(
            "actor-saiqa",
            DisputeKind::Actor,
            Subject { event: Some("2015-12-06-airstrike-saiqa-camp-dz".into()), ..Subject::default() },
            vec![
                side(
                    "us-led-coalition",
                    &format!("syrian-foreign-ministry {observatory}"),
                    &format!("syrian-foreign-ministry {observatory}"),
                    "18-01 18-06",
                ),
                side("denied", "us-led-coalition", "us-led-coalition", "18-07"),
            ],
            None,
        ),
        dispute(
            "tie-government-is",
            DisputeKind::Tie,
            Subject {
                pair: Some(["islamic-state".into(), "syrian-government".into()]),
                ..Subject::default()
            },
            vec![
                side("work together", "activists@levant-dispatch", "activists@levant-dispatch", "08-10"),
                side(
                    "fight each other",
                    "euphrates-wire levant-dispatch",
                    "euphrates-wire levant-dispatch",
                    "19-01 21-02",
                ),
            ],
            None,
        ),
    ];
    disputes.push(Dispute {
        revision: true,
        ..dispute(
            "revision-offensive",
            DisputeKind::Count,
            about(offensive, "government-side"),
            vec![
                side("at least 35", observatory, observatory, "19-04"),
                side("50", observatory, observatory, "19-05"),
            ],
            Some(1.43),
        )
    });
    disputes.push(Dispute {
        revision: true,
        ..dispute(
            "revision-battle",
            DisputeKind::Count,
            about("2014-04-30-attack-deir-ez-zor-governorate", "all"),
            vec![
                side("at least 62", observatory, observatory, "01-05"),
                side("230", observatory, observatory, "07-02"),
                side("634", observatory, observatory, "07-01"),
            ],
            Some(10.2),
        )
    });
    let battle = "2014-04-30-attack-deir-ez-zor-governorate";
    let saiqa = "2015-12-06-airstrike-saiqa-camp-dz";
    let tallies = vec![
        tally(
            offensive,
            "government-side",
            [Some(50), Some(50), Some(167)],
            vec![
                by(observatory, observatory, 50, Some(50), "19-05 21-04"),
                by("deir-ezzor-24", "deir-ezzor-24", 65, Some(65), "21-06"),
                by("amaq", "amaq", 167, Some(167), "21-08"),
            ],
        ),
        tally(
            offensive,
            "islamic-state-side",
            [Some(22), Some(22), Some(42)],
            vec![
                by(observatory, observatory, 42, Some(42), "21-05"),
                by("deir-ezzor-24", "deir-ezzor-24", 22, Some(22), "21-07"),
            ],
        ),
        tally(
            offensive,
            "civilians",
            [Some(281), Some(300), Some(300)],
            vec![
                by("sana", "sana", 300, Some(300), "20-07 21-09"),
                by("sana", "syrian-foreign-ministry", 281, None, "20-08 21-11"),
            ],
        ),
        tally(
            offensive,
            "all",
            [Some(135), Some(135), None],
            vec![by(observatory, observatory, 135, None, "21-03")],
        ),
        tally(
            saiqa,
            "government-side",
            [Some(3), Some(3), Some(4)],
            vec![
                by("syrian-foreign-ministry", "syrian-foreign-ministry", 3, Some(3), "18-02"),
                by(observatory, observatory, 4, Some(4), "18-05"),
            ],
        ),
        tally(
            battle,
            "all",
            [Some(634), Some(634), Some(634)],
            vec![by(observatory, observatory, 634, Some(634), "07-01")],
        ),
        tally(
            battle,
            "civilians",
            [Some(39), Some(39), Some(39)],
            vec![by(observatory, observatory, 39, Some(39), "07-05")],
        ),
    ];
    let controls = include_str!("controls.txt").lines().filter(|line| !line.trim().is_empty());
    let controls: Vec<Control> = controls.map(|line| control(line, to)).collect();
    let from = date(2014, 5, 1);
    let controls_before = [
        "siyasiyeh-bridge | claimed | syrian-opposition | 2012-12-01 | 90 | 04-08",
        "al-qaim-crossing | held | syrian-opposition | 2012-07-19 | 200 | 10-02",
    ];
    let holdings = [
        "al-qusour | held | syrian-government | 2014-06-04 | | 04-10 06-05 08-07 21-17 23-11",
        "al-joura | held | syrian-government | 2014-06-04 | | 04-10 06-05 08-07 23-11",
        "siyasiyeh-bridge | claimed | syrian-opposition | 2012-12-01 | 2014-06-02 | 04-08",
        "siyasiyeh-bridge | held | islamic-state | 2014-06-03 | | 04-01 04-07 06-01 08-04",
        "al-qaim-crossing | held | syrian-opposition | 2012-07-19 | 2014-06-20 | 10-02",
        "al-qaim-crossing | held | islamic-state | 2014-06-21 | | 10-01",
        "mosul | held | islamic-state | 2014-06-10 | | 07-10 08-05",
        "al-bukamal | held | islamic-state | 2014-07-01 | | 14-01 14-02",
        "ayyash | held | syrian-government | 2015-12-08 | 2016-01-17 | 18-10",
        "ayyash | contested | islamic-state syrian-government | 2016-01-18 | | 19-07 20-04 21-12",
        "al-boghaliyyah | claimed | islamic-state | 2016-01-16 | | 19-06 23-08",
    ];
    let siege = |place: &str,
                 target: &str,
                 besiegers: &str,
                 from: &str,
                 cut: &[Cut],
                 disputed: bool,
                 claims: &str| Siege {
        place: place.into(),
        target: Some(target.into()),
        besiegers: ids(besiegers),
        from: day(from),
        to: None,
        cut: cut.to_vec(),
        evidence: std::collections::BTreeMap::new(),
        deliveries: Vec::new(),
        disputed,
        claims: ids(claims),
    };
    let ties = [
        "syrian-government | islamic-state | avoid | 2014-06-03 | 2014-06-05 | voices-of-deir-ezzor | asserted | 06-12",
        "syrian-government | islamic-state | cooperate | 2014-06-05 | 2014-06-05 | rumours@voices-of-deir-ezzor | asserted | 06-11",
        "islamic-state | syrian-government | cooperate | 2014-06-19 | 2014-06-19 | activists@levant-dispatch | asserted | 08-10",
        "islamic-state | syrian-government | fight | 2016-01-16 | 2016-01-20 | euphrates-wire levant-dispatch syrian-observatory-for-human-rights | asserted | 19-01 21-02 23-08",
        "al-nusra-front | islamic-state | truce | 2014-05-04 | 2014-05-04 | euphrates-wire | intended | 01-02",
        "al-nusra-front | islamic-state | fight | 2014-04-30 | 2014-05-05 | euphrates-wire | asserted | 01-01",
        "russia | syrian-government | cooperate | 2016-01-16 | | euphrates-wire | asserted | 19-09 23-09",
    ];
    let displaced =
        |kind, place: &str, to: &str, low: Option<u64>, root: &str, unverified, claims: &str| Displaced {
            kind,
            place: ids(place),
            from: None,
            to: day(to),
            low,
            high: None,
            group: "all".into(),
            root: root.into(),
            side: String::new(),
            unverified,
            claims: ids(claims),
        };
    let (stock, flow) = (DisplacementKind::Stock, DisplacementKind::Flow);
    let source = |id: &str, kind: &str, cites: &str, cited_by: &str| SourceView {
        id: id.into(),
        name: Words::builtin().lexicon.name(id).replace('-', " "),
        kind: kind.into(),
        side: Words::builtin().lexicon.side(id).unwrap_or_default().into(),
        cites: ids(cites),
        cited_by: ids(cited_by),
        letter: "F".into(),
        ..SourceView::default()
    };
    let badia = SourceView {
        circular: vec![ids("badia-monitor levant-dispatch")],
        copies: vec![ids("21 22")],
        reposts: ids("levant-dispatch"),
        ..source("badia-monitor", "monitor", "levant-dispatch", "levant-dispatch")
    };
    Sample {
        title: "Deir ez-Zor: two years of siege".into(),
        from: Some(from),
        to,
        reports: reports.iter().map(|(id, outlet, day, title)| report(id, outlet, day, title)).collect(),
        claims,
        events,
        disputes,
        tallies,
        controls_before: controls_before.iter().map(|line| control(line, from)).collect(),
        controls,
        holdings: holdings.iter().map(|line| holding(line)).collect(),
        sieges: vec![
            siege(
                "deir-ez-zor-city",
                "opposition-held half of the city",
                "islamic-state syrian-government",
                "2014-06-03",
                &[Cut::Aid, Cut::Goods, Cut::Movement],
                true,
                "04-02 06-04 08-01",
            ),
            siege(
                "al-qusour",
                "government-held west of the city, about 200,000 people",
                "islamic-state",
                "2015-01-01",
                &[Cut::Aid, Cut::Goods, Cut::Movement, Cut::Power, Cut::Water],
                false,
                "19-11 24-02",
            ),
        ],
        ties: ties.iter().map(|line| tie(line)).collect(),
        displacement: vec![
            displaced(
                stock,
                "deir-ez-zor-governorate",
                "2014-05-13",
                Some(100_001),
                observatory,
                true,
                "02-12",
            ),
            displaced(
                stock,
                "deir-ez-zor-governorate",
                "2014-06-10",
                Some(130_000),
                observatory,
                false,
                "07-08",
            ),
            displaced(
                stock,
                "deir-ez-zor-governorate",
                "2014-06-24",
                Some(200_001),
                "relief-committees@furat-today",
                false,
                "11-05",
            ),
            displaced(
                flow,
                "busayrah abriha al-zirr",
                "2014-05-05",
                Some(60_001),
                observatory,
                false,
                "01-06",
            ),
        ],
        sources: vec![
            badia,
            source(
                "levant-dispatch",
                "newspaper",
                "badia-monitor sana amaq deir-ezzor-24 syrian-observatory-for-human-rights",
                "badia-monitor",
            ),
            source("euphrates-wire", "agency", observatory, ""),
            source(observatory, "monitor", "", "levant-dispatch euphrates-wire"),
            source("sana", "agency", "syrian-foreign-ministry", "levant-dispatch"),
            source("amaq", "party-media", "", "levant-dispatch"),
            source("deir-ezzor-24", "monitor", "", "levant-dispatch"),
        ],
        names: NamePolicy::Pseudonyms,
        coarsen_km: 0,
    }
}

/// Many places, for a crowded map.
pub fn crowded(count: usize) -> Sample {
    let mut sample = deir_ez_zor();
    let places = Words::builtin().gazetteer.places.values().filter(|place| place.id != "deir-ez-zor-city");
    let states = ["held", "claimed", "contested", "unknown"];
    let holders =
        ["syrian-government", "islamic-state", "free-syrian-army", "ypg", "al-nusra-front", "turkey"];
    sample.controls = places
        .take(count)
        .enumerate()
        .map(|(at, place)| {
            let second = if at % 4 == 2 { holders[(at + 1) % 6] } else { "" };
            let line = format!(
                "{} | {} | {} {second} | 2014-06-03 | 10 | 04-01",
                place.id,
                states[at % 4],
                holders[at % 6]
            );
            control(&line, sample.to)
        })
        .collect();
    sample
}
