//! The code tables of other formats: tab-separated lists under `data/export`, compiled in, that a user may read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gainsay_lexicon::table::{self, Row, TableError};
use gainsay_model::Kind;

/// A country in other formats' codes.
#[derive(Clone, Debug)]
pub(super) struct Country {
    /// Gleditsch-Ward number.
    pub gw: Option<u32>,
    /// ISO 3166-1 numeric; 0 where there is none.
    pub iso: u32,
    /// ISO 3166-1 alpha-3.
    pub iso3: &'static str,
    /// UCDP's region.
    pub ged_region: &'static str,
    /// ACLED's region.
    pub acled_region: &'static str,
    /// UCDP's name.
    pub ged_name: &'static str,
}

/// What a kind of party is in other formats.
#[derive(Clone, Debug)]
pub(super) struct Party {
    /// `state`, `group` or `none` for UCDP.
    pub ged: &'static str,
    /// The same of whoever something is done to, or `civilians`.
    pub as_target: &'static str,
    /// ACLED's inter word.
    pub acled: &'static str,
    /// PLOVER's sector.
    pub plover: &'static str,
}

/// What a kind of event is for ACLED.
#[derive(Clone, Debug)]
pub(super) struct AcledEvent {
    /// Political violence, Demonstrations, Strategic developments.
    pub disorder: &'static str,
    /// The event type.
    pub event: &'static str,
    /// The sub-event type.
    pub sub_event: &'static str,
    /// An event of several days is a row for each.
    pub daily: bool,
}

/// What a kind of event is for PLOVER.
#[derive(Clone, Debug)]
pub(super) struct PloverEvent {
    /// The event type.
    pub event: &'static str,
    /// The mode; empty where none fits.
    pub mode: &'static str,
    /// Q1 to Q4.
    pub quad: &'static str,
}

/// How exactly a kind of place says where something was.
#[derive(Clone, Copy, Debug)]
pub(super) struct Precision {
    /// UCDP's `where_prec`, 1 to 7.
    pub ged: u8,
    /// ACLED's `geo_precision`, 1 to 3; `None` where it records no such event.
    pub acled: Option<u8>,
    /// PLOVER's `resolution`, 5 to 1.
    pub plover: u8,
}

/// A column of the hxl export.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    /// Its hashtag with attributes.
    pub tag: &'static str,
}

/// All code tables.
pub(super) struct Codes {
    /// By the country's place id.
    pub countries: BTreeMap<&'static str, Country>,
    /// By actor: its country's place id, and UCDP's name.
    pub actors: BTreeMap<&'static str, (Option<&'static str>, Option<&'static str>)>,
    parties: BTreeMap<(&'static str, &'static str), Party>,
    /// By kind of place.
    pub places: BTreeMap<&'static str, Precision>,
    acled: BTreeMap<(Kind, &'static str, &'static str), AcledEvent>,
    /// Words that give no number of dead, and ACLED's number, longest first.
    pub vague: Vec<(&'static str, u64)>,
    plover: BTreeMap<(Kind, &'static str), PloverEvent>,
    /// Whether a kind of event is a use of armed force.
    pub force: BTreeMap<Kind, bool>,
    /// By column of the hxl export.
    pub hxl: BTreeMap<&'static str, Tag>,
}

impl Codes {
    /// The tables.
    ///
    /// # Panics
    /// Never in a released build: a test loads every table.
    pub fn get() -> &'static Codes {
        static CODES: OnceLock<Codes> = OnceLock::new();
        CODES.get_or_init(|| Codes::load().unwrap_or_else(|error| panic!("{error}")))
    }

    fn load() -> Result<Codes, TableError> {
        let mut codes = Codes {
            countries: BTreeMap::new(),
            actors: BTreeMap::new(),
            parties: BTreeMap::new(),
            places: BTreeMap::new(),
            acled: BTreeMap::new(),
            vague: Vec::new(),
            plover: BTreeMap::new(),
            force: BTreeMap::new(),
            hxl: BTreeMap::new(),
        };
        for row in table::rows("countries.tsv", include_str!("../../data/export/countries.tsv"))? {
            let country = Country {
                gw: row.opt("gw").map(|_| number(&row, "gw")).transpose()?,
                iso: number(&row, "iso")?,
                iso3: row.get("iso3"),
                ged_region: row.get("ged_region"),
                acled_region: row.get("acled_region"),
                ged_name: row.get("ged_name"),
            };
            codes.countries.insert(row.get("place"), country);
        }
        for row in table::rows("actors.tsv", include_str!("../../data/export/actors.tsv"))? {
            codes.actors.insert(row.get("actor"), (row.opt("country"), row.opt("ged_name")));
        }
        for row in table::rows("actor-kinds.tsv", include_str!("../../data/export/actor-kinds.tsv"))? {
            let party = Party {
                ged: row.get("ged"),
                as_target: row.get("as_target"),
                acled: row.get("acled"),
                plover: row.get("plover"),
            };
            codes.parties.insert((row.get("kind"), row.get("side")), party);
        }
        for row in table::rows("places.tsv", include_str!("../../data/export/places.tsv"))? {
            let precision = Precision {
                ged: number(&row, "ged")?,
                acled: row.opt("acled").map(|_| number(&row, "acled")).transpose()?,
                plover: number(&row, "plover")?,
            };
            codes.places.insert(row.get("kind"), precision);
        }
        for row in table::rows("acled-events.tsv", include_str!("../../data/export/acled-events.tsv"))? {
            let event = AcledEvent {
                disorder: row.get("disorder"),
                event: row.get("event"),
                sub_event: row.get("sub_event"),
                daily: row.get("span") == "days",
            };
            codes.acled.insert((kind(&row)?, row.get("means"), row.get("victim")), event);
        }
        for row in table::rows("acled-vague.tsv", include_str!("../../data/export/acled-vague.tsv"))? {
            codes.vague.push((row.get("word"), number(&row, "dead")?));
        }
        codes.vague.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), *word));
        for row in table::rows("plover-events.tsv", include_str!("../../data/export/plover-events.tsv"))? {
            let event = PloverEvent { event: row.get("event"), mode: row.get("mode"), quad: row.get("quad") };
            codes.plover.insert((kind(&row)?, row.get("means")), event);
        }
        for row in table::rows("ged-events.tsv", include_str!("../../data/export/ged-events.tsv"))? {
            codes.force.insert(kind(&row)?, row.get("force") == "yes");
        }
        for row in table::rows("hxl-tags.tsv", include_str!("../../data/export/hxl-tags.tsv"))? {
            codes.hxl.insert(row.get("column"), Tag { tag: row.get("tag") });
        }
        Ok(codes)
    }

    /// What an actor of this kind and side is elsewhere.
    pub fn party<'c>(&'c self, kind: &'c str, side: &'c str) -> Option<&'c Party> {
        self.parties.get(&(kind, side)).or_else(|| self.parties.get(&(kind, "*")))
    }

    /// What a kind of event with these means, done to such victims, is for ACLED.
    pub fn acled<'c>(&'c self, kind: Kind, means: &'c str, victim: &'c str) -> Option<&'c AcledEvent> {
        [(means, victim), (means, "*"), ("*", victim), ("*", "*")]
            .into_iter()
            .find_map(|(means, victim)| self.acled.get(&(kind, means, victim)))
    }

    /// What a kind of event with these means is for PLOVER.
    pub fn plover<'c>(&'c self, kind: Kind, means: &'c str) -> Option<&'c PloverEvent> {
        self.plover.get(&(kind, means)).or_else(|| self.plover.get(&(kind, "*")))
    }
}

fn number<N: std::str::FromStr>(row: &Row<'_>, column: &str) -> Result<N, TableError> {
    row.get(column).parse().map_err(|_| row.error(format!("{column} is no number")))
}

fn kind(row: &Row<'_>) -> Result<Kind, TableError> {
    Kind::parse(row.get("kind")).ok_or_else(|| row.error("no such kind"))
}

#[cfg(test)]
mod tests {
    use gainsay_lexicon::Words;

    use super::*;

    #[test]
    fn every_code_is_of_something_the_lists_know() {
        let (codes, words) = (Codes::get(), Words::builtin());
        for place in words.gazetteer.places.values() {
            assert!(codes.places.contains_key(place.kind.as_str()), "no precision for a {}", place.kind);
            if place.kind == "country" {
                assert!(codes.countries.contains_key(place.id.as_str()), "no codes for {}", place.id);
            }
        }
        for (actor, (country, _)) in &codes.actors {
            assert!(words.lexicon.actors.contains_key(*actor), "{actor}");
            assert!(country.is_none_or(|place| codes.countries.contains_key(place)), "{actor}");
        }
        for actor in words.lexicon.actors.values() {
            assert!(codes.party(&actor.kind, &actor.side).is_some(), "{}: {}", actor.id, actor.kind);
        }
    }

    #[test]
    fn means_and_victims_narrow_a_kind() {
        let codes = Codes::get();
        let sub = |kind, means, victim| codes.acled(kind, means, victim).map(|event| event.sub_event);
        assert_eq!(sub(Kind::Bombing, "suicide_bomb", "civilians"), Some("Suicide bomb"));
        assert_eq!(sub(Kind::Bombing, "mine", "*"), Some("Remote explosive/landmine/IED"));
        assert_eq!(sub(Kind::Attack, "", "civilians"), Some("Attack"));
        assert_eq!(sub(Kind::Attack, "", "*"), Some("Armed clash"));
        assert_eq!(sub(Kind::Aid, "", "*"), None);
        assert_eq!(codes.plover(Kind::Airstrike, "drone").map(|event| event.mode), Some("drone"));
    }
}
