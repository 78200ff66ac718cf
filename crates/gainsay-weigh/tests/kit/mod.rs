//! Writes claims as a small table, for tests.
//!
//! A line `@ id | published | outlet` opens a report (`?` for an unknown day; ` < X` after the outlet: the page
//! credits X; ` = H`: the hash of its text). Other lines are claims of it: a kind, then fields in any order:
//! `actor= target= place= by=` (comma-separated; an id of the words is linked, anything else is a mention),
//! `on=` (a day, or `a..b`, either end open), a measure (`killed=50`, `50+`, `-50`, `5-6`), `group=`, `scope=`,
//! `status=`, `degree=`, `cut=`, `part=` (the claim so many lines above), `at=` (where its words begin), `reader=`,
//! `unverified`.
#![allow(dead_code, reason = "each test binary uses its own part")]

use gainsay_lexicon::{Actor, Gazetteer, Lexicon, NameIndex, Place, SourceEntry};
use gainsay_model::{
    Claim, Count, Cut, Date, Degree, EntityRef, Evidence, Filler, Group, Interval, Kind, Measure, Scope,
    Status,
};
use gainsay_weigh::{Corpus, Names, ReportHead, Weighed, weigh};

/// Claims, heads and words of one test.
pub struct Case {
    pub reports: Vec<ReportHead>,
    pub claims: Vec<Claim>,
    pub lexicon: Lexicon,
    pub gazetteer: Gazetteer,
    pub index: NameIndex,
}

impl Case {
    /// The table, with the small words below.
    pub fn new(table: &str) -> Case {
        let (lexicon, gazetteer) = (lexicon(), gazetteer());
        let index = NameIndex::of(&lexicon, &gazetteer);
        let mut case = Case { reports: Vec::new(), claims: Vec::new(), lexicon, gazetteer, index };
        case.read(table);
        case
    }

    pub fn names(&self) -> Names<'_> {
        Names { lexicon: &self.lexicon, gazetteer: &self.gazetteer, index: &self.index }
    }

    pub fn weigh(&self) -> Weighed<'_> {
        weigh(&Corpus::new(&self.reports, &self.claims, self.names()))
    }

    fn read(&mut self, table: &str) {
        for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match line.strip_prefix('@') {
                Some(head) => self.reports.push(head_of(head)),
                None => {
                    let claim = self.claim(line);
                    self.claims.push(claim);
                }
            }
        }
    }

    fn claim(&self, line: &str) -> Claim {
        let document = self.reports.last().expect("a report opens the table").id.clone();
        let n = self.claims.len();
        let mut fields = line.split('|').map(str::trim);
        let kind = fields.next().and_then(Kind::parse).unwrap_or_else(|| panic!("no kind: {line}"));
        let start = 1000 * n;
        let mut claim = Claim {
            id: format!("{document}-{n:03}"),
            document,
            kind,
            evidence: vec![Evidence { start, end: start + 50, exact: String::new() }],
            status: Status::Asserted,
            actor: vec![],
            target: vec![],
            place: vec![],
            time: None,
            count: None,
            source: vec![],
            degree: None,
            unverified: false,
            means: None,
            cut: vec![],
            part_of: None,
            reader: "test".into(),
            grounds: vec![],
        };
        let (mut group, mut scope) = (None, None);
        for field in fields {
            let (key, value) = field.split_once('=').unwrap_or((field, ""));
            let fillers = || value.split(',').map(|name| self.filler(name.trim())).collect();
            match key {
                "actor" => claim.actor = fillers(),
                "target" => claim.target = fillers(),
                "place" => claim.place = fillers(),
                "by" => claim.source = fillers(),
                "on" => claim.time = Some(interval(value)),
                "status" => claim.status = Status::parse(value).unwrap(),
                "degree" => claim.degree = Degree::parse(value),
                "cut" => claim.cut = value.split(',').map(|cut| Cut::parse(cut).unwrap()).collect(),
                "group" => group = Group::parse(value),
                "scope" => scope = Scope::parse(value),
                "part" => claim.part_of = Some(self.claims[n - value.parse::<usize>().unwrap()].id.clone()),
                "at" => {
                    let start = value.parse().unwrap();
                    claim.evidence = vec![Evidence { start, end: start + 50, exact: String::new() }];
                }
                "reader" => claim.reader = value.into(),
                "unverified" => claim.unverified = true,
                measure => {
                    let what = Measure::parse(measure).unwrap_or_else(|| panic!("no field: {field}"));
                    let (low, high) =
                        match (value.strip_suffix('+'), value.strip_prefix('-'), value.split_once('-')) {
                            (Some(low), ..) => (low.parse().ok(), None),
                            (_, Some(high), _) => (None, high.parse().ok()),
                            (.., Some((low, high))) => (low.parse().ok(), high.parse().ok()),
                            _ => (value.parse().ok(), value.parse().ok()),
                        };
                    claim.count = Some(Count { what, low, high, group: None, scope: None });
                }
            }
        }
        if let Some(count) = &mut claim.count {
            (count.group, count.scope) = (group, scope);
        }
        claim
    }

    fn filler(&self, name: &str) -> Filler {
        let known = self.lexicon.name(name);
        let known = if known == name { self.gazetteer.name(name) } else { known };
        let entity = (known != name).then(|| EntityRef { id: name.into(), name: known.into() });
        Filler { mention: name.into(), entity }
    }
}

fn head_of(line: &str) -> ReportHead {
    let (line, sha_text) = line.split_once(" = ").unwrap_or((line, ""));
    let (line, credited) =
        line.split_once(" < ").map_or((line, None), |(line, credited)| (line, Some(credited)));
    let mut fields = line.split('|').map(str::trim);
    let id = fields.next().unwrap().to_string();
    let published = fields.next().and_then(|day| day.parse().ok());
    let publisher = fields.next().filter(|outlet| !outlet.is_empty()).map(String::from);
    ReportHead {
        id,
        published,
        publisher,
        credited: credited.map(|name| name.trim().into()),
        sha_text: sha_text.trim().into(),
        ..ReportHead::default()
    }
}

fn interval(text: &str) -> Interval {
    let day = |text: &str| text.parse::<Date>().ok();
    match text.split_once("..") {
        Some((start, end)) => Interval { start: day(start), end: day(end) },
        None => Interval { start: day(text), end: day(text) },
    }
}

/// id, name, kind, side, part of, other names.
const ACTORS: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("islamic-state", "Islamic State", "armed-group", "islamic-state", "", "ISIS|Daesh"),
    (
        "syrian-government",
        "Syrian government",
        "government",
        "government",
        "",
        "Assad regime|~regime forces|~the regime",
    ),
    ("syrian-army", "Syrian Arab Army", "army", "government", "syrian-government", ""),
    ("syrian-opposition", "Syrian opposition", "coalition", "opposition", "", "~rebels|~opposition fighters"),
    ("islamic-front", "Islamic Front", "coalition", "opposition", "syrian-opposition", ""),
    ("lebanese-militias", "Lebanese militias", "militia", "government", "", ""),
    ("al-nusra-front", "al-Nusra Front", "armed-group", "jihadist", "", ""),
    ("ypg", "People's Protection Units", "armed-group", "kurdish", "", ""),
    ("side-a", "Side A", "armed-group", "kurdish", "", ""),
    ("side-b", "Side B", "armed-group", "turkey", "", ""),
];

/// id, name, kind, side, belongs to.
const SOURCES: &[(&str, &str, &str, &str, &str)] = &[
    (
        "syrian-observatory-for-human-rights",
        "Syrian Observatory for Human Rights",
        "monitor",
        "opposition",
        "",
    ),
    ("wall-street-journal", "Wall Street Journal", "newspaper", "neutral", ""),
    ("sana", "SANA", "agency", "government", "syrian-government"),
    ("syrian-foreign-ministry", "Syrian foreign ministry", "ministry", "government", "syrian-government"),
    ("amaq", "Amaq", "party-media", "islamic-state", "islamic-state"),
    ("deir-ezzor-24", "Deir Ezzor24", "monitor", "opposition", ""),
    ("dbss", "Deir Ezzour Is Being Slaughtered Silently", "monitor", "opposition", ""),
    ("syria-direct", "Syria Direct", "site", "opposition", ""),
    ("ara-news", "ARA News", "agency", "kurdish", ""),
    ("al-arabiya", "Al Arabiya", "broadcaster", "other", ""),
    ("reuters", "Reuters", "agency", "neutral", ""),
    ("afp", "AFP", "agency", "neutral", ""),
    ("paper", "The Paper", "newspaper", "neutral", ""),
    ("united-nations", "United Nations", "organisation", "neutral", ""),
    ("united-nations-ocha", "OCHA", "organisation", "neutral", "united-nations"),
    ("state-agency", "State Agency", "agency", "neutral", ""),
    ("monitor-a", "Monitor A", "monitor", "neutral", ""),
    ("monitor-b", "Monitor B", "monitor", "neutral", ""),
    ("voice-a", "Voice of A", "party-media", "kurdish", "side-a"),
    ("voice-b", "Voice of B", "party-media", "turkey", "side-b"),
];

/// id, name, kind, parent.
const PLACES: &[(&str, &str, &str, &str)] = &[
    ("syria", "Syria", "country", ""),
    ("deir-ez-zor-governorate", "Deir ez-Zor governorate", "governorate", "syria"),
    ("deir-ez-zor-city", "Deir ez-Zor", "city", "deir-ez-zor-governorate"),
    ("al-qusour", "al-Qusour", "neighbourhood", "deir-ez-zor-city"),
    ("al-joura", "al-Joura", "neighbourhood", "deir-ez-zor-city"),
    ("al-hawiqa", "al-Hawiqa", "neighbourhood", "deir-ez-zor-city"),
    ("siyasiyeh-bridge", "Siyasiyeh bridge", "bridge", "deir-ez-zor-city"),
    ("ayyash", "Ayyash", "village", "deir-ez-zor-governorate"),
    ("al-baghiliya", "al-Baghiliya", "village", "deir-ez-zor-governorate"),
    ("al-qaim-crossing", "al-Qaim crossing", "crossing", "deir-ez-zor-governorate"),
    ("western-suburbs", "Western suburbs", "area", "deir-ez-zor-governorate"),
    ("iraq", "Iraq", "country", ""),
    ("anbar", "Anbar", "governorate", "iraq"),
    ("mosul", "Mosul City", "city", "iraq"),
    ("p", "Town P", "town", "syria"),
    ("p-market", "Market of P", "neighbourhood", "p"),
];

pub fn lexicon() -> Lexicon {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_string());
    let mut lexicon = Lexicon::default();
    for &(id, name, kind, side, part_of, others) in ACTORS {
        let (phrases, names): (Vec<&str>, Vec<&str>) =
            others.split('|').filter(|name| !name.is_empty()).partition(|name| name.starts_with('~'));
        let phrase = |phrase: &str| phrase.trim_start_matches('~').trim_start_matches("the ").to_lowercase();
        let actor = Actor {
            id: id.into(),
            name: name.into(),
            kind: kind.into(),
            side: side.into(),
            part_of: some(part_of),
            follows: None,
            from: None,
            to: None,
            names: names.into_iter().map(String::from).collect(),
            phrases: phrases.into_iter().map(phrase).collect(),
        };
        lexicon.actors.insert(id.into(), actor);
    }
    for &(id, name, kind, side, owner) in SOURCES {
        let source = SourceEntry {
            id: id.into(),
            name: name.into(),
            kind: kind.into(),
            side: side.into(),
            belongs_to: some(owner),
            country: None,
            domain: None,
            names: vec![],
            phrases: vec![],
        };
        lexicon.sources.insert(id.into(), source);
    }
    lexicon
}

pub fn gazetteer() -> Gazetteer {
    let mut gazetteer = Gazetteer::default();
    for &(id, name, kind, parent) in PLACES {
        let place = Place {
            id: id.into(),
            name: name.into(),
            kind: kind.into(),
            parent: (!parent.is_empty()).then(|| parent.to_string()),
            lat: 35.0,
            lon: 40.0,
            pcode: None,
            extent: None,
            names: vec![],
        };
        gazetteer.places.insert(id.into(), place);
    }
    gazetteer
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}
