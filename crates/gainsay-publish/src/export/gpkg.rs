//! The layers of a GeoPackage for QGIS: points and areas with styles, for the ledger crate to write.
//!
//! A copy to look at and to pass on: no raw bytes, no texts, no log. Layers: `control` (who holds what on the day),
//! `holdings` (over time), `events`, `areas` (events told of a district or more, as the box around it), `claims`.

use super::cells::{self, Cell, Type};
use super::codes::Codes;
use super::columns::{Column, columns};
use super::{Export, Loss, Noun, place};
use crate::brief::sides::{SIDES, Shape as Mark};

/// What a layer's features are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Geometry {
    /// Points.
    Point,
    /// Polygons.
    Polygon,
}

/// Where a feature is, in degrees (EPSG:4326).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Nobody knows.
    Nowhere,
    /// East, north.
    Point(f64, f64),
    /// West, south, east, north.
    Box([f64; 4]),
}

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Its table.
    pub name: &'static str,
    /// What it shows, in a line.
    pub description: &'static str,
    /// What its features are.
    pub geometry: Geometry,
    /// Names and types of its columns.
    pub columns: Vec<(&'static str, Type)>,
    /// Where each feature is, and its cells.
    pub rows: Vec<(Shape, Vec<Cell>)>,
    /// How QGIS draws it (QML).
    pub style: String,
}

/// The layers of these nouns.
pub(super) fn layers(export: &Export, nouns: &[Noun], loss: &mut Loss) -> Vec<Layer> {
    let mut layers = Vec::new();
    if nouns.contains(&Noun::Holdings) {
        layers.push(control(export));
        layers.push(table(
            export,
            Noun::Holdings,
            "holdings",
            "Who is said to hold which place, from when to when",
            by_side(),
        ));
    }
    if nouns.contains(&Noun::Events) {
        layers.push(areas(export));
        layers.push(table(
            export,
            Noun::Events,
            "events",
            "What several claims are held to be about",
            by_kind("marker"),
        ));
        let claims = export.events.iter().map(|event| event.claims.len()).sum();
        loss.dropped("events", "claims", claims, "their number alone; each claim names its event");
        let further = export.events.iter().map(|event| event.place.len().saturating_sub(1)).sum();
        loss.dropped("events", "places", further, "one point an event, at its first place that is known");
    }
    if nouns.contains(&Noun::Claims) {
        layers.push(table(export, Noun::Claims, "claims", "What reports say, and who says it", by_status()));
        let grounds = export.claims.iter().map(|said| said.claim.grounds.len()).sum();
        loss.dropped("claims", "grounds", grounds, "no column for the rule that read each value");
    }
    for layer in &layers {
        loss.wrote(layer.name, layer.rows.len());
        let nowhere = layer.rows.iter().filter(|(shape, _)| *shape == Shape::Nowhere).count();
        loss.dropped(
            layer.name,
            "point",
            nowhere,
            "no place that the gazetteer can draw: a row without geometry",
        );
    }
    layers
}

/// A noun's rows as points; their coordinates are columns too.
fn table(export: &Export, noun: Noun, name: &'static str, description: &'static str, style: String) -> Layer {
    let all = columns(noun);
    let at = |name: &str| all.iter().position(|(column, _)| *column == name);
    let (lat, lon) = (at("lat"), at("lon"));
    let mut rows = Vec::new();
    cells::rows(export, noun, &mut |row| {
        let number = |at: Option<usize>| match at.map(|at| &row[at]) {
            Some(Cell::Real(number)) => Some(*number),
            _ => None,
        };
        let shape = number(lon).zip(number(lat)).map_or(Shape::Nowhere, |(lon, lat)| Shape::Point(lon, lat));
        rows.push((shape, row));
    });
    Layer { name, description, geometry: Geometry::Point, columns: all.to_vec(), rows, style }
}

const CONTROL: [Column; 11] = [
    ("place", Type::Text),
    ("name", Type::Text),
    ("at", Type::Day),
    ("state", Type::Text),
    ("holders", Type::Text),
    ("holder_names", Type::Text),
    ("side", Type::Text),
    ("degree", Type::Text),
    ("since", Type::Day),
    ("age_days", Type::Whole),
    ("according_to", Type::Text),
];

fn control(export: &Export) -> Layer {
    let row = |line: &gainsay_model::Control| {
        let shape = place::of(export, &line.place)
            .map_or(Shape::Nowhere, |spot| Shape::Point(spot.point.0, spot.point.1));
        let cells: Vec<Cell> = vec![
            (&line.place).into(),
            (&line.name).into(),
            line.at.into(),
            line.state.as_str().into(),
            line.holders.join(";").into(),
            export.names(&line.holders).into(),
            cells::side_of(export, &line.holders).into(),
            line.degree.map(|degree| degree.as_str()).into(),
            line.since.into(),
            line.age_days.map_or(Cell::Null, Cell::Whole),
            line.according_to.as_ref().into(),
        ];
        (shape, cells)
    };
    Layer {
        name: "control",
        description: "Who is said to hold which place on the day",
        geometry: Geometry::Point,
        columns: CONTROL.to_vec(),
        rows: export.controls.iter().map(row).collect(),
        style: by_side(),
    }
}

const AREAS: [Column; 9] = [
    ("event", Type::Text),
    ("kind", Type::Text),
    ("time_start", Type::Day),
    ("time_end", Type::Day),
    ("place", Type::Text),
    ("name", Type::Text),
    ("killed_low", Type::Whole),
    ("killed_best", Type::Whole),
    ("killed_high", Type::Whole),
];

/// Events told of an area, a district or more, but no country: the box around it, which is not its border.
fn areas(export: &Export) -> Layer {
    let mut rows = Vec::new();
    for event in &export.events {
        let Some(spot) = place::spot(export, &event.place) else { continue };
        let exact =
            Codes::get().places.get(spot.place.kind.as_str()).is_none_or(|known| matches!(known.ged, 1 | 6));
        let Some([west, south, east, north]) = spot.place.extent.filter(|_| !exact) else { continue };
        let [low, best, high] = cells::toll(&event.killed);
        let cells: Vec<Cell> = vec![
            (&event.id).into(),
            event.kind.as_str().into(),
            event.time.start.into(),
            event.time.end.into(),
            (&spot.place.id).into(),
            (&spot.place.name).into(),
            low,
            best,
            high,
        ];
        rows.push((Shape::Box([west, south, east, north]), cells));
    }
    Layer {
        name: "areas",
        description: "Events told of an area, a district or more: the box around it, not its border",
        geometry: Geometry::Polygon,
        columns: AREAS.to_vec(),
        rows,
        style: by_kind("fill"),
    }
}

/// One class of a style: its value, its label, colours of fill and outline, and the mark.
type Class<'c> = (&'c str, &'c str, &'c str, &'c str, &'c str);

/// By side: the colours and marks of the brief's map.
fn by_side() -> String {
    let several = ("several", "Several sides", "#ffffff", "#444444", "circle");
    let classes: Vec<Class> = SIDES
        .iter()
        .map(|side| (side.id, side.label, side.light[0], side.light[1], mark(side.shape)))
        .chain([several])
        .collect();
    style("side", "marker", &classes)
}

fn mark(shape: Mark) -> &'static str {
    match shape {
        Mark::Square => "square",
        Mark::TriangleUp => "equilateral_triangle",
        Mark::TriangleDown => "triangle",
        Mark::Diamond => "diamond",
        Mark::Hexagon => "hexagon",
        Mark::Pentagon => "pentagon",
        Mark::Plus => "cross_fill",
        Mark::Star => "star",
        Mark::Bar => "line",
        Mark::Dome => "semi_circle",
        Mark::Cross => "cross2",
        Mark::Circle | Mark::Dot => "circle",
    }
}

/// By kind of event: violence in warm colours, ground and agreement in cold ones (Okabe and Ito 2008).
fn by_kind(symbol: &str) -> String {
    let classes: Vec<Class> = gainsay_model::Kind::ALL
        .iter()
        .map(|kind| {
            use gainsay_model::Kind::{
                Airstrike, Attack, Bombing, Capture, Casualties, Clash, Control, Shelling, Siege, Withdrawal,
            };
            let (fill, line, mark) = match kind {
                Airstrike | Shelling | Bombing => ("#d55e00", "#a34600", "star"),
                Attack | Casualties | Clash => ("#cc79a7", "#9c3f73", "circle"),
                Capture | Withdrawal | Control => ("#0072b2", "#005a8c", "square"),
                Siege => ("#e69f00", "#8a5f00", "diamond"),
                _ => ("#9aa0a6", "#60666c", "circle"),
            };
            (kind.as_str(), kind.as_str(), fill, line, mark)
        })
        .collect();
    style("kind", symbol, &classes)
}

fn by_status() -> String {
    let classes: [Class; 4] = [
        ("asserted", "Said to be so", "#0072b2", "#005a8c", "circle"),
        ("denied", "Said not to be so", "#d55e00", "#a34600", "cross2"),
        ("possible", "Said to be possible", "#f0e442", "#756a00", "diamond"),
        ("intended", "Said to be intended", "#009e73", "#00714f", "triangle"),
    ];
    style("status", "marker", &classes)
}

/// A style of QGIS: one symbol for each value of a column. Areas are drawn thin, so that points show through.
fn style(column: &str, symbol: &str, classes: &[Class]) -> String {
    let mut categories = String::new();
    let mut symbols = String::new();
    let (class, kind) = if symbol == "fill" { ("SimpleFill", "fill") } else { ("SimpleMarker", "marker") };
    for (at, (value, label, fill, line, mark)) in classes.iter().enumerate() {
        categories +=
            &format!("   <category render=\"true\" symbol=\"{at}\" value=\"{value}\" label=\"{label}\"/>\n");
        let options = match kind {
            "fill" => vec![
                ("color", rgba(fill, 40)),
                ("outline_color", rgba(line, 255)),
                ("outline_width", "0.4".into()),
                ("style", "solid".into()),
            ],
            _ => vec![
                ("color", rgba(fill, 255)),
                ("outline_color", rgba(line, 255)),
                ("name", (*mark).to_owned()),
                ("size", "3".into()),
            ],
        };
        let options: String = options
            .iter()
            .map(|(key, value)| {
                format!("      <Option name=\"{key}\" type=\"QString\" value=\"{value}\"/>\n")
            })
            .collect();
        symbols += &format!(
            "   <symbol name=\"{at}\" type=\"{kind}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n    \
             <layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">\n     <Option type=\"Map\">\n{options}     </Option>\n    \
             </layer>\n   </symbol>\n"
        );
    }
    let geometry = if kind == "fill" { 2 } else { 0 };
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\" styleCategories=\"Symbology\">\n \
         <renderer-v2 type=\"categorizedSymbol\" attr=\"{column}\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n  \
         <categories>\n{categories}  </categories>\n  <symbols>\n{symbols}  </symbols>\n </renderer-v2>\n \
         <layerGeometryType>{geometry}</layerGeometryType>\n</qgis>\n"
    )
}

/// `#d55e00` as QGIS writes it.
fn rgba(hex: &str, alpha: u8) -> String {
    let part = |at: usize| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or(0);
    format!("{},{},{},{alpha}", part(1), part(3), part(5))
}
