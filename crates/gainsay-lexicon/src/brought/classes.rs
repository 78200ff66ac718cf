//! What kinds of place others' lists speak of, in our words, and how prominent each is.
//!
//! The codes are those of GeoNames (<https://www.geonames.org/export/codes.html>). A rank from 0 to 255 says how
//! likely a bare name means the place: it follows the class, and the population within one.

/// Kinds, as records number them: the gazetteer's own words.
pub const KINDS: [&str; 26] = [
    "area",
    "country",
    "governorate",
    "district",
    "city",
    "town",
    "village",
    "neighbourhood",
    "camp",
    "airport",
    "base",
    "bridge",
    "crossing",
    "dam",
    "facility",
    "hospital",
    "prison",
    "lake",
    "mountain",
    "river",
    "road",
    "region",
    "oil-field",
    "gas-field",
    "farm",
    "spot",
];

/// The number of a kind in [`KINDS`]; of an unknown one that of "area".
pub fn number(kind: &str) -> u8 {
    KINDS.iter().position(|own| *own == kind).unwrap_or(0) as u8
}

/// Whether people live in it, or are kept in it.
pub fn is_settlement(kind: &str) -> bool {
    matches!(kind, "city" | "town" | "village" | "neighbourhood" | "camp")
}

/// Whether it is small enough to be a point on a map of a country.
pub fn is_point(kind: &str) -> bool {
    !matches!(kind, "country" | "governorate" | "district" | "region" | "river" | "road" | "area")
}

/// Kind and rank of a GeoNames feature of this class and code with so many inhabitants.
pub fn of_geonames(class: &str, code: &str, population: u64) -> (&'static str, u8) {
    match (class, code) {
        ("A", code) => administrative(code),
        ("P", code) => populated(code, population),
        ("S", "AIRB") => ("base", 110),
        ("S", "AIRP" | "AIRF" | "AIRH") => ("airport", 110),
        ("S", "MILB" | "INSM" | "FT" | "NVB") => ("base", 100),
        ("S", "BDG" | "BDGQ") => ("bridge", 60),
        ("S", "PSTB" | "CSTM") => ("crossing", 90),
        ("S", "DAM" | "DAMQ" | "DAMSB") => ("dam", 70),
        ("S", "HSP" | "HSPC" | "HSPD" | "HSPL") => ("hospital", 40),
        ("S", "PRN" | "PRNJ" | "PRNQ") => ("prison", 60),
        ("S", "CMPRF" | "CMPQ" | "CMP" | "CMPLA" | "CMPMN" | "CMPO" | "CMPL") | ("L", "CMPRF") => {
            ("camp", 100)
        }
        ("S", "PS" | "PSH" | "PSN" | "OILR" | "OILT" | "MN" | "PRT") | ("L", "PRT") => ("facility", 60),
        ("S", "FRM" | "FRMQ" | "FRMS" | "FRMT" | "HSE" | "EST" | "HUT" | "SHPF") => ("farm", 10),
        ("S", _) => ("facility", 20),
        ("L", "OILF") => ("oil-field", 80),
        ("L", "GASF") => ("gas-field", 80),
        ("L", "RGN" | "RGNE" | "RGNH" | "RGNL") => ("region", 100),
        ("L", "MILB" | "NVB") => ("base", 100),
        ("T", "MT" | "MTS" | "PK" | "PKS" | "HLL" | "HLLS" | "RDGE" | "VLC" | "PASS") => ("mountain", 40),
        ("H", "LK" | "LKS" | "RSV" | "LKN" | "LGN") => ("lake", 50),
        ("H", "STM" | "STMH" | "STMD" | "RVN" | "CNL") => ("river", 40),
        ("H" | "U" | "V", _) => ("spot", 10),
        ("R", _) => ("road", 20),
        ("T", _) => ("area", 20),
        _ => ("area", 40),
    }
}

fn administrative(code: &str) -> (&'static str, u8) {
    match code {
        "PCLI" | "PCLD" | "PCLF" | "PCLS" | "PCLIX" | "PCL" | "TERR" => ("country", 250),
        "ADM1" => ("governorate", 215),
        "ADM2" => ("district", 165),
        "ADM3" => ("district", 130),
        "ADM1H" | "ADM2H" | "PCLH" => ("area", 60),
        _ => ("area", 90),
    }
}

fn populated(code: &str, population: u64) -> (&'static str, u8) {
    let (kind, size) = match population {
        1_000_000.. => ("city", 220),
        100_000.. => ("city", 190),
        50_000.. => ("city", 170),
        10_000.. => ("town", 150),
        1_000.. => ("village", 125),
        1.. => ("village", 105),
        0 => ("village", 90),
    };
    match code {
        "PPLC" => ("city", 240),
        "PPLA" => ("city", size.max(200)),
        "PPLA2" => (if kind == "village" { "town" } else { kind }, size.max(160)),
        "PPLA3" | "PPLA4" | "PPLA5" => (kind, size.max(130)),
        "PPLX" => ("neighbourhood", 70),
        "PPLQ" | "PPLH" | "PPLW" | "PPLCH" => ("village", 50),
        _ => (kind, size),
    }
}

/// The kind that a word of another list stands for ("human settlement", "قرية", "refugee camp"); `None` for an unknown
/// one.
pub fn of_word(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    if let Some(own) = KINDS.iter().find(|kind| **kind == word) {
        return Some(own);
    }
    // The longest that is in it: "refugee camp" is a camp, "military air base" a base.
    const WORDS: [(&str, &str); 52] = [
        ("sovereign state", "country"),
        ("country", "country"),
        ("governorate", "governorate"),
        ("province", "governorate"),
        ("oblast", "governorate"),
        ("federal state", "governorate"),
        ("muhafazah", "governorate"),
        ("محافظة", "governorate"),
        ("subdistrict", "district"),
        ("district", "district"),
        ("raion", "district"),
        ("county", "district"),
        ("nahiyah", "district"),
        ("منطقة", "district"),
        ("ناحية", "district"),
        ("قضاء", "district"),
        ("metropolis", "city"),
        ("big city", "city"),
        ("city", "city"),
        ("capital", "city"),
        ("مدينة", "city"),
        ("town", "town"),
        ("بلدة", "town"),
        ("village", "village"),
        ("hamlet", "village"),
        ("human settlement", "village"),
        ("locality", "village"),
        ("settlement", "village"),
        ("قرية", "village"),
        ("neighborhood", "neighbourhood"),
        ("neighbourhood", "neighbourhood"),
        ("quarter", "neighbourhood"),
        ("suburb", "neighbourhood"),
        ("حي", "neighbourhood"),
        ("camp", "camp"),
        ("مخيم", "camp"),
        ("airport", "airport"),
        ("airfield", "airport"),
        ("air base", "base"),
        ("military base", "base"),
        ("bridge", "bridge"),
        ("border crossing", "crossing"),
        ("checkpoint", "crossing"),
        ("dam", "dam"),
        ("hospital", "hospital"),
        ("prison", "prison"),
        ("lake", "lake"),
        ("mountain", "mountain"),
        ("river", "river"),
        ("road", "road"),
        ("region", "region"),
        ("power station", "facility"),
    ];
    let inside = WORDS.iter().filter(|(own, _)| contains(&word, own));
    inside.max_by_key(|(own, _)| own.len()).map(|(_, kind)| *kind)
}

/// Whether the word stands in it as a word of its own ("capital city", not "velocity").
fn contains(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let after = text[at + word.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        before && after
    })
}

/// The rank of a place of this kind with so many inhabitants, where a list tells no more.
pub fn rank(kind: &str, population: u64) -> u8 {
    match kind {
        "country" => 250,
        "governorate" => 215,
        "district" => 150,
        "city" => populated("", population).1.max(180),
        "town" => populated("", population).1.max(150),
        "village" => populated("", population).1,
        "neighbourhood" => 80,
        "airport" | "base" | "camp" | "region" => 105,
        "crossing" | "oil-field" | "gas-field" => 90,
        "bridge" | "dam" | "prison" | "facility" => 70,
        "farm" | "spot" => 10,
        _ => 50,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_the_gazetteers_words() {
        assert_eq!(of_geonames("P", "PPLC", 0), ("city", 240));
        assert_eq!(of_geonames("P", "PPL", 200), ("village", 105));
        assert_eq!(of_geonames("A", "ADM1", 0).0, "governorate");
        assert_eq!(of_geonames("H", "WLL", 0), ("spot", 10));
        assert_eq!(of_word("refugee camp"), Some("camp"));
        assert_eq!(of_word("velocity"), None);
        assert_eq!(of_word("urban-type settlement"), Some("village"));
        assert_eq!(of_word("big city"), Some("city"));
        for kind in KINDS {
            assert_eq!(KINDS[usize::from(number(kind))], kind);
        }
    }
}
