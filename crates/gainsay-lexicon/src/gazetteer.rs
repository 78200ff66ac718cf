//! Places: what contains them, where they lie, and all their names.

use std::collections::BTreeMap;

use crate::brought::Brought;
use crate::table::{Row, TableError, rows};

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Readable and stable.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// country, governorate, district, city, town, village, neighbourhood, area, camp, crossing, bridge, base …
    pub kind: String,
    /// The smallest listed place that contains it.
    pub parent: Option<String>,
    /// Degrees north, WGS84.
    pub lat: f64,
    /// Degrees east, WGS84.
    pub lon: f64,
    /// OCHA P-code.
    pub pcode: Option<String>,
    /// West, south, east, north in degrees.
    pub extent: Option<[f64; 4]>,
    /// Other names in any script.
    pub names: Vec<String>,
}

/// Where there is.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// The built-in ones, by id.
    pub places: BTreeMap<String, Place>,
    /// Those of the lists that a user brought.
    pub brought: Brought,
}

/// Borders, rivers and lakes in outline: a GeoJSON FeatureCollection with `name` and `kind` (border, river, lake).
pub const OUTLINES: &str = include_str!("../data/gazetteer/outlines.geojson");

impl Gazetteer {
    /// The lists under `data/gazetteer`.
    ///
    /// # Errors
    /// A row that cannot be read, an id given twice, or a parent that is nowhere.
    pub fn load() -> Result<Gazetteer, TableError> {
        let mut gazetteer = Gazetteer::default();
        let files = [
            ("admin.tsv", include_str!("../data/gazetteer/admin.tsv")),
            ("iraq.tsv", include_str!("../data/gazetteer/iraq.tsv")),
            ("neighbours.tsv", include_str!("../data/gazetteer/neighbours.tsv")),
            ("syria.tsv", include_str!("../data/gazetteer/syria.tsv")),
        ];
        for (file, text) in files {
            for row in rows(file, text)? {
                let place = place(&row)?;
                if gazetteer.places.insert(place.id.clone(), place).is_some() {
                    return Err(row.error("this id stands in a gazetteer file already"));
                }
            }
        }
        Ok(gazetteer)
    }

    /// The place with this id, built in or brought.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.places.get(id).or_else(|| self.brought(id))
    }

    /// The place's name; the id itself where unknown.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.place(id).map_or(id, |place| &place.name)
    }

    /// The places that contain it, from the nearest outward, itself not among them.
    pub fn ancestors(&self, id: &str) -> Vec<&Place> {
        let mut chain: Vec<&Place> = Vec::new();
        let mut next = self.place(id).and_then(|place| place.parent.as_deref());
        while let Some(place) = next.and_then(|id| self.place(id)) {
            if chain.iter().any(|seen| seen.id == place.id) {
                break;
            }
            chain.push(place);
            next = place.parent.as_deref();
        }
        chain
    }

    /// Whether `outer` is the place itself or contains it.
    pub fn within(&self, id: &str, outer: &str) -> bool {
        // Step by step rather than over `ancestors`: this is asked millions of times.
        let mut at = id;
        for _ in 0..self.places.len() + 1 {
            if at == outer {
                return true;
            }
            match self.place(at).and_then(|place| place.parent.as_deref()) {
                Some(parent) if self.place(parent).is_some() => at = parent,
                _ => return false,
            }
        }
        false
    }

    /// The governorate that contains the place, or that it is.
    pub fn governorate(&self, id: &str) -> Option<&Place> {
        let own = self.place(id).filter(|place| place.kind == "governorate");
        own.or_else(|| self.ancestors(id).into_iter().find(|place| place.kind == "governorate"))
    }
}

fn place(row: &Row) -> Result<Place, TableError> {
    let degrees = |column: &str| {
        let value = row.get(column);
        value.parse::<f64>().map_err(|_| row.error(format!("{column} is no number: {value:?}")))
    };
    let extent = match row.opt("box") {
        None => None,
        Some(text) => {
            let sides: Vec<f64> = text.split(',').filter_map(|side| side.trim().parse().ok()).collect();
            Some(<[f64; 4]>::try_from(sides).map_err(|_| row.error("box is not west,south,east,north"))?)
        }
    };
    Ok(Place {
        id: row.get("id").into(),
        name: row.get("name").into(),
        kind: row.get("kind").into(),
        parent: row.opt("parent").map(str::to_string),
        lat: degrees("lat")?,
        lon: degrees("lon")?,
        pcode: row.opt("pcode").map(str::to_string),
        extent,
        names: row.list("names").map(str::to_string).collect(),
    })
}
