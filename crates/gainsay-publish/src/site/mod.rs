//! The site: a folder of files that shows map, timeline and pages without any server.
//!
//! **Takes** a [`SiteInput`]: what a brief is made of, and how it was known from day to day.
//! **Gives** files, one after the other: pages in English and Arabic, tables, and one script that draws the map.
//! **Never** asks for anything from anywhere, decides anything, or lets text of a report be more than text. The same
//! input gives the same bytes.
//!
//! Opened from a disk a page may load no data and no worker: what the map needs is a script of plain numbers and names
//! (`data.js`), and every page is whole as it is.

mod data;
mod input;
mod lang;
mod lists;
mod page;
mod pages;
mod paths;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use gainsay_model::{ClaimId, DisputeKind, EntityId};

use crate::brief::view::View;
use crate::clean;

pub use input::{Siege, SiteInput, Stand, Step};

use lang::Lang;
use paths::{Paths, Sort};

/// The file by which a folder is known to be a site of ours; its first line says so.
pub const MARK: &str = "gainsay-site.txt";

/// What [`MARK`] begins with.
pub const MARK_LINE: &str = "A site written by gainsay.";

/// A site while it is written.
struct Site<'a> {
    input: &'a SiteInput<'a>,
    view: View<'a>,
    paths: Paths,
    /// Claims by id: the place of its report's page and its anchor there.
    cites: BTreeMap<&'a str, (String, String)>,
    /// Claims by report, in the order of the text.
    by_report: BTreeMap<&'a str, Vec<&'a str>>,
    /// Claims by place, by source and by actor.
    by_source: BTreeMap<EntityId, Vec<ClaimId>>,
    /// Places of which somebody contradicts who holds them.
    disputed: BTreeSet<&'a str>,
    /// Events that voices differ on.
    disputed_events: BTreeSet<&'a str>,
}

/// Writes the site's files, each once, by `put`: where it lies, with `/` between folders, and what it holds.
///
/// # Errors
/// Those of `put`.
pub fn write(input: &SiteInput, put: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>) -> io::Result<()> {
    let site = Site::of(input);
    let mut text = |path: &str, text: String| put(path, clean::seal(text).as_bytes());
    text(MARK, format!("{MARK_LINE}\nOpen index.html.\n"))?;
    text("site.css", format!("{}{}", page::sides_css(), include_str!("site.css")))?;
    text("site.js", include_str!("site.js").to_owned())?;
    text("data.js", data::data(&site))?;
    text("search.js", data::search(&site))?;
    // Tables end their lines with a return and a feed, as their format wants it.
    for (name, table) in tables::tables(&site) {
        put(&format!("csv/{name}.csv"), table.into_text().as_bytes())?;
    }
    let mut text = |path: &str, text: String| put(path, clean::seal(text).as_bytes());
    for lang in Lang::ALL {
        let at = |path: &str| match lang {
            Lang::En => path.to_owned(),
            Lang::Ar => format!("ar/{path}"),
        };
        let mut page = |path: &str, markup: maud::Markup, title: &str| {
            text(&at(path), page::page(&site, lang, path, title, &markup))
        };
        page("index.html", lists::index(&site, lang), lang.t("map.title"))?;
        page("places.html", lists::places(&site, lang), lang.t("nav.places"))?;
        page("events.html", lists::events(&site, lang), lang.t("nav.events"))?;
        page("disputes.html", lists::disputes(&site, lang), lang.t("nav.disputes"))?;
        page("sources.html", lists::sources(&site, lang), lang.t("nav.sources"))?;
        page("actors.html", lists::actors(&site, lang), lang.t("nav.actors"))?;
        page("reports.html", lists::reports(&site, lang), lang.t("nav.reports"))?;
        page("search.html", lists::search(lang), lang.t("nav.search"))?;
        page("methods.html", lists::methods(&site, lang), lang.t("nav.methods"))?;
        for sort in [Sort::Place, Sort::Event, Sort::Dispute, Sort::Source, Sort::Actor, Sort::Report] {
            for id in site.paths.all(sort) {
                let (title, markup) = pages::page(&site, lang, sort, id);
                page(site.paths.of(sort, id).unwrap_or_default(), markup, &title)?;
            }
        }
    }
    Ok(())
}

impl<'a> Site<'a> {
    fn of(input: &'a SiteInput<'a>) -> Site<'a> {
        let view = View::of(&input.brief);
        let mut paths = Paths::default();
        let brief = &input.brief;
        for event in brief.events {
            paths.add(&view, Sort::Event, &event.id);
            event.place.iter().for_each(|id| paths.add(&view, Sort::Place, id));
            event.actors.iter().chain(&event.targets).for_each(|id| paths.add(&view, Sort::Actor, id));
        }
        brief.disputes.iter().for_each(|dispute| paths.add(&view, Sort::Dispute, &dispute.id));
        brief.sources.iter().for_each(|source| paths.add(&view, Sort::Source, &source.id));
        for claim in brief.claims {
            paths.add(&view, Sort::Report, &claim.document);
            claim
                .place
                .iter()
                .filter_map(|filler| filler.id())
                .for_each(|id| paths.add(&view, Sort::Place, id));
            let parties = claim.actor.iter().chain(&claim.target).filter_map(|filler| filler.id());
            parties.filter(|id| view.names.is_actor(id)).for_each(|id| paths.add(&view, Sort::Actor, id));
        }
        for stand in input.stands {
            paths.add(&view, Sort::Place, &stand.place);
            stand.holders.iter().for_each(|id| paths.add(&view, Sort::Actor, id));
        }
        for holding in brief.holdings {
            paths.add(&view, Sort::Place, &holding.place);
            holding.holders.iter().for_each(|id| paths.add(&view, Sort::Actor, id));
        }
        for siege in brief.sieges.iter().chain(input.sieges.iter().map(|known| &known.siege)) {
            paths.add(&view, Sort::Place, &siege.place);
            siege.besiegers.iter().for_each(|id| paths.add(&view, Sort::Actor, id));
        }
        let mut by_report: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut cites = BTreeMap::new();
        let mut by_source: BTreeMap<EntityId, Vec<ClaimId>> = BTreeMap::new();
        for claim in &view.claims {
            let of = by_report.entry(&claim.document).or_default();
            of.push(&claim.id);
            let file = paths.of(Sort::Report, &claim.document).unwrap_or_default().to_owned();
            cites.insert(claim.id.as_str(), (file, format!("c{}", of.len())));
            for source in claim.source.iter().filter_map(|filler| filler.id()) {
                by_source.entry(source.to_owned()).or_default().push(claim.id.clone());
            }
        }
        let real = || brief.disputes.iter().filter(|dispute| !dispute.revision);
        let disputed = real().filter(|dispute| dispute.kind == DisputeKind::Holder);
        Site {
            disputed: disputed.filter_map(|dispute| dispute.about.place.as_deref()).collect(),
            disputed_events: real().filter_map(|dispute| dispute.about.event.as_deref()).collect(),
            input,
            view,
            paths,
            cites,
            by_report,
            by_source,
        }
    }

    /// Where a place lies, as coarse as the site is; `None` where nobody knows, or where it is no point.
    fn point(&self, id: &str) -> Option<(f64, f64)> {
        let place = self.input.brief.words.gazetteer.place(id)?;
        let sound =
            place.lat.abs() <= 85.0 && place.lon.abs() <= 180.0 && (place.lat != 0.0 || place.lon != 0.0);
        let point = || crate::coarse::point(place.lon, place.lat, self.input.brief.coarsen_km);
        (sound && !matches!(place.kind.as_str(), "country" | "region" | "river" | "road")).then(point)
    }
}
