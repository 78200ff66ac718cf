//! What every site must be: whole, linked, safe, the same each time, and no finer than it was set.

mod sample;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Evidence, Filler};
use gainsay_publish::{NamePolicy, coarse};
use sample::{Sample, crowded, deir_ez_zor};

type Files = BTreeMap<String, String>;

fn files(sample: &Sample) -> Files {
    let mut files = Files::new();
    let put = &mut |name: &str, bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        assert!(files.insert(name.to_owned(), text).is_none(), "{name} is written twice");
        Ok(())
    };
    sample.site(put).expect("a site");
    files
}

/// Values of an attribute, in order, with entities read.
fn values(html: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    let values = html.split(start.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    values.map(|value| value.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")).collect()
}

/// Where a relative link leads from a page.
fn resolve(page: &str, href: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {href} leads out of the folder"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Markup, scripts, links and direction signs in every text that comes from outside.
const HOSTILE: &str = "<script>alert(1)</script></script><img src=http://evil.example/x onerror=x> \" onload=x ' \u{202e}51\u{202c} \u{2028} =cmd() ../../x \\ ]]> javascript:alert(1)";

fn hostile() -> Sample {
    let mut sample = deir_ez_zor();
    sample.title = HOSTILE.into();
    for report in &mut sample.reports {
        report.title = Some(HOSTILE.into());
        report.publisher = Some(HOSTILE.into());
        report.language = Some("\"><b>".into());
        report.url = Some("javascript:alert(1)".into());
    }
    for claim in &mut sample.claims {
        claim.evidence.push(Evidence { start: 0, end: 1, exact: HOSTILE.into() });
        claim.source.push(Filler { mention: HOSTILE.into(), entity: None });
        claim.actor.push(Filler { mention: HOSTILE.into(), entity: None });
        claim.place.push(Filler { mention: HOSTILE.into(), entity: None });
        claim.reader = HOSTILE.into();
    }
    for event in &mut sample.events {
        event.place.push(HOSTILE.into());
        event.actors.push(HOSTILE.into());
        event.roots.push(HOSTILE.into());
        event.killed.policy = HOSTILE.into();
    }
    for holding in &mut sample.holdings {
        holding.holders.push(HOSTILE.into());
    }
    for dispute in &mut sample.disputes {
        dispute.sides[0].value = HOSTILE.into();
        dispute.sides[0].roots.push(HOSTILE.into());
    }
    for tally in &mut sample.tallies {
        tally.group = HOSTILE.into();
    }
    for source in &mut sample.sources {
        source.name = HOSTILE.into();
        source.side = HOSTILE.into();
        source.letter = HOSTILE.into();
    }
    sample.events[0].id = HOSTILE.into();
    sample.disputes[0].id = HOSTILE.into();
    sample
}

fn samples() -> Vec<Sample> {
    vec![deir_ez_zor(), hostile(), crowded(40), Sample::empty()]
}

#[test]
fn every_link_leads_to_a_file_and_a_place_in_it() {
    for sample in samples() {
        let files = files(&sample);
        let ids: BTreeMap<&str, BTreeSet<String>> = files
            .iter()
            .filter(|(name, _)| name.ends_with(".html"))
            .map(|(name, text)| {
                let all = values(text, "id");
                let ids: BTreeSet<String> = all.iter().cloned().collect();
                assert_eq!(all.len(), ids.len(), "{name}: an id stands twice");
                (name.as_str(), ids)
            })
            .collect();
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            let links = values(text, "href").into_iter().chain(values(text, "src"));
            for href in links.filter(|href| !href.starts_with("https://")) {
                let (path, anchor) =
                    href.split_once('#').map_or((href.as_str(), None), |(path, at)| (path, Some(at)));
                let to = if path.is_empty() { name.clone() } else { resolve(name, path) };
                assert!(files.contains_key(&to), "{name}: {href} leads nowhere");
                if let Some(anchor) = anchor {
                    assert!(ids[to.as_str()].contains(anchor), "{name}: {href} has no such place");
                }
            }
        }
        // What the script links to is there too, and so is what the tables name.
        for data in ["data.js", "search.js"] {
            for part in files[data].split('"').filter(|part| part.ends_with(".html")) {
                assert!(
                    files.contains_key(part) && files.contains_key(&format!("ar/{part}")),
                    "{data}: {part}"
                );
            }
        }
        let tables: String = files
            .iter()
            .filter(|(name, _)| name.starts_with("csv/"))
            .map(|(_, text)| text.as_str())
            .collect();
        for part in tables.split([',', ' ', '"', '\r', '\n']).filter(|part| part.contains(".html#")) {
            let (file, anchor) = part.split_once('#').expect("an anchor");
            assert!(ids[file].contains(anchor), "{part}");
        }
    }
}

#[test]
fn nothing_is_asked_of_anybody_and_nothing_of_a_report_runs() {
    for sample in samples() {
        for (name, text) in files(&sample) {
            assert!(
                !text.contains('\u{202e}') && !text.contains('\u{202c}') && !text.contains('\u{2028}'),
                "{name}"
            );
            if name.ends_with(".html") {
                assert!(text.contains("default-src 'none'; script-src 'self'"), "{name}");
                for tag in [
                    "<img",
                    "<iframe",
                    "<object",
                    "<embed",
                    "<base",
                    "<form",
                    "<script>",
                    "<style",
                    " style=\"",
                    " onload=\"",
                    " onerror=\"",
                ] {
                    assert!(!text.contains(tag), "{name}: {tag}");
                }
                assert!(
                    !values(&text, "href")
                        .iter()
                        .any(|href| href.starts_with("http:") || href.starts_with("javascript")),
                    "{name}"
                );
                for src in values(&text, "src") {
                    assert!(
                        ["data.js", "site.js", "search.js"].iter().any(|own| src.ends_with(own)),
                        "{name}: {src}"
                    );
                }
            }
            if name == "data.js" || name == "search.js" {
                assert!(!text.contains('<') && !text.contains('>'), "{name}");
                let json =
                    text.split_once(" = ").and_then(|(_, rest)| rest.strip_suffix(";\n")).expect("one value");
                let read: serde_json::Value = serde_json::from_str(json).expect("JSON");
                assert!(read.is_object());
            }
        }
    }
    let script = &files(&Sample::empty())["site.js"];
    for word in [
        "fetch(",
        "XMLHttpRequest",
        "import(",
        "innerHTML",
        "eval(",
        "WebSocket",
        "sendBeacon",
        "new Worker",
        "https://",
    ] {
        assert!(!script.contains(word), "{word}");
    }
    let addresses = script.matches("http://").count();
    assert_eq!(addresses, script.matches("http://www.w3.org/2000/svg").count());
    let style = &files(&Sample::empty())["site.css"];
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order() {
    let sample = deir_ez_zor();
    let mut other = deir_ez_zor();
    other.claims.reverse();
    other.reports.reverse();
    let (one, two) = (files(&sample), files(&other));
    for (name, text) in &one {
        assert_eq!(two.get(name), Some(text), "{name}");
    }
    assert_eq!(one.len(), two.len());
}

#[test]
fn private_persons_are_in_no_file_and_in_no_file_s_name() {
    let mut sample = deir_ez_zor();
    let name = "Marwan Zarqouni";
    let claim = &mut sample.claims[0];
    claim.source.push(Filler { mention: format!("the witness {name}"), entity: None });
    claim.evidence[0].exact =
        format!("{} {name}, a witness, said so. Zarqouni fled.", claim.evidence[0].exact);
    sample.events[0].id = "2014-06-03-attack-house-of-marwan-zarqouni".into();
    sample.events[0].roots.push("marwan-zarqouni".into());
    sample.sources.push(gainsay_model::SourceView {
        id: "marwan-zarqouni".into(),
        name: "marwan zarqouni".into(),
        ..Default::default()
    });
    let report = sample.claims[0].document.clone();
    for head in sample.reports.iter_mut().filter(|head| head.id == report) {
        head.title = Some(format!("{name} speaks"));
        head.url = Some("https://example.org/marwan-zarqouni".into());
    }
    let leak = |text: &str| {
        let text = text.to_lowercase();
        text.contains("zarqouni") || text.contains("marwan")
    };
    for (file, text) in files(&sample) {
        assert!(!leak(&file), "{file}");
        let line =
            text.lines().find(|line| leak(line)).map(|line| line.chars().take(300).collect::<String>());
        assert_eq!(line, None, "{file}");
    }
    sample.names = NamePolicy::Names;
    assert!(files(&sample).values().any(|text| leak(text)), "who may, sees them");
}

#[test]
fn no_coordinate_is_finer_than_it_was_set() {
    for km in [5, 20] {
        let mut sample = deir_ez_zor();
        sample.coarsen_km = km;
        let files = files(&sample);
        let on_grid = |lon: f64, lat: f64| coarse::point(lon, lat, km) == (lon, lat);
        let json = files["data.js"].split_once(" = ").expect("a value").1.trim_end().trim_end_matches(';');
        let data: serde_json::Value = serde_json::from_str(json).expect("JSON");
        let places = data["places"].as_array().expect("places");
        assert!(places.len() > 3);
        for place in places {
            let (lon, lat) = (place[3].as_f64().expect("a number"), place[4].as_f64().expect("a number"));
            assert!(on_grid(lon, lat), "{place}");
        }
        // No exact coordinate of the list of places stands in any page, table or address.
        let exact: Vec<String> = gainsay_lexicon::Words::builtin()
            .gazetteer
            .places
            .values()
            .filter(|place| sample.holdings.iter().any(|holding| holding.place == place.id))
            .flat_map(|place| [place.lat.to_string(), place.lon.to_string()])
            .filter(|text| text.len() > 5)
            .collect();
        assert!(!exact.is_empty());
        for (name, text) in &files {
            assert!(!exact.iter().any(|exact| text.contains(exact.as_str())), "{name}");
        }
        assert!(files["methods.html"].contains(&format!("squares of {km} km")));
        let table = &files["csv/holdings.csv"];
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            if let (Ok(lat), Ok(lon)) = (cells[2].parse::<f64>(), cells[3].parse::<f64>()) {
                assert!(on_grid(lon, lat), "{line}");
            }
        }
    }
}

#[test]
fn every_figure_leads_to_words() {
    let sample = deir_ez_zor();
    let files = files(&sample);
    let told: Vec<&str> = sample
        .events
        .iter()
        .filter(|event| event.killed.best.is_some())
        .map(|event| event.id.as_str())
        .collect();
    assert!(!told.is_empty());
    for id in told {
        let (name, page) = files.iter().find(|(name, _)| name.contains(id)).unwrap_or_else(|| panic!("{id}"));
        assert!(page.contains("../report/x-") && page.contains("<blockquote"), "{name}");
    }
    // Both languages have the same pages, and say so.
    for name in files.keys().filter(|name| name.ends_with(".html") && !name.starts_with("ar/")) {
        let arabic = &files[&format!("ar/{name}")];
        assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"), "{name}");
    }
}
