//! The words of another war: gainsay's codebook with a lexicon and a gazetteer of Latin America in place of its own.

use anyhow::Context;
use gainsay_lexicon::codebook::Demonym;
use gainsay_lexicon::table::rows;
use gainsay_lexicon::{Actor, Gazetteer, Lexicon, NameIndex, Place, Words};

/// Codebook and number words as they come with gainsay; actors, places and demonyms from `xtask/data/muc4`.
///
/// # Errors
/// A row that cannot be read.
pub fn words() -> anyhow::Result<Words> {
    let mut words = Words::load()?;
    words.lexicon = lexicon()?;
    words.gazetteer = gazetteer()?;
    words.codebook.demonyms.clear();
    for row in rows("demonyms.tsv", include_str!("../../../data/muc4/demonyms.tsv"))? {
        let own = |column: &str| row.opt(column).map(str::to_string);
        let demonym = Demonym { place: own("place"), actor: own("actor") };
        words.codebook.demonyms.insert(row.get("word").into(), demonym);
    }
    words.index = NameIndex::of(&words.lexicon, &words.gazetteer);
    Ok(words)
}

fn lexicon() -> anyhow::Result<Lexicon> {
    let mut lexicon = Lexicon::default();
    for row in rows("actors.tsv", include_str!("../../../data/muc4/actors.tsv"))? {
        let actor = Actor {
            id: row.get("id").into(),
            name: row.get("name").into(),
            kind: row.get("kind").into(),
            side: row.get("side").into(),
            part_of: None,
            follows: None,
            from: None,
            to: None,
            names: row.list("names").map(str::to_string).collect(),
            phrases: Vec::new(),
        };
        lexicon.actors.insert(actor.id.clone(), actor);
    }
    Ok(lexicon)
}

fn gazetteer() -> anyhow::Result<Gazetteer> {
    let mut gazetteer = Gazetteer::default();
    for row in rows("places.tsv", include_str!("../../../data/muc4/places.tsv"))? {
        let degrees =
            |column: &str| row.get(column).parse::<f64>().context(format!("{}: {column}", row.line));
        let place = Place {
            id: row.get("id").into(),
            name: row.get("name").into(),
            kind: row.get("kind").into(),
            parent: row.opt("parent").map(str::to_string),
            lat: degrees("lat")?,
            lon: degrees("lon")?,
            pcode: None,
            extent: None,
            names: row.list("names").map(str::to_string).collect(),
        };
        gazetteer.places.insert(place.id.clone(), place);
    }
    Ok(gazetteer)
}
