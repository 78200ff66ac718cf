//! Roads, bridges and crossings on a day: open where one side holds all of it, shut where it is cut or fought over.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Date, EntityId, HoldingState, Kind, Status};
use gainsay_weigh::Ask;
use gainsay_weigh::access::WayKind;
use serde::Serialize;

use super::Answers;
use super::lists::ShortStand;
use crate::{Error, network};

/// A road that was blocked or a bridge that was struck so many days ago says something of today (as in `access`).
const LATELY: i32 = 31;

/// A way on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WayLine {
    /// Its id in the network.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: WayKind,
    /// Degrees north of the place that stands for it.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Longitude and latitude of its stops, where it has more than one.
    pub line: Option<Vec<[f64; 2]>>,
    /// `open`, `shut` or `unknown`.
    pub state: &'static str,
    /// Who holds its stops.
    pub holders: Vec<EntityId>,
    /// Days since the newest evidence.
    pub age_days: Option<i64>,
}

impl Answers {
    /// The ways of the network that comes with gainsay, on a day, by who holds what then.
    ///
    /// # Errors
    /// When the answers cannot be read.
    pub fn ways(&self, at: Date, ask: &Ask, control: &[ShortStand]) -> Result<Vec<WayLine>, Error> {
        let gazetteer = &self.words.gazetteer;
        let network = network::builtin(gazetteer)?;
        let held: BTreeMap<&str, &ShortStand> =
            control.iter().map(|line| (line.place.as_str(), line)).collect();
        let own = |way: &gainsay_weigh::access::Way| -> Vec<EntityId> {
            way.place.iter().chain(&way.through).cloned().collect()
        };
        let stops: BTreeSet<EntityId> = network.ways.iter().flat_map(own).collect();
        let cut = self.cut(at, ask, stops)?;
        let mut lines = Vec::new();
        for way in &network.ways {
            let own = own(way);
            let stops: Vec<&EntityId> =
                if own.is_empty() { way.between.iter().collect() } else { own.iter().collect() };
            let hands: Vec<&&ShortStand> = stops.iter().filter_map(|id| held.get(id.as_str())).collect();
            let sides: BTreeSet<String> =
                hands.iter().flat_map(|line| &line.holders).map(|holder| self.side(holder)).collect();
            let fought = hands.iter().any(|line| line.state == HoldingState::Contested) || sides.len() > 1;
            let state = match () {
                () if fought || own.iter().any(|id| cut.contains(id)) => "shut",
                () if hands.len() == stops.len() && sides.len() == 1 => "open",
                () => "unknown",
            };
            let along = std::iter::once(&way.between[0]).chain(&way.through).chain([&way.between[1]]);
            let line: Vec<[f64; 2]> =
                along.filter_map(|id| gazetteer.place(id)).map(|place| [place.lon, place.lat]).collect();
            let stand_in =
                way.place.as_ref().and_then(|id| gazetteer.place(id)).map(|place| (place.lat, place.lon));
            let middle = line.get(line.len() / 2).map(|[lon, lat]| (*lat, *lon));
            let Some((lat, lon)) = stand_in.or(middle) else { continue };
            let holders: BTreeSet<&EntityId> = hands.iter().flat_map(|line| &line.holders).collect();
            lines.push(WayLine {
                id: way.id.clone(),
                name: way.name.clone(),
                kind: way.kind,
                lat,
                lon,
                line: (way.kind == WayKind::Road && line.len() > 1).then_some(line),
                state,
                holders: holders.into_iter().cloned().collect(),
                age_days: hands.iter().filter_map(|line| line.age_days).min(),
            });
        }
        Ok(lines)
    }

    /// Those of these places of which somebody lately said that passage is blocked or that they are destroyed.
    fn cut(&self, at: Date, ask: &Ask, places: BTreeSet<EntityId>) -> Result<BTreeSet<EntityId>, Error> {
        let mut cut = BTreeSet::new();
        for kind in [Kind::Obstruction, Kind::Destruction] {
            let lately = Ask {
                place: places.iter().cloned().collect(),
                kind: Some(kind),
                from: Some(at.saturating_sub(jiff::Span::new().days(LATELY))),
                to: Some(at),
                known_by: ask.known_by,
                according_to: ask.according_to.clone(),
                ..Ask::default()
            };
            for line in self.weighed_claims(&lately)? {
                let named = line.named();
                if line.claim().status == Status::Asserted {
                    cut.extend(
                        named[0]
                            .iter()
                            .map(|(id, _)| *id)
                            .filter(|id| places.contains(*id))
                            .map(str::to_owned),
                    );
                }
            }
        }
        Ok(cut)
    }
}
