//! A place as the map shows it: its mark says who holds it and how sure that is.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Control, DisputeKind, HoldingState};

use super::super::phrase;
use super::super::sides::{self, Shape};
use super::super::svg::{escape, num};
use super::super::view::View;
use crate::coarse;

/// A place with its mark.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Anchor of its row.
    pub anchor: Option<String>,
    /// Name on the map.
    pub name: String,
    /// Name and state, for the tooltip and for who hears the map.
    pub title: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Sides of the holders, without doubles.
    pub sides: Vec<&'static str>,
    /// How sure.
    pub state: HoldingState,
    /// Sources contradict each other over who holds it.
    pub disputed: bool,
    /// Somebody there is besieged.
    pub besieged: bool,
    /// An area rather than a point.
    pub area: bool,
    /// Less is more: contested and disputed places first, then held ones, towns before quarters.
    pub rank: u32,
    /// Less is greater: a city before a town before a quarter.
    pub size: u32,
}

/// The places to draw: those in the controls, and besieged ones, that have coordinates; by rank.
pub(super) fn spots(view: &View) -> Vec<Spot> {
    let gazetteer = &view.input.words.gazetteer;
    let disputed: BTreeSet<&str> = view
        .input
        .disputes
        .iter()
        .filter(|dispute| dispute.kind == DisputeKind::Holder && !dispute.revision)
        .filter_map(|dispute| dispute.about.place.as_deref())
        .collect();
    let lasting = |siege: &&gainsay_model::Siege| siege.to.is_none_or(|to| to >= view.input.to);
    let besieged: BTreeSet<&str> =
        view.input.sieges.iter().filter(lasting).map(|siege| siege.place.as_str()).collect();
    let mut places: BTreeMap<&str, Option<&Control>> = besieged.iter().map(|id| (*id, None)).collect();
    places.extend(view.controls.iter().map(|control| (control.place.as_str(), Some(*control))));
    let mut spots: Vec<Spot> = Vec::new();
    for (id, control) in places {
        let Some(place) = gazetteer.place(id) else { continue };
        let sound =
            place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0 && (place.lat != 0.0 || place.lon != 0.0);
        if !sound || matches!(place.kind.as_str(), "country" | "region" | "river" | "road") {
            continue;
        }
        let (lon, lat) = coarse::point(place.lon, place.lat, view.input.coarsen_km);
        let state = control.map_or(HoldingState::Unknown, |control| control.state);
        let mut sides: Vec<&'static str> = Vec::new();
        for holder in control
            .into_iter()
            .filter(|_| state != HoldingState::Unknown)
            .flat_map(|control| &control.holders)
        {
            let side = sides::of(&view.names.side(holder)).id;
            let side = if side == "unknown" { "other" } else { side };
            if !sides.contains(&side) {
                sides.push(side);
            }
        }
        let area = matches!(place.kind.as_str(), "governorate" | "district" | "area");
        let (disputed, besieged) = (disputed.contains(id), besieged.contains(id));
        let name = view.names.who(id);
        let holders =
            control.map(|control| view.whos(&control.holders)).filter(|holders| !holders.is_empty());
        let mut title = format!("{name}: {}", phrase::state(state));
        if let Some(holders) = holders.filter(|_| state != HoldingState::Unknown) {
            title = format!("{title}, {holders}");
        }
        if disputed {
            title.push_str(", disputed");
        }
        if besieged {
            title.push_str(", besieged");
        }
        let weight = match state {
            _ if disputed || besieged => 0,
            HoldingState::Contested => 1,
            HoldingState::Held => 2,
            HoldingState::Claimed => 3,
            HoldingState::Unknown => 6,
        };
        let size = match place.kind.as_str() {
            "city" => 0,
            "town" | "governorate" => 1,
            "neighbourhood" | "camp" | "hospital" | "facility" => 4,
            _ => 2,
        };
        spots.push(Spot {
            anchor: view.place_anchor(id),
            name,
            title,
            lon,
            lat,
            sides,
            state,
            disputed,
            besieged,
            area,
            rank: weight * 8 + size,
            size,
        });
    }
    spots.sort_by(|a, b| (a.rank, &a.name).cmp(&(b.rank, &b.name)));
    spots
}

impl Spot {
    /// The shape that tells the side.
    fn shape(&self) -> Shape {
        match self.sides.as_slice() {
            [] if self.state == HoldingState::Unknown => Shape::Dot,
            [side] => sides::of(side).shape,
            [] => Shape::Cross,
            _ => Shape::Circle,
        }
    }

    /// The mark around the origin, without its link. `prefix` parts the patterns of one picture from another's.
    pub(super) fn mark(&self, r: f64, prefix: &str) -> String {
        let shape = sides::path(self.shape(), r);
        let side = self.sides.first().copied().unwrap_or("unknown");
        let mut out = String::new();
        if self.besieged {
            let ring = num(r + 4.5);
            out.push_str(&format!("<circle class=\"ring\" r=\"{ring}\"/>"));
        }
        if self.area {
            out.push_str(&format!("<circle class=\"area\" r=\"{}\"/>", num(r + 2.5)));
        }
        out.push_str(&format!("<path class=\"halo\" d=\"{shape}\"/>"));
        let style = match (self.pattern(), self.state) {
            (Some(pattern), _) => format!("fill:url(#{prefix}{pattern});stroke:var(--{side}-line)"),
            (None, HoldingState::Claimed) => {
                format!("fill:var(--paper);stroke:var(--{side}-line);stroke-width:2.2")
            }
            (None, _) => format!("fill:var(--{side});stroke:var(--{side}-line)"),
        };
        out.push_str(&format!("<path d=\"{shape}\" style=\"{style}\"/>"));
        out
    }

    /// The name of the pattern that fills it; `None` for a plain fill.
    pub(super) fn pattern(&self) -> Option<String> {
        match self.sides.as_slice() {
            [] => None,
            [side] if self.disputed || self.state == HoldingState::Contested => Some(format!("p-{side}")),
            [_] => None,
            several => Some(format!("p-{}", several[..several.len().min(3)].join("-"))),
        }
    }

    /// The definition of that pattern: stripes of the sides, of side and paper where there is but one.
    pub(super) fn definition(&self, prefix: &str) -> Option<(String, String)> {
        let name = format!("{prefix}{}", self.pattern()?);
        let mut fills: Vec<String> = self.sides.iter().take(3).map(|side| format!("var(--{side})")).collect();
        if fills.len() == 1 {
            fills.push("var(--paper)".into());
        }
        let step = 3.2;
        let whole = num(step * fills.len() as f64);
        let mut out = format!(
            "<pattern id=\"{name}\" width=\"{whole}\" height=\"{whole}\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\">"
        );
        for (at, fill) in fills.iter().enumerate() {
            let x = num(step * at as f64);
            let wide = num(step);
            out.push_str(&format!(
                "<rect x=\"{x}\" width=\"{wide}\" height=\"{whole}\" style=\"fill:{fill}\"/>"
            ));
        }
        out.push_str("</pattern>");
        Some((name, out))
    }

    /// The link around a mark at a point.
    pub(super) fn draw(&self, x: f64, y: f64, r: f64, prefix: &str) -> String {
        let title = escape(&self.title);
        let mark = self.mark(r, prefix);
        let at = format!("transform=\"translate({} {})\"", num(x), num(y));
        match &self.anchor {
            Some(anchor) => format!(
                "<a href=\"#{anchor}\" class=\"spot\" {at} aria-label=\"{title}\"><title>{title}</title>{mark}</a>"
            ),
            None => format!("<g class=\"spot\" {at}><title>{title}</title>{mark}</g>"),
        }
    }
}
