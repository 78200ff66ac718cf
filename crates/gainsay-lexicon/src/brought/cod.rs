//! OCHA's administrative boundaries (COD-AB): levels 0 to 4 with P-codes and names in several languages.
//!
//! Their columns are called otherwise from one country and year to the next: `ADM1_EN`, `ADM1_AR`, `ADM1_PCODE`;
//! `admin1Name_en`, `admin1Pcode`; `adm1_name`, `adm1_name1`, `adm1_pcode`. A column begins with the level it is of.
//!
//! **Takes** features of one or several layers. **Gives** places: those of a row, and of the levels above it that no
//! row of their own tells. **Never** takes a place without a P-code.

use std::collections::BTreeMap;

use super::features::Feature;
use super::plain::Plain;
use super::refused::Refused;
use super::same::Same;

/// The kind of place that a level is.
const LEVELS: [&str; 5] = ["country", "governorate", "district", "district", "area"];

/// What a row says of one level.
#[derive(Debug, Default, Clone)]
struct Level {
    pcode: String,
    names: Vec<String>,
}

/// The places of some layers, each the name of its file and its features.
///
/// # Errors
/// Every feature without P-code or name; a file in which no column is of a level.
pub fn places(layers: &[(String, Vec<Feature>)], same: &Same) -> Result<Vec<Plain>, Refused> {
    let mut refused = Refused::default();
    let mut own: BTreeMap<String, Plain> = BTreeMap::new();
    let mut above: BTreeMap<String, Plain> = BTreeMap::new();
    for (file, features) in layers {
        let columns = features.first().map_or(&[][..], |feature| &feature.cells);
        if !columns.iter().any(|(name, _)| column(name).is_some_and(|(_, what)| what == Column::Pcode)) {
            let named: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).take(12).collect();
            refused.add(
                file,
                0,
                format!("no column of P-codes (ADM1_PCODE, admin1Pcode …) among {}", named.join(", ")),
            );
            continue;
        }
        for feature in features {
            let levels = levels(feature);
            let Some(depth) = levels.iter().rposition(|level| !level.pcode.is_empty()) else {
                refused.add(file, feature.line, "has no P-code; fill ADM…_PCODE");
                continue;
            };
            if let Some(bad) = levels.iter().find(|level| !plain_code(&level.pcode)) {
                refused.add(file, feature.line, format!("{:?} is no P-code: letters and digits", bad.pcode));
                continue;
            }
            let country =
                levels[0].pcode.get(..2).or(levels[depth].pcode.get(..2)).unwrap_or("").to_uppercase();
            let country = <[u8; 2]>::try_from(country.as_bytes()).unwrap_or_default();
            for at in (0..=depth).filter(|at| !levels[*at].pcode.is_empty()) {
                let level = &levels[at];
                let holder = levels[..at].iter().rposition(|outer| !outer.pcode.is_empty());
                let mut place = Plain {
                    line: feature.line,
                    file: file.clone(),
                    id: id(&level.pcode, same),
                    pcode: level.pcode.clone(),
                    kind: LEVELS[at],
                    parent: holder.map(|holder| id(&levels[holder].pcode, same)),
                    country,
                    ..Plain::default()
                };
                let mut names = level.names.iter().cloned();
                match names.next() {
                    Some(name) => place.name = name,
                    None if at == depth => {
                        refused.add(
                            file,
                            feature.line,
                            format!("`{}` has no name; fill ADM{at}_EN", level.pcode),
                        );
                        continue;
                    }
                    None => continue,
                }
                place.names = names.collect();
                if at == depth {
                    (place.shape, place.at) = (feature.shape.clone(), feature.at);
                    match own.get_mut(&place.pcode) {
                        // One place in several layers: lines of one, a table of another.
                        Some(known) if known.kind == place.kind => merge(known, place),
                        Some(known) => {
                            let what = format!(
                                "the P-code {} again, which stands in {}:{} as another level",
                                place.pcode, known.file, known.line
                            );
                            refused.add(file, feature.line, what);
                        }
                        None => drop(own.insert(place.pcode.clone(), place)),
                    }
                } else {
                    above.entry(place.pcode.clone()).or_insert(place);
                }
            }
        }
    }
    refused.or_ok()?;
    for (pcode, place) in above {
        own.entry(pcode).or_insert(place);
    }
    let mut places: Vec<Plain> = own.into_values().collect();
    places.sort_by(|a, b| depth(a.kind).cmp(&depth(b.kind)).then(a.pcode.cmp(&b.pcode)));
    Ok(places)
}

fn depth(kind: &str) -> usize {
    LEVELS.iter().position(|own| *own == kind).unwrap_or(LEVELS.len())
}

fn merge(known: &mut Plain, other: Plain) {
    for name in std::iter::once(other.name).chain(other.names) {
        if name != known.name && !known.names.contains(&name) {
            known.names.push(name);
        }
    }
    known.at = known.at.or(other.at);
    known.parent = known.parent.take().or(other.parent);
    match (&mut known.shape, other.shape) {
        (Some(own), Some(more)) if *own != more => own.rings.extend(more.rings),
        (None, more) => known.shape = more,
        _ => {}
    }
}

/// The built-in place of this P-code, or an id made of it.
fn id(pcode: &str, same: &Same) -> String {
    match same.with_pcode(pcode) {
        Some(number) => same.ids[number as usize].clone(),
        None => format!("pcode-{}", pcode.to_lowercase()),
    }
}

fn plain_code(pcode: &str) -> bool {
    pcode.len() <= 24 && pcode.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// What the columns of a feature say of each level.
fn levels(feature: &Feature) -> [Level; 5] {
    let mut levels: [Level; 5] = Default::default();
    // English names first, then those of the main column, then all others.
    for wanted in 0..3 {
        for (name, cell) in &feature.cells {
            let cell = cell.trim();
            let Some((at, what)) = column(name).filter(|_| !cell.is_empty()) else { continue };
            let level: &mut Level = &mut levels[at];
            match what {
                Column::Pcode if wanted == 0 => cell.clone_into(&mut level.pcode),
                Column::Name(order) if order == wanted && !level.names.iter().any(|own| own == cell) => {
                    level.names.push(cell.to_owned());
                }
                _ => {}
            }
        }
    }
    levels
}

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Pcode,
    /// A name: 0 English, 1 without a language, 2 another.
    Name(usize),
}

/// The level and meaning of a column; `None` for others.
fn column(name: &str) -> Option<(usize, Column)> {
    let lower = name.trim().to_lowercase();
    let rest = lower.strip_prefix("admin").or_else(|| lower.strip_prefix("adm"))?;
    let level = rest.chars().next()?.to_digit(10).filter(|level| *level < 5)? as usize;
    let rest = rest[1..].trim_start_matches('_');
    let what = match rest {
        "pcode" | "code" | "pcod" | "pcode_" => Column::Pcode,
        "en" | "name_en" | "nameen" | "ref_name" => Column::Name(0),
        "name" | "" => Column::Name(1),
        "refname" | "type" | "type_en" | "ref" | "id" => return None,
        rest => {
            let language = rest
                .strip_prefix("name")
                .or_else(|| rest.strip_prefix("altname"))
                .or_else(|| rest.strip_prefix("altnm"))
                .or_else(|| rest.strip_prefix("alt"))
                .unwrap_or(rest)
                .trim_matches('_');
            let digits = language.len() == 1 && language.chars().all(|c| c.is_ascii_digit());
            let numbered = language.trim_start_matches(|c: char| c.is_ascii_digit()).trim_matches('_');
            let letters =
                (2..=3).contains(&numbered.len()) && numbered.chars().all(|c| c.is_ascii_lowercase());
            if !digits && !letters {
                return None;
            }
            Column::Name(2)
        }
    };
    Some((level, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_level() {
        for (name, expected) in [
            ("ADM1_PCODE", Some((1, Column::Pcode))),
            ("admin2Pcode", Some((2, Column::Pcode))),
            ("ADM3_EN", Some((3, Column::Name(0)))),
            ("admin1Name_en", Some((1, Column::Name(0)))),
            ("ADM1_AR", Some((1, Column::Name(2)))),
            ("admin1Name_ar", Some((1, Column::Name(2)))),
            ("adm1_name", Some((1, Column::Name(1)))),
            ("adm1_name1", Some((1, Column::Name(2)))),
            ("ADM2ALT1EN", Some((2, Column::Name(2)))),
            ("ADM4_UA", Some((4, Column::Name(2)))),
            ("validOn", None),
            ("Shape_Area", None),
            ("ADM7_EN", None),
            ("adm1_type", None),
        ] {
            assert_eq!(column(name), expected, "{name}");
        }
    }
}
