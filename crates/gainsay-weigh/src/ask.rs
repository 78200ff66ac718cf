//! What is asked: the filters that every command takes.

use std::collections::BTreeMap;

use gainsay_lexicon::NameKind;
use gainsay_model::{Date, EntityId, Kind};

use crate::Weighed;
use crate::corpus::Names;
use crate::days::Days;
use crate::link::slug;

/// Filters; what is left empty lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Places, each with all it contains.
    pub place: Vec<EntityId>,
    /// Actors, as doers or as those done to, each with its parts.
    pub actor: Vec<EntityId>,
    /// Outlets, cited sources or roots.
    pub source: Vec<EntityId>,
    /// The kind of claim.
    pub kind: Option<Kind>,
    /// The report's id.
    pub report: Option<String>,
    /// The event's id.
    pub event: Option<String>,
    /// First day it may have happened.
    pub from: Option<Date>,
    /// Last day it may have happened.
    pub to: Option<Date>,
    /// Only what had been said by this day; reports without a date are never known by a day.
    pub known_by: Option<Date>,
    /// Only what these sources say, in reports of their own or through others.
    pub according_to: Vec<EntityId>,
}

/// The ids that a name stands for: itself where it is one, else every entry that bears it in any usual spelling,
/// else the nearest spelling, else the id that weighing gives to a name nobody knows.
pub fn resolve(name: &str, names: &Names, kinds: &[NameKind]) -> Vec<EntityId> {
    let is = |kind: &NameKind| match kind {
        NameKind::Actor => names.lexicon.actors.contains_key(name),
        NameKind::Source => names.lexicon.sources.contains_key(name),
        NameKind::Person => names.lexicon.people.contains_key(name),
        NameKind::Place => names.gazetteer.place(name).is_some(),
    };
    if kinds.iter().any(is) {
        return vec![name.to_string()];
    }
    let phrase = name.to_lowercase();
    let bare =
        ["the ", "an ", "a "].iter().find_map(|article| phrase.strip_prefix(article)).unwrap_or(&phrase);
    let found = names.index.find(name).iter().chain(names.index.phrase(bare));
    let mut ids: Vec<EntityId> =
        found.filter(|found| kinds.contains(&found.kind)).map(|found| found.id.clone()).collect();
    if ids.is_empty() && kinds.contains(&NameKind::Place) {
        ids = with_noun(name, names);
    }
    if ids.is_empty() && kinds.contains(&NameKind::Place) {
        ids = brought(name, names);
    }
    if ids.is_empty() {
        let near = names.index.near(name, 2);
        ids = near
            .into_iter()
            .filter(|found| kinds.contains(&found.kind))
            .map(|found| found.id.clone())
            .collect();
    }
    let own = slug(name);
    if ids.is_empty() && !own.is_empty() {
        ids.push(own);
    }
    ids.sort();
    ids.dedup();
    ids
}

/// "X province", "city of X": the places named X of the kind that the noun says.
fn with_noun(name: &str, names: &Names) -> Vec<EntityId> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let lower = |word: &str| word.to_lowercase();
    let (noun, bare) = match words.as_slice() {
        [bare @ .., noun] if NOUNS.iter().any(|(own, _)| *own == lower(noun)) => {
            (lower(noun), bare.join(" "))
        }
        [noun, of, bare @ ..] if lower(of) == "of" => (lower(noun), bare.join(" ")),
        [the, noun, of, bare @ ..] if lower(the) == "the" && lower(of) == "of" => {
            (lower(noun), bare.join(" "))
        }
        _ => return Vec::new(),
    };
    let Some((_, kinds)) = NOUNS.iter().find(|(own, _)| *own == noun) else { return Vec::new() };
    let fits =
        |id: &EntityId| names.gazetteer.place(id).is_some_and(|place| kinds.contains(&place.kind.as_str()));
    let found = names.index.find(&bare).iter().filter(|found| found.kind == NameKind::Place);
    found.map(|found| found.id.clone()).filter(fits).collect()
}

/// The places of brought lists that are called so: those written just so, else those that fold to it.
fn brought(name: &str, names: &Names) -> Vec<EntityId> {
    let found = names.gazetteer.bearing(name, &[]);
    let exact = found.iter().any(|one| one.exact);
    let found = found.iter().filter(|one| one.exact || !exact);
    found.filter_map(|one| names.gazetteer.found(one)).map(|place| place.id.clone()).collect()
}

/// Nouns that people type with a place's name, and the kinds of place they fit.
const NOUNS: &[(&str, &[&str])] = &[
    ("bridge", &["bridge"]),
    ("city", &["city"]),
    ("crossing", &["crossing", "bridge"]),
    ("district", &["district", "neighbourhood"]),
    ("governorate", &["governorate"]),
    ("neighborhood", &["neighbourhood"]),
    ("neighbourhood", &["neighbourhood"]),
    ("province", &["governorate"]),
    ("town", &["town", "city"]),
    ("village", &["village", "town"]),
];

/// Claims by place, each with the days its matter was on.
pub(crate) type ByPlace = BTreeMap<EntityId, Vec<(usize, Option<Days>)>>;

impl Ask {
    /// Whether the claim is among what is asked about; `known_by` is left to [`Weighed::known_by`] and checked too.
    pub(crate) fn lets(&self, weighed: &Weighed, at: usize) -> bool {
        let (said, event) = (&weighed.said[at], weighed.of[at].map(|event| &weighed.events[event]));
        let (link, names) = (&said.link, &weighed.corpus.names);
        let any = |wanted: &[EntityId], fits: &dyn Fn(&str) -> bool| {
            wanted.is_empty() || wanted.iter().any(|id| fits(id))
        };
        let places = || weighed.places(at);
        // What a page reprints is not its own word.
        let written = said.voice.altered || link.credited.is_none() && said.voice.copy_of.is_none();
        let parties = || link.actors.iter().chain(&link.targets);
        let day = || weighed.scope_day(at).map(|days| days.to);
        self.kind.is_none_or(|kind| kind == link.claim.kind)
            && self.report.as_ref().is_none_or(|report| *report == link.claim.document)
            && self.event.as_ref().is_none_or(|id| event.is_some_and(|event| event.id == *id))
            && self.known_by.is_none_or(|day| link.said.is_some_and(|said| said <= day))
            && self.in_period(weighed.scope_day(at))
            && any(&self.place, &|outer| places().any(|place| names.gazetteer.within(place, outer)))
            && any(&self.actor, &|whole| parties().any(|part| names.lexicon.answers_to(part, whole, day())))
            && any(&self.source, &|id| {
                weighed.speaks(at, id)
                    || link.outlet == id
                    || said.voice.carriers.iter().any(|carrier| carrier == id)
            })
            && any(&self.according_to, &|id| weighed.speaks(at, id) || (written && link.outlet == id))
    }

    /// Whether days share one with the period; unknown days only with no period.
    pub(crate) fn in_period(&self, days: Option<Days>) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        days.is_some_and(|days| {
            self.from.is_none_or(|from| from <= days.to) && self.to.is_none_or(|to| days.from <= to)
        })
    }

    /// Whether days lie so far inside the period that a count over them is a count of the period: wholly, or all
    /// but a day at either end.
    pub(crate) fn holds(&self, days: Option<Days>) -> bool {
        let Some(days) = days else { return self.from.is_none() && self.to.is_none() };
        let before = self.from.is_none_or(|from| crate::days::between(days.from, from) <= 1);
        let after = self.to.is_none_or(|to| crate::days::between(to, days.to) <= 1);
        before && after && self.in_period(Some(days))
    }
}

impl Weighed<'_> {
    /// Where a claim is: by its own word, and one that names no known place where its event is.
    pub(crate) fn places(&self, at: usize) -> impl Iterator<Item = &EntityId> {
        let own = &self.said[at].link.places;
        let known = own.iter().any(|place| self.corpus.names.gazetteer.place(place).is_some());
        let event = self.of[at].filter(|_| !known).map(|event| &self.events[event]);
        own.iter().chain(event.into_iter().flat_map(|event| &event.place))
    }

    /// The claims that an ask lets through, ascending; those elsewhere or at another time are not even looked at.
    pub(crate) fn asked(&self, ask: &Ask) -> Vec<usize> {
        if ask.place.is_empty() {
            return (0..self.said.len()).filter(|&at| ask.lets(self, at)).collect();
        }
        let gazetteer = self.corpus.names.gazetteer;
        let inside = |place: &EntityId| ask.place.iter().any(|outer| gazetteer.within(place, outer));
        let here = self.by_place().iter().filter(|(place, _)| inside(place)).flat_map(|(_, claims)| claims);
        let mut claims: Vec<usize> =
            here.filter(|(_, days)| ask.in_period(*days)).map(|(at, _)| *at).collect();
        claims.sort_unstable();
        claims.dedup();
        let elsewhere = Ask { place: Vec::new(), from: None, to: None, ..ask.clone() };
        claims.retain(|&at| elsewhere.lets(self, at));
        claims
    }

    /// Claims by where they or their events are, each with its days.
    fn by_place(&self) -> &ByPlace {
        self.by_place.get_or_init(|| {
            let mut by_place = ByPlace::new();
            for at in 0..self.said.len() {
                let days = self.scope_day(at);
                for place in self.places(at) {
                    match by_place.get_mut(place) {
                        Some(claims) => claims.push((at, days)),
                        None => drop(by_place.insert(place.clone(), vec![(at, days)])),
                    }
                }
            }
            by_place
        })
    }

    /// When a claim's matter was: by its own word, else by its event's, else the day it was first said.
    pub(crate) fn scope_day(&self, at: usize) -> Option<Days> {
        let event =
            || self.of[at].and_then(|event| self.events[event].time.start.zip(self.events[event].time.end));
        let said = &self.said[at];
        said.link.when.or_else(|| event().map(|(from, to)| Days::new(from, to))).or_else(|| said.day())
    }

    /// Whether this source says it, as a root or as one who is cited for it.
    pub(crate) fn speaks(&self, at: usize, id: &str) -> bool {
        let said = &self.said[at];
        let root = said
            .voice
            .roots
            .iter()
            .any(|root| root == id || root.split_once('@').is_some_and(|(who, _)| who == id));
        root || said.link.sources.iter().any(|(source, _)| source == id)
    }
}
