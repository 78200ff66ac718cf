//! Whom mentions mean: by lists, by spelling, by what stands beside them, by what people decide, and on which day.

use gainsay_lexicon::Words;
use gainsay_model::{Claim, EntityRef, Filler, Kind, Slot};
use gainsay_weigh::{Ask, Corpus, Decision, Link, Names, ReportHead, Weighed, Whose, links, weigh};

use crate::kit::{Case, day};

/// Claims of reports by the built-in word lists; each line is `report | day | kind | actors | places`.
struct Desk {
    heads: Vec<ReportHead>,
    claims: Vec<Claim>,
}

impl Desk {
    fn new(table: &str) -> Desk {
        let mut desk = Desk { heads: Vec::new(), claims: Vec::new() };
        for (n, line) in table.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let fillers = |cell: &str| -> Vec<Filler> {
                let mentions = cell.split(';').map(str::trim).filter(|mention| !mention.is_empty());
                mentions.map(|mention| Filler { mention: mention.into(), entity: None }).collect()
            };
            let mut claim = Case::new("@ x | 2016-01-01 | X\nclash").claims.remove(0);
            claim.id = format!("{}-{n:02}", cells[0]);
            claim.document = cells[0].into();
            claim.kind = Kind::parse(cells[2]).unwrap();
            (claim.actor, claim.place) = (fillers(cells[3]), fillers(cells[4]));
            desk.claims.push(claim);
            if desk.heads.iter().all(|head| head.id != cells[0]) {
                let published = cells[1].parse().ok();
                let publisher = Some("The Paper".into());
                desk.heads.push(ReportHead {
                    id: cells[0].into(),
                    published,
                    publisher,
                    ..ReportHead::default()
                });
            }
        }
        desk
    }

    fn corpus<'d>(&'d self, decisions: &'d [Decision]) -> Corpus<'d> {
        Corpus { decisions, ..Corpus::new(&self.heads, &self.claims, Names::from(Words::builtin())) }
    }

    fn links(&self) -> Vec<Link> {
        links(&self.corpus(&[]))
    }

    fn link(&self, mention: &str) -> Link {
        self.links().into_iter().find(|link| link.mention == mention).unwrap_or_else(|| panic!("{mention}"))
    }

    fn id(&self, mention: &str) -> String {
        self.link(mention).id
    }
}

#[test]
fn a_name_that_several_places_bear_is_the_one_its_report_is_about() {
    for (beside, expected) in [
        ("Maarat al-Numan", "sinjar-idlib"),
        ("Tal Afar", "sinjar"),
        ("Mosul", "sinjar"),
        ("Idlib province", "sinjar-idlib"),
    ] {
        let desk = Desk::new(&format!("a|2016-01-01|clash||Sinjar\na|2016-01-01|clash||{beside}"));
        let link = desk.link("Sinjar");
        assert_eq!(link.id, expected, "beside {beside}: {link:?}");
        assert_eq!(link.others.len(), 1, "{link:?}");
        assert!(link.reason.starts_with("listed name, one of 2: "), "{link:?}");
    }
}

#[test]
fn a_name_says_itself_where_it_is() {
    let desk = Desk::new(
        "a|2016-01-01|clash||Rabia, Latakia
         b|2016-01-01|clash||Rabia in Nineveh province
         c|2016-01-01|clash||the town of Suran in Hama
         d|2016-01-01|clash||Karama (Homs)",
    );
    assert_eq!(desk.id("Rabia, Latakia"), "rabia-latakia");
    assert_eq!(desk.id("Rabia in Nineveh province"), "rabia-iraq");
    assert_eq!(desk.id("the town of Suran in Hama"), "suran-hama");
    assert_eq!(desk.id("Karama (Homs)"), "karama-homs");
}

#[test]
fn a_name_stays_apart_where_nothing_decides() {
    let desk = Desk::new("a|2016-01-01|clash||Rabia\nb|2016-01-01|clash||Rabia\nb|2016-01-01|clash||Turkey");
    let link = desk.link("Rabia");
    assert_eq!((&*link.id, link.score), ("rabia", 0));
    assert_eq!(link.reason, "one of 2 and nothing decides, an entity of its own");
    assert_eq!(link.others.len(), 2);
}

#[test]
fn a_city_is_meant_before_its_district_and_its_province_by_their_nouns() {
    let desk = Desk::new("a|2016-01-01|clash||Raqqa; Raqqa province; northern countryside of Homs province");
    assert_eq!(desk.id("Raqqa"), "raqqa-city");
    assert_eq!(desk.id("Raqqa province"), "raqqa-governorate");
    let part = desk.link("northern countryside of Homs province");
    assert_eq!((&*part.id, &*part.reason), ("homs-governorate", "a part of Homs governorate"));
}

#[test]
fn spellings_that_no_list_holds_are_found_and_strangers_are_not() {
    let desk = Desk::new(
        "a|2016-01-01|clash|Jabhat al-Nussraa|Albukamlal; Mayadeene
         b|2016-01-01|clash|The Lions of Nowhere|Xanthopolis",
    );
    let link = desk.link("Albukamlal");
    assert_eq!(link.id, "al-bukamal", "{link:?}");
    assert!(link.reason.starts_with("spelling of "), "{link:?}");
    assert_eq!(desk.id("Jabhat al-Nussraa"), "al-nusra-front");
    assert_eq!(desk.id("Xanthopolis"), "xanthopolis");
    assert_eq!(desk.link("The Lions of Nowhere").reason, "no listed name, an entity of its own");
}

#[test]
fn common_words_name_no_place_and_no_source() {
    let desk = Desk::new("a|2016-01-01|clash|fighters|areas; Syrian town\nb|2016-01-01|clash||areas");
    let areas: Vec<String> =
        desk.links().into_iter().filter(|link| link.mention == "areas").map(|link| link.id).collect();
    assert_eq!(areas, ["areas@a", "areas@b"]);
    assert_eq!(desk.id("Syrian town"), "syrian-town");
    assert_eq!(desk.id("fighters"), "fighters");
}

#[test]
fn names_nobody_knows_are_one_by_their_letters_and_place_and_else_offered() {
    let desk = Desk::new(
        "a|2016-01-01|clash|Wisam al-Zarqouni|Raqqa; Tell Zarqunin
         b|2016-01-02|clash|Wissam az-Zarqouni|Raqqa; Tal Zarqouneen
         c|2016-01-02|clash|Wissaam al-Zarqony|Basra; Tell Zarqouneen
         d|2016-01-02|clash|Walid al-Zarqouni|Raqqa",
    );
    let id = |mention: &str| desk.id(mention);
    assert_eq!(id("Wisam al-Zarqouni"), id("Wissam az-Zarqouni"));
    assert_eq!(id("Wisam al-Zarqouni"), id("Wissaam al-Zarqony"), "a man may be told of in two provinces");
    assert_eq!(id("Tell Zarqunin"), id("Tal Zarqouneen"));
    assert_ne!(id("Tell Zarqunin"), id("Tell Zarqouneen"), "a village lies in one province");
    assert_ne!(id("Wisam al-Zarqouni"), id("Walid al-Zarqouni"), "another man");
    let weighed = weigh(&desk.corpus(&[]));
    let offered = |a: &str| weighed.name_offers.iter().any(|offer| offer.a == a || offer.b == a);
    assert!(offered("tell-zarqouneen"), "{:?}", weighed.name_offers);
    assert!(!offered("walid-al-zarqouni"));
    let link = desk.link("Wissam az-Zarqouni");
    assert_eq!(link.note.as_deref(), Some("wissam az zarqouni counts as wisam al zarqouni"));
}

#[test]
fn names_that_people_have_parted_are_not_joined_by_their_spelling() {
    let desk =
        Desk::new("a|2016-01-01|clash|Wisam al-Zarqouni|Raqqa\nb|2016-01-02|clash|Wissam az-Zarqouni|Raqqa");
    let split = [Decision::Split("wissam-az-zarqouni".into(), "wisam-al-zarqouni".into())];
    let ids: Vec<String> = links(&desk.corpus(&split)).into_iter().map(|link| link.id).collect();
    assert!(
        ids.contains(&"wissam-az-zarqouni".into()) && ids.contains(&"wisam-al-zarqouni".into()),
        "{ids:?}"
    );
    assert!(weigh(&desk.corpus(&split)).name_offers.is_empty(), "nor offered");
}

#[test]
fn an_actor_outside_its_years_is_the_body_under_the_name_it_bore() {
    let desk = Desk::new(
        "a|2016-12-01|clash|Nusra Front|Idlib
         b|2015-03-01|clash|Hayat Tahrir al-Sham|Idlib
         c|2012-06-01|clash|ISIS|Mosul
         d|2015-03-01|clash|Nusra Front|Idlib",
    );
    let of = |document: &str| {
        let all = desk.links();
        all.into_iter().find(|link| link.claim.starts_with(document) && link.slot == Slot::Actor).unwrap()
    };
    assert_eq!(of("a").id, "jabhat-fatah-al-sham");
    let note = of("a").note.unwrap();
    assert!(note.contains("al-Nusra Front") && note.contains("Jabhat Fatah al-Sham"), "{note}");
    assert_eq!(of("b").id, "al-nusra-front");
    assert_eq!(of("c").id, "islamic-state-of-iraq");
    assert_eq!((of("d").id.as_str(), of("d").note), ("al-nusra-front", None));
}

#[test]
fn whoever_asks_for_one_name_of_a_body_finds_it_under_all() {
    let desk = Desk::new(
        "a|2015-03-01|clash|Nusra Front|Idlib\nb|2014-03-01|clash|YPG|Kobani\nc|2016-03-01|clash|YPG|Kobani",
    );
    let corpus = desk.corpus(&[]);
    let weighed = weigh(&corpus);
    let asked = |actor: &str| -> Vec<String> {
        let ask = Ask { actor: vec![actor.into()], ..Ask::default() };
        weighed.claims(&ask).iter().map(|claim| claim.document.clone()).collect()
    };
    assert_eq!(asked("hayat-tahrir-al-sham"), ["a"]);
    assert_eq!(asked("syrian-democratic-forces"), ["c"], "the YPG was no part of it in 2014");
    assert!(asked("syrian-government").is_empty());
}

/// Two reports, one of which names a town that several places may be.
fn undecided() -> Desk {
    Desk::new(
        "a|2016-01-01|airstrike|Russia|Rabia
         a|2016-01-01|shelling||Rabia
         b|2016-01-01|airstrike|Russia|Raqqa
         b|2016-01-02|clash|Islamic State|Raqqa",
    )
}

fn link_to(of: Whose, id: Option<&str>) -> Decision {
    Decision::Link { of, slot: Slot::Place, mention: "Rabia".into(), id: id.map(String::from) }
}

fn places(weighed: &Weighed, claim: &str) -> Vec<String> {
    let links = weighed.links_of(claim).into_iter();
    links.filter(|link| link.slot == Slot::Place).map(|link| link.id).collect()
}

#[test]
fn a_decision_on_a_mention_counts_and_is_undone_and_touches_nothing_else() {
    let desk = undecided();
    let (whole, one) = (Whose::Report("a".into()), Whose::Claim("a-01".into()));
    let all = [
        link_to(whole.clone(), Some("rabia-latakia")),
        link_to(one.clone(), Some("rabia-iraq")),
        link_to(whole, None),
        link_to(one, None),
    ];
    let of = |decisions: &[Decision]| {
        let corpus = desk.corpus(decisions);
        let weighed = weigh(&corpus);
        (places(&weighed, "a-00").remove(0), places(&weighed, "a-01").remove(0))
    };
    let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
    assert_eq!(of(&[]), pair("rabia", "rabia"));
    assert_eq!(of(&all[..1]), pair("rabia-latakia", "rabia-latakia"));
    assert_eq!(of(&all[..2]), pair("rabia-latakia", "rabia-iraq"), "the claim's own goes first");
    assert_eq!(of(&all[..3]), pair("rabia-iraq", "rabia-iraq"), "it tells of the rest of its report too");
    assert_eq!(of(&all), pair("rabia", "rabia"));
    let events = |decisions: &[Decision]| -> Vec<String> {
        let corpus = desk.corpus(decisions);
        weigh(&corpus)
            .events
            .into_iter()
            .filter(|event| event.claims[0].starts_with('b'))
            .map(|e| format!("{e:?}"))
            .collect()
    };
    assert_eq!(events(&[]), events(&all[..2]));
    assert_eq!(events(&[]).len(), 2);
}

#[test]
fn decisions_that_make_no_sense_do_no_harm() {
    let desk = undecided();
    let before = format!("{:?}", desk.links());
    let none = [
        link_to(Whose::Claim("no-such".into()), Some("rabia-iraq")),
        link_to(Whose::Report("a".into()), Some("  ")),
        Decision::Link {
            of: Whose::Report("a".into()),
            slot: Slot::Time,
            mention: "Rabia".into(),
            id: Some("x".into()),
        },
        Decision::Merge("no-such".into(), "no-such".into()),
        Decision::Split("raqqa-city".into(), "raqqa-city".into()),
    ];
    assert_eq!(format!("{:?}", links(&desk.corpus(&none))), before);
    let stranger = [link_to(Whose::Report("a".into()), Some("nobody-knows-it"))];
    let ids: Vec<String> = links(&desk.corpus(&stranger)).into_iter().map(|link| link.id).collect();
    assert!(ids.contains(&"nobody-knows-it".to_string()), "{ids:?}");
    let ring: Vec<Decision> = [("rabia", "raqqa-city"), ("raqqa-city", "x"), ("x", "rabia")]
        .map(|(a, b)| Decision::Merge(a.into(), b.into()))
        .into();
    let ids: Vec<String> = links(&desk.corpus(&ring)).into_iter().map(|link| link.id).collect();
    assert!(!ids.contains(&"rabia".to_string()) && ids.contains(&"raqqa-city".to_string()), "{ids:?}");
}

#[test]
fn the_order_of_claims_and_reports_changes_no_link_and_a_report_links_alone_as_among_others() {
    let mut desk = Desk::new(
        "a|2016-01-01|clash|Jabhat al-Nussraa|Sinjar; Maarat al-Numan
         b|2016-01-01|clash|ISIS|Sinjar; Tal Afar
         c|2012-01-01|clash|ISIS; Unheard-of Brigade|Albukamall
         c|2012-01-01|clash||Karama; Raqqa",
    );
    let all = desk.links();
    desk.claims.reverse();
    desk.heads.reverse();
    assert_eq!(desk.links(), all);
    for document in ["a", "b", "c"] {
        let claims: Vec<Claim> =
            desk.claims.iter().filter(|claim| claim.document == document).cloned().collect();
        let alone = links(&Corpus { claims: &claims, ..desk.corpus(&[]) });
        let among: Vec<Link> = all.iter().filter(|link| link.claim.starts_with(document)).cloned().collect();
        assert_eq!(alone, among);
    }
}

#[test]
fn links_of_one_claim_are_those_of_the_whole_corpus() {
    let desk = Desk::new(
        "a|2016-01-01|clash|Wisam al-Zarqouni|Raqqa
         b|2016-01-02|clash|Wissam az-Zarqouni; Nusra|Raqqa; Sinjar",
    );
    let corpus = desk.corpus(&[]);
    let weighed = weigh(&corpus);
    for claim in &desk.claims {
        let all: Vec<Link> = links(&corpus).into_iter().filter(|link| link.claim == claim.id).collect();
        assert_eq!(weighed.links_of(&claim.id), all);
    }
    assert!(weighed.links_of("no-such").is_empty());
}

#[test]
fn what_reading_linked_keeps_its_id() {
    let mut desk = Desk::new("a|2016-01-01|clash|Nusra|Sinjar; Tal Afar");
    desk.claims[0].place[0].entity = Some(EntityRef { id: "sinjar-idlib".into(), name: "Sinjar".into() });
    let link = desk.link("Sinjar");
    assert_eq!((&*link.id, &*link.reason), ("sinjar-idlib", "read in the report"));
}

#[test]
fn mentions_without_letters_or_of_absurd_length_are_left_alone() {
    let long = "Very Long Name ".repeat(2000);
    let desk = Desk::new(&format!("a|2016-01-01|clash|…; {long}|«»; , in of ; of"));
    let links = desk.links();
    assert!(links.iter().all(|link| !link.id.is_empty()));
    let case = Case::new("@ a | ? |\nclash | actor=… | place=…");
    assert!(case.weigh().links_of("a-000").is_empty());
    let _ = day("2016-01-01");
}
