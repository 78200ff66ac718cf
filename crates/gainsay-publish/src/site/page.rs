//! The frame of every page, and what pages are put together from.

use gainsay_model::{Claim, ClaimId, Status};
use maud::{DOCTYPE, Markup, html};

use super::Site;
use super::lang::Lang;
use super::paths::Sort;
use crate::brief::{phrase, sides};

/// Lets nothing be loaded from elsewhere and nothing run but the site's own script.
const POLICY: &str =
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'";

/// Pages in the head of every page: file, message.
const PAGES: [(&str, &str); 9] = [
    ("index.html", "nav.map"),
    ("places.html", "nav.places"),
    ("events.html", "nav.events"),
    ("disputes.html", "nav.disputes"),
    ("sources.html", "nav.sources"),
    ("actors.html", "nav.actors"),
    ("reports.html", "nav.reports"),
    ("search.html", "nav.search"),
    ("methods.html", "nav.methods"),
];

/// A whole page. `path` is where it lies from the root of its language.
pub(super) fn page(site: &Site, lang: Lang, path: &str, title: &str, main: &Markup) -> String {
    let here = up(path);
    let root = if lang == Lang::Ar { format!("{here}../") } else { here.to_owned() };
    let other = match lang {
        Lang::En => format!("{root}ar/{path}"),
        Lang::Ar => format!("{root}{path}"),
    };
    let script = match path {
        "index.html" => Some("data.js"),
        "search.html" => Some("search.js"),
        _ => None,
    };
    let page = html! {
        (DOCTYPE)
        html lang=(lang.code()) dir=(lang.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (site.input.brief.title) }
                link rel="stylesheet" href={ (root) "site.css" };
                @if let Some(script) = script {
                    script src={ (root) (script) } defer {}
                    script src={ (root) "site.js" } defer {}
                }
            }
            body {
                a.skip href="#main" { (lang.t("nav.skip")) }
                header {
                    p.site { a href={ (here) "index.html" } { bdi { (site.input.brief.title) } } }
                    p.scope { (scope(site, lang)) }
                    nav aria-label=(lang.t("nav.contents")) {
                        ul {
                            @for (file, key) in PAGES {
                                li { a href={ (here) (file) } aria-current=[(file == path).then_some("page")] { (lang.t(key)) } }
                            }
                            li { a href=(other) lang=(if lang == Lang::En { "ar" } else { "en" }) { (lang.t("nav.other")) } }
                        }
                    }
                }
                main #main {
                    h1 { bdi { (title) } }
                    (main)
                }
                footer { p { (lang.t("foot")) } }
            }
        }
    };
    page.into_string()
}

/// The way from a page to the root of its language.
pub(super) fn up(path: &str) -> &'static str {
    if path.contains('/') { "../" } else { "" }
}

/// The period and the day of what is known.
fn scope(site: &Site, lang: Lang) -> String {
    let brief = &site.input.brief;
    let to = lang.day(brief.to);
    let mut words = match brief.from {
        Some(from) => lang.with("scope.span", "from", &lang.day(from)).replace("{to}", &to),
        None => lang.with("scope.to", "to", &to),
    };
    if let Some(day) = brief.known_by {
        words = format!("{words} · {}", lang.with("scope.known", "day", &lang.day(day)));
    }
    words
}

/// The properties and classes of sides.
pub(super) fn sides_css() -> String {
    let class = |side: &sides::Side| {
        format!(
            ".s-{0}{{fill:var(--{0});stroke:var(--{0}-line)}}.o-{0}{{fill:var(--paper);stroke:var(--{0}-line)}}.b-{0}{{background:var(--{0});border-color:var(--{0}-line)}}\n",
            side.id
        )
    };
    format!("{}{}", sides::css(), sides::SIDES.iter().map(class).collect::<String>())
}

/// A side's mark, with its name for who does not see it.
pub(super) fn mark(lang: Lang, side: &str) -> Markup {
    let known = sides::of(side);
    html! {
        @if !side.is_empty() {
            svg.mark role="img" viewBox="-8 -8 16 16" aria-label=(lang.t(&format!("side.{}", known.id))) {
                path class={ "s-" (known.id) } d=(sides::path(known.shape, 6.0)) {}
            }
        }
    }
}

impl Site<'_> {
    /// The name of a place.
    pub(super) fn place_name(&self, lang: Lang, id: &str) -> String {
        self.arabic(lang, id).unwrap_or_else(|| self.view.names.place(id))
    }

    /// The name of an actor or source.
    pub(super) fn who_name(&self, lang: Lang, id: &str) -> String {
        self.arabic(lang, id).unwrap_or_else(|| self.view.names.who(id))
    }

    fn arabic(&self, lang: Lang, id: &str) -> Option<String> {
        self.view.names.arabic(id).filter(|_| lang == Lang::Ar)
    }

    /// A place, linked to its page; pages with links lie one folder deep, lists at the root.
    pub(super) fn place(&self, lang: Lang, up: &str, id: &str) -> Markup {
        self.link(up, Sort::Place, id, &self.place_name(lang, id))
    }

    /// An actor or source with its side, linked to its page.
    pub(super) fn who(&self, lang: Lang, up: &str, sort: Sort, id: &str) -> Markup {
        html! { span.who { (mark(lang, &self.view.names.side(id))) (self.link(up, sort, id, &self.who_name(lang, id))) } }
    }

    /// Several, side by side.
    pub(super) fn whos(&self, lang: Lang, up: &str, sort: Sort, ids: &[String]) -> Markup {
        html! { @for (at, id) in ids.iter().enumerate() { @if at > 0 { ", " } (self.who(lang, up, sort, id)) } }
    }

    /// Places, side by side.
    pub(super) fn places(&self, lang: Lang, up: &str, ids: &[String]) -> Markup {
        html! { @for (at, id) in ids.iter().enumerate() { @if at > 0 { ", " } (self.place(lang, up, id)) } }
    }

    /// Words that lead to a page, where there is one.
    pub(super) fn link(&self, up: &str, sort: Sort, id: &str, words: &str) -> Markup {
        html! {
            @match self.paths.of(sort, id) {
                Some(path) => a href={ (up) (path) } { bdi { (words) } },
                None => bdi { (words) },
            }
        }
    }

    /// "Capture · Siyasiyeh bridge".
    pub(super) fn event_name(&self, lang: Lang, id: &str) -> String {
        let Some(event) = self.view.event(id) else {
            return self.view.names.text(&id.replace('-', " "), None);
        };
        let places: Vec<String> =
            self.view.event_places(event).iter().map(|id| self.place_name(lang, id)).collect();
        let kind = phrase::capital(lang.t(&format!("kind.{}", event.kind)));
        if places.is_empty() { kind } else { format!("{kind} · {}", places.join(", ")) }
    }

    /// What a dispute is about, in a few words.
    pub(super) fn dispute_name(&self, lang: Lang, dispute: &gainsay_model::Dispute) -> String {
        let what = phrase::capital(lang.t(&format!("dispute.{}", dispute.kind.as_str())));
        let about = &dispute.about;
        let of = match (&about.event, &about.place, &about.pair) {
            (Some(event), ..) => self.event_name(lang, event),
            (None, Some(place), _) => self.place_name(lang, place),
            (None, None, Some([a, b])) => format!("{} – {}", self.who_name(lang, a), self.who_name(lang, b)),
            (None, None, None) => String::new(),
        };
        let measure = about.measure.map(|measure| lang.t(&format!("measure.{measure}")).to_owned());
        [Some(what), measure, Some(of).filter(|of| !of.is_empty())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// Links to the words that figures were read from: the claims on their reports' pages.
    pub(super) fn cite(&self, up: &str, ids: &[ClaimId]) -> Markup {
        const SHOWN: usize = 12;
        let found: Vec<&(String, String)> = ids.iter().filter_map(|id| self.cites.get(id.as_str())).collect();
        let link = |at: usize| html! { a href={ (up) (found[at].0) "#" (found[at].1) } { (at + 1) } " " };
        html! {
            span.cite {
                @for at in 0..found.len().min(SHOWN) { (link(at)) }
                @if found.len() > SHOWN {
                    details { summary { "+" (found.len() - SHOWN) } @for at in SHOWN..found.len() { (link(at)) } }
                }
            }
        }
    }

    /// A claim with its words, what it was read as, and who passed it on.
    pub(super) fn claim(&self, lang: Lang, up: &str, claim: &Claim, on_report: bool) -> Markup {
        let document = Some(claim.document.as_str());
        let report = self.view.report(&claim.document);
        let filler = |filler: &gainsay_model::Filler, sort: Sort| {
            let id = filler.id().unwrap_or_default();
            let listed = self.view.names.is_listed(id);
            let name = match (listed, sort) {
                (true, Sort::Place) => self.place_name(lang, id),
                (true, _) => self.who_name(lang, id),
                (false, _) => self.view.names.filler(filler, &claim.document),
            };
            html! { span.who { @if sort != Sort::Place { (mark(lang, &self.view.names.side(id))) } (self.link(up, sort, id, &name)) } }
        };
        let fillers = |all: &[gainsay_model::Filler], sort: Sort| {
            html! { @for (at, one) in all.iter().enumerate() { @if at > 0 { ", " } (filler(one, sort)) } }
        };
        let count = claim.count.as_ref().map(|count| {
            let group = count
                .group
                .map(|group| format!(", {}", lang.t(&format!("group.{group}"))))
                .unwrap_or_default();
            format!(
                "{} {}{group}",
                lang.range(count.low, count.high),
                lang.t(&format!("measure.{}", count.what))
            )
        });
        let outlet = report.and_then(|report| report.publisher.as_deref());
        let outlet =
            outlet.map_or_else(|| lang.t("note.nobody").to_owned(), |name| self.view.names.outlet(name));
        let anchor = self.cites.get(claim.id.as_str());
        let language = report
            .and_then(|report| report.language.as_deref())
            .filter(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()));
        html! {
            article.claim id=[anchor.filter(|_| on_report).map(|(_, anchor)| anchor.as_str())] {
                @for quote in &claim.evidence {
                    blockquote lang=[language] dir="auto" { (self.view.names.text(&quote.exact, document)) }
                }
                p.kinds {
                    strong { (phrase::capital(lang.t(&format!("kind.{}", claim.kind)))) }
                    @if claim.status != Status::Asserted { " " span.chip.weak { (lang.t(&format!("status.{}", claim.status))) } }
                    @if claim.unverified { " " span.chip.weak { (lang.t("note.unverified")) } }
                }
                dl {
                    @if !claim.actor.is_empty() { div { dt { (lang.t("slot.actor")) } dd { (fillers(&claim.actor, Sort::Actor)) } } }
                    @if !claim.target.is_empty() { div { dt { (lang.t("slot.target")) } dd { (fillers(&claim.target, Sort::Actor)) } } }
                    @if !claim.place.is_empty() { div { dt { (lang.t("slot.place")) } dd { (fillers(&claim.place, Sort::Place)) } } }
                    @if let Some(time) = claim.time { div { dt { (lang.t("slot.time")) } dd { (lang.days(time.start, time.end)) } } }
                    @if let Some(count) = count { div { dt { (lang.t("slot.count")) } dd { (count) } } }
                    div {
                        dt { (lang.t("slot.source")) }
                        dd {
                            bdi { (outlet) }
                            @for source in &claim.source { " ← " (filler(source, Sort::Source)) }
                        }
                    }
                    @if !on_report { div {
                        dt { (lang.t("head.report")) }
                        dd {
                            @if let Some((file, anchor)) = anchor { a href={ (up) (file) "#" (anchor) } { bdi { (self.report_name(lang, &claim.document)) } } }
                        }
                    } }
                }
            }
        }
    }

    /// A report's headline and day.
    pub(super) fn report_name(&self, lang: Lang, id: &str) -> String {
        let Some(report) = self.view.report(id) else { return lang.t("head.report").to_owned() };
        let title = report.title.as_deref().map(|title| self.view.names.text(title, Some(id)));
        let outlet = report.publisher.as_deref().map(|name| self.view.names.outlet(name));
        let title = title.filter(|title| !title.trim().is_empty()).or(outlet);
        let day = report.published.map(|day| lang.day(day));
        let all: Vec<String> = [title, day].into_iter().flatten().collect();
        if all.is_empty() { lang.t("head.report").to_owned() } else { all.join(", ") }
    }

    /// "12–20, best 14".
    pub(super) fn toll(&self, lang: Lang, toll: &gainsay_model::Toll) -> String {
        match (toll.low, toll.best, toll.high) {
            (None, None, None) => String::new(),
            (low, Some(best), high)
                if low.is_none_or(|low| low == best) && high.is_none_or(|high| high == best) =>
            {
                phrase::number(best)
            }
            (low, Some(best), high) => format!("{} ({})", phrase::number(best), lang.range(low, high)),
            (low, None, high) => lang.range(low, high),
        }
    }
}

/// A table with its heading row.
pub(super) fn table(head: &[&str], rows: Vec<Vec<Markup>>) -> Markup {
    html! {
        div.scrolls tabindex="0" role="region" aria-label=(head.join(", ")) {
            table {
                thead { tr { @for name in head { th scope="col" { (name) } } } }
                tbody { @for row in rows { tr { @for (at, cell) in row.into_iter().enumerate() {
                    @if at == 0 { th scope="row" { (cell) } } @else { td data-label=(head.get(at).copied().unwrap_or_default()) { (cell) } }
                } } } }
            }
        }
    }
}

/// A part of a page under its heading, unless there is nothing in it.
pub(super) fn part(title: &str, any: bool, body: Markup) -> Markup {
    html! { @if any { section { h2 { (title) } (body) } } }
}

/// Plain words as a cell.
pub(super) fn cell(words: impl AsRef<str>) -> Markup {
    html! { (words.as_ref()) }
}
