//! What every brief must be: self-contained, safe, linked, the same each time.

mod sample;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Evidence, Filler};
use gainsay_publish::{NamePolicy, html, markdown};
use jiff::civil::date;
use sample::{Sample, crowded, deir_ez_zor, filler};

/// Values of an attribute, in order.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

fn samples() -> Vec<Sample> {
    vec![deir_ez_zor(), hostile(), crowded(500), Sample::empty(), far()]
}

/// Markup, scripts, links and direction signs in every text that comes from outside.
const HOSTILE: &str = "<script>alert(1)</script> [click](javascript:alert(1)) | \"' onload=x <img src=http://evil.example/x> \u{202e}51\u{202c} http://evil.example @someone `x` ]]>";

fn hostile() -> Sample {
    let mut sample = deir_ez_zor();
    sample.title = HOSTILE.into();
    for report in &mut sample.reports {
        report.title = Some(HOSTILE.into());
        report.publisher = Some(HOSTILE.into());
        report.language = Some("\"><b>".into());
        report.url = Some(match report.id.as_str() {
            "01" => "javascript:alert(1)".into(),
            "02" => "https://example.org/\"onmouseover=\"x".into(),
            _ => "https://example.org/a(b)|c?d=e&f".into(),
        });
    }
    for claim in &mut sample.claims {
        claim.evidence.push(Evidence { start: 0, end: 1, exact: HOSTILE.into() });
        claim.source.push(Filler { mention: HOSTILE.into(), entity: None });
        claim.actor.push(Filler { mention: HOSTILE.into(), entity: None });
        claim.place.push(Filler { mention: HOSTILE.into(), entity: None });
        claim.reader = HOSTILE.into();
        claim.grounds[0].rule = HOSTILE.into();
        claim.means = Some(HOSTILE.into());
    }
    for event in &mut sample.events {
        event.place.push(HOSTILE.into());
        event.actors.push(HOSTILE.into());
        event.roots.push(HOSTILE.into());
        event.grade.occurrence = HOSTILE.into();
        event.killed.policy = HOSTILE.into();
        event.killed.low = Some(1);
    }
    for dispute in &mut sample.disputes {
        dispute.sides[0].value = HOSTILE.into();
        dispute.sides[0].sources.push(HOSTILE.into());
    }
    for tally in &mut sample.tallies {
        tally.group = HOSTILE.into();
        tally.policy = HOSTILE.into();
        tally.by_source[0].side = HOSTILE.into();
    }
    for siege in &mut sample.sieges {
        siege.target = Some(HOSTILE.into());
    }
    for control in &mut sample.controls {
        control.name = HOSTILE.into();
    }
    sample.controls[0].place = HOSTILE.into();
    for source in &mut sample.sources {
        source.name = HOSTILE.into();
        source.kind = HOSTILE.into();
        source.side = HOSTILE.into();
        source.copies = vec![vec![HOSTILE.into(), "01".into()]];
    }
    sample
}

/// Far years, unknown ends, ids that point nowhere.
fn far() -> Sample {
    let mut sample = deir_ez_zor();
    sample.from = None;
    sample.to = date(9999, 12, 31);
    sample.events[0].time.start = Some(date(-9999, 1, 1));
    sample.events[1].time.end = Some(date(9999, 12, 31));
    sample.events[2].time = gainsay_model::Interval { start: None, end: None };
    sample.holdings[0].from = date(9999, 12, 31);
    sample.ties[0].from = Some(date(-9999, 1, 1));
    sample.ties[1].to = None;
    sample.claims[0].id = "nowhere".into();
    sample.claims[1].document = "no-report".into();
    sample.claims[2].evidence.clear();
    sample.disputes[0].about.event = Some("no-event".into());
    sample.tallies[0].by_source.clear();
    sample.displacement[0].low = Some(u64::MAX);
    sample.controls.push(sample::control(
        "nowhere-at-all | held | nobody-known | 9999-12-31 | 9223372036854775807 | no-claim",
        sample.to,
    ));
    sample
}

#[test]
fn every_link_inside_has_its_target() {
    for sample in samples() {
        let page = html(&sample.input());
        let ids = values(&page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id stands twice: {:?}", doubles(&ids));
        for href in values(&page, "href").iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(unique.contains(href), "#{href} leads nowhere");
        }
        for pattern in page.split("url(#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(unique.contains(pattern), "pattern {pattern} is missing");
        }
    }
}

fn doubles<'a>(ids: &[&'a str]) -> Vec<&'a str> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    ids.iter().for_each(|id| *count.entry(id).or_default() += 1);
    count.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id).collect()
}

#[test]
fn nothing_is_loaded_from_anywhere() {
    for sample in samples() {
        let page = html(&sample.input());
        assert!(page.contains("default-src 'none'"));
        for tag in [
            "<script", "<img", "<link", "<iframe", "<object", "<embed", "<base", "@import", "url(http",
            "<form",
        ] {
            assert!(!page.contains(tag), "{tag}");
        }
        assert!(values(&page, "src").is_empty());
        for href in values(&page, "href").iter().filter(|href| !href.starts_with('#')) {
            assert!(href.starts_with("https://example.org/"), "{href}");
            assert!(page.contains(&format!("<a href=\"{href}\" rel=\"noreferrer noopener\">")), "{href}");
        }
    }
}

#[test]
fn text_of_reports_is_only_text() {
    let sample = hostile();
    let page = html(&sample.input());
    for raw in [
        "<script",
        "<b>",
        "<img",
        "javascript:alert(1)\"",
        "\u{202e}",
        "\u{202c}",
        "\" onload",
        "\"onmouseover",
    ] {
        assert!(!page.contains(raw), "{raw:?} in the page");
    }
    assert!(page.contains("&lt;script&gt;"));
    let text = markdown(&sample.input());
    for raw in ["<script", "<img", "click](", "\u{202e}", "[click]", " http://", "`x`", " @someone"] {
        assert!(!text.contains(raw), "{raw:?} in the Markdown");
    }
    for tag in text.match_indices('<') {
        assert_eq!(text[tag.0 - 1..].chars().next(), Some('('), "a < that opens no address");
    }
}

#[test]
fn private_persons_are_named_nowhere() {
    let names = ["Yusuf", "Khalid", "Wael", "Hamdan", "Maryam", "Barakat"];
    let mut sample = deir_ez_zor();
    sample.claims[0].evidence[0].exact = "A teacher, Maryam Barakat, said shells fell on her street".into();
    sample.claims[1].source.push(filler("Maryam Barakat"));
    sample.reports[9].title = Some("Wael al-Hamdan: we count the sacks that do not come".into());
    sample.reports[9].url = Some("https://example.org/2014/wael-al-hamdan-counts".into());
    for written in [html(&sample.input()), markdown(&sample.input())] {
        for name in names {
            let found = written.match_indices(name).next();
            assert!(found.is_none(), "{name}: {}", &written[found.unwrap().0.saturating_sub(60)..][..120]);
            assert!(!written.contains(&name.to_lowercase()), "{name} in small letters");
        }
        // One person, one pseudonym: by the full name and by half of it.
        assert!(written.contains("Photographer "));
        assert!(written.contains("Teacher "));
        assert!(!written.contains("Captain Captain"));
        assert!(written.contains("Syrian Observatory for Human Rights"));
    }
    let hidden = html(&sample.input());
    let other = html(&gainsay_publish::BriefInput { salt: "another", ..sample.input() });
    assert_ne!(hidden, other, "the salt changes pseudonyms");
    sample.names = NamePolicy::Names;
    let named = html(&sample.input());
    for name in names {
        assert!(named.contains(name), "{name}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let sample = deir_ez_zor();
    let mut turned = deir_ez_zor();
    turned.claims.reverse();
    turned.events.reverse();
    turned.disputes.reverse();
    turned.controls.reverse();
    turned.holdings.reverse();
    turned.sieges.reverse();
    turned.ties.reverse();
    turned.displacement.reverse();
    turned.sources.reverse();
    for write in [html, markdown] {
        assert_eq!(write(&sample.input()), write(&sample.input()));
        assert!(write(&sample.input()) == write(&turned.input()), "the order of the input shows");
    }
}

#[test]
fn markdown_tables_are_well_formed() {
    for sample in samples() {
        let text = markdown(&sample.input());
        let mut columns: Option<usize> = None;
        for line in text.lines() {
            if !line.starts_with('|') {
                columns = None;
                continue;
            }
            let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
            assert_eq!(*columns.get_or_insert(bars), bars, "{line}");
            assert!(line.ends_with('|'), "{line}");
        }
    }
}

#[test]
fn every_figure_leads_to_its_words() {
    let sample = deir_ez_zor();
    let page = html(&sample.input());
    for words in [
        "boasted of 167 killed on the government side",
        "counted 300 civilian victims of what it called a massacre",
    ] {
        let before = page.split(words).next().unwrap();
        let id = values(before, "id").into_iter().rfind(|id| id.starts_with('e')).unwrap();
        assert!(page.matches(&format!("href=\"#{id}\"")).count() >= 2, "{words}: {id}");
    }
    let text = markdown(&sample.input());
    assert!(text.contains("Levant Dispatch ← SANA ← Syrian Ministry of Foreign Affairs"), "the chain");
    for number in text.split("](#evidence-").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(text.contains(&format!("#### Evidence {number}\n")), "evidence {number}");
    }
    for words in ["could not be confirmed", "circular", "50–167", "at least 135", "3 June 2014"] {
        assert!(page.contains(words) && text.contains(words), "{words}");
    }
}

#[test]
fn an_empty_brief_says_so() {
    let sample = Sample::empty();
    for written in [html(&sample.input()), markdown(&sample.input())] {
        assert!(written.contains("No claim falls in this period and area"));
        assert!(written.contains("1–31 January 2016"));
    }
}

#[test]
fn places_without_a_point_are_counted() {
    let sample = deir_ez_zor();
    let page = html(&sample.input());
    assert!(page.contains("1 place is not in the gazetteer"));
    assert!(page.contains("western suburbs of Deir e-Zor"));
}

#[test]
fn text_stands_off_from_paper() {
    let style = include_str!("../src/brief/page.css");
    let parts: Vec<&str> = style.split("@media screen and (prefers-color-scheme:dark)").collect();
    for (mode, part) in parts.iter().take(2).enumerate() {
        let colour = |name: &str| {
            let start = format!("--{name}:#");
            let hex = part.split(start.as_str()).nth(1).unwrap_or_else(|| panic!("{name} in mode {mode}"));
            hex[..6].to_string()
        };
        for ink in ["ink", "soft", "accent", "firm", "weak", "dispute"] {
            for paper in ["paper", "raised", "land"] {
                let contrast = contrast(&colour(ink), &colour(paper));
                assert!(contrast >= 4.5, "{ink} on {paper}, mode {mode}: {contrast:.2}");
            }
        }
    }
}

/// Contrast of two colours after WCAG 2.1.
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |hex: &str| {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4) + 0.05
    };
    let (a, b) = (luminance(a), luminance(b));
    if a > b { a / b } else { b / a }
}
