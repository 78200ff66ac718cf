//! Reports made to mislead: what no screen shows is not read, and what cannot be told is told of.

use jiff::civil::date;

use super::{folder, take_file, take_stream};

/// A page whose parts hide other words than it shows; `{}` stands for one hidden element.
const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Shells fall on Douma - Backroom Post</title>
<meta property="og:site_name" content="Backroom Post"></head><body><article><h1>Shells fall on Douma</h1>
<p>Army shells fell on the old market of Douma on Monday and families fled to cellars, residents said.
Shops stayed closed all day, and in the evening the shelling went on in the next street.</p>{}
<p>Rescue workers carried the wounded to a field hospital, where doctors worked until dawn.</p></article></body></html>"#;

fn page(part: &str) -> String {
    let (taken, warnings, _) = take_file("page.html", PAGE.replace("{}", part).as_bytes());
    assert_eq!(warnings, []);
    taken[0].report.text.clone()
}

#[test]
fn what_a_page_does_not_show_is_not_read() {
    let shown = page("<p>Rebels killed 40 people in Douma.</p>");
    assert!(shown.contains("killed 40"), "{shown}");
    for hidden in [
        r#"<p style="display: none">Rebels killed 40 people in Douma.</p>"#,
        r#"<p style="DISPLAY:NONE !important">Rebels killed 40 people in Douma.</p>"#,
        r#"<p hidden>Rebels killed 40 people in Douma.</p>"#,
        r#"<p aria-hidden="true">Rebels killed 40 people in Douma.</p>"#,
        r#"<p style="visibility:hidden">Rebels killed 40 people in Douma.</p>"#,
        r#"<p style="opacity:0">Rebels killed 40 people in Douma.</p>"#,
        r#"<p style="font-size:0">Rebels killed 40 people in Douma.</p>"#,
        r#"<p style="position:absolute;left:-9999px">Rebels killed 40 people in Douma.</p>"#,
        r#"<p style="color:#fff;background:white">Rebels killed 40 people in Douma.</p>"#,
        r#"<p style="color:transparent">Rebels killed 40 people in Douma.</p>"#,
        r#"<div style="height:0;overflow:hidden"><p>Rebels killed 40 people in Douma.</p></div>"#,
        r#"<template><p>Rebels killed 40 people in Douma.</p></template>"#,
        r#"<noscript><p>Rebels killed 40 people in Douma.</p></noscript>"#,
        r#"<!-- <p>Rebels killed 40 people in Douma.</p> -->"#,
        r#"<p><img src="a.jpg" alt="Rebels killed 40 people in Douma." title="Rebels killed 40 people."></p>"#,
        r#"<p><abbr title="Rebels killed 40 people in Douma.">They left.</abbr></p>"#,
        r#"<script>document.write("Rebels killed 40 people in Douma.")</script>"#,
        r#"<svg><text>Rebels killed 40 people in Douma.</text></svg>"#,
        r#"<input value="Rebels killed 40 people in Douma.">"#,
        r#"<div class="comments"><p>Tariq: According to SANA, rebels killed 40 people in Douma.</p></div>"#,
    ] {
        let text = page(hidden);
        assert!(!text.contains("40"), "{hidden}\n{text}");
        assert!(text.contains("families fled") && text.contains("worked until dawn"), "{hidden}\n{text}");
    }
}

#[test]
fn what_a_page_hides_by_its_own_style_sheet_is_not_read() {
    const PLANTED: &str = "Rebels killed 40 people in Douma.";
    let long = format!("{PLANTED} ").repeat(60);
    for (css, hidden) in [
        (".x{display:none}", format!("<p class=x>{PLANTED}</p>")),
        ("#x p{visibility:hidden}", format!("<div id=x><p>{PLANTED}</p></div>")),
        (".x{font-size:0}", format!("<p class='y x'>{PLANTED}</p>")),
        (".x{position:absolute;left:-5000px}", format!("<p class=x>{PLANTED}</p>")),
        ("body{background:#fff}.x{color:#fff}", format!("<p class=x>{PLANTED}</p>")),
        ("@media screen{.x{display:none}}", format!("<p class=x>{PLANTED}</p>")),
        // More than the page shows, and dressed up as its article.
        (".x{opacity:0}", format!("<div class=x><p>{long}</p></div>")),
        (
            ".x{display:none}",
            format!("<div class=x><main><h1>Shells fall on Douma</h1><p>{long}</p></main></div>"),
        ),
        ("", format!("<div hidden><main><h1>Shells fall on Douma</h1><p>{long}</p></main></div>")),
        ("", format!("<p style='color:#fff'>{PLANTED}</p>")),
    ] {
        let whole = PAGE.replace("{}", &hidden).replace("</head>", &format!("<style>{css}</style></head>"));
        let (taken, warnings, _) = take_file("page.html", whole.as_bytes());
        assert_eq!(warnings, []);
        let text = &taken[0].report.text;
        assert!(!text.contains("40"), "{css}\n{text}");
        assert!(text.contains("families fled") && text.contains("worked until dawn"), "{css}\n{text}");
    }
    // What is for paper, for small screens or for others' sheets to say is no reason to leave it out.
    for css in
        ["@media print{.x{display:none}}", "@media (max-width:9em){.x{display:none}}", ".x:hover{opacity:0}"]
    {
        let whole = PAGE.replace("{}", &format!("<p class=x>{PLANTED}</p>"));
        let whole = whole.replace("</head>", &format!("<style>{css}</style></head>"));
        let (taken, _, _) = take_file("page.html", whole.as_bytes());
        assert!(taken[0].report.text.contains("40"), "{css}");
    }
}

#[test]
fn hidden_digits_inside_a_number_are_not_read() {
    for number in [
        r#"1<span style="display:none">9</span>2"#,
        r#"1<span style="font-size:0px">9</span>2"#,
        r#"1<span hidden>9</span>2"#,
        "1\u{200b}2",
        "1&#8203;2",
        "1&ZeroWidthSpace;2",
        "1&shy;2",
        "1&#8288;2",
        "1<!-- 9 -->2",
    ] {
        let text = page(&format!("<p>Army shells killed {number} people in Douma.</p>"));
        assert!(text.contains("killed 12 people"), "{number}: {text}");
    }
    let text =
        page("<p>Residents fled.\u{200b}Shops closed, and\u{200b} \u{200b}nobody came.</p><p>\u{200b}</p>");
    assert!(text.contains("Residents fled. Shops closed, and nobody came."), "{text}");
    assert!(!text.contains('\u{200b}'), "{text:?}");
}

#[test]
fn most_of_a_page_is_read_even_where_its_style_hides_it() {
    // Pages that fade in are written so; what is nearly all there is cannot be a trick behind something else.
    let whole = PAGE.replace("{}", "").replace("<article>", r#"<article style="opacity:0">"#);
    let (taken, _, _) = take_file("page.html", whole.as_bytes());
    assert!(taken[0].report.text.contains("families fled"));
}

#[test]
fn a_report_with_hidden_characters_is_taken_and_told_of() {
    let line = "{\"id\":\"a\",\"text\":\"Army shells killed 5\u{200b}0 people in Dou\\u2060ma.\",\"publisher\":\"Reuters\u{200b}\"}\n";
    let (taken, warnings, notes) = take_file("a.jsonl", line.as_bytes());
    assert_eq!(warnings, []);
    assert_eq!(taken[0].report.text, "Army shells killed 50 people in Douma.");
    assert_eq!(taken[0].report.publisher.as_deref(), Some("Reuters"));
    assert_eq!(taken[0].raw, line.trim_end().as_bytes(), "the raw bytes are as they came");
    assert_eq!(notes.len(), 1);
    let told = &notes[0].message;
    assert!(told.contains("report a: 3 characters that no screen shows (U+200B, U+2060)"), "{told}");
    assert!(!told.contains("Reuters") && !told.contains("Douma"), "no words of the report: {told}");
    for (name, bytes) in [
        ("a.txt", "Army shells killed 5\u{200b}0 people in Douma.".to_owned()),
        ("a.html", PAGE.replace("{}", "<p>Army shells killed 5\u{200d}0 people.</p>")),
        ("a.csv", "id,text\n1,Army shells killed 5\u{200b}0 people in Douma.\n".to_owned()),
    ] {
        let (taken, warnings, notes) = take_file(name, bytes.as_bytes());
        assert_eq!((warnings.len(), notes.len()), (0, 1), "{name}: {notes:?}");
        assert!(taken[0].report.text.contains("killed 50 people"), "{name}: {}", taken[0].report.text);
    }
}

#[test]
fn a_text_that_imitates_several_reports_is_one() {
    let text = r#"Army shells killed 12 people in Douma.\n\n---\n{\"id\":\"x\",\"publisher\":\"Reuters\",\"text\":\"Rebels killed 40.\"}\n\nFrom reuters Mon Aug 17 2015\nFrom: desk@reuters.example\nSubject: Rebels\n\nRebels killed 41."#;
    let (taken, warnings) = take_stream(
        format!("{{\"id\":\"a\",\"text\":\"{text}\",\"publisher\":\"Backroom Post\"}}\n").as_bytes(),
    );
    assert_eq!((taken.len(), warnings.len()), (1, 0));
    assert_eq!(taken[0].report.publisher.as_deref(), Some("Backroom Post"));
    let (taken, _, _) = take_file(
        "a.txt",
        b"Army shells killed 12 people in Douma.\n\n{\"id\":\"x\",\"text\":\"Rebels killed 40.\"}\n",
    );
    assert_eq!(taken.len(), 1, "a text is a text, whatever its lines look like");
}

#[test]
fn days_out_of_all_bounds_are_no_days() {
    for day in ["2199-08-18", "0001-08-18", "9999-12-31", "-4000-01-01", "1439-09-27"] {
        let line = format!("{{\"id\":\"a\",\"text\":\"Shells fell.\",\"published\":\"{day}\"}}\n");
        let (taken, warnings) = take_stream(line.as_bytes());
        assert_eq!(taken[0].report.published, None, "{day}");
        assert_eq!(warnings.len(), 1, "{day}");
    }
    let (taken, _) = take_stream(b"{\"id\":\"a\",\"text\":\"Shells fell.\",\"published\":\"2015-08-18\"}\n");
    assert_eq!(taken[0].report.published, Some(date(2015, 8, 18)));
}

#[test]
fn names_of_files_in_archives_lead_nowhere() {
    let folder = folder(&[("a\u{202e}txt.exe.txt", b"Shells fell on Douma.")]);
    let (taken, _) = super::take(&[folder.path()]);
    assert!(!taken[0].report.id.contains('\u{202e}'), "{:?}", taken[0].report.id);
}

#[test]
fn rows_that_others_hand_over_lose_hidden_characters_too() {
    let row = |text: &str, published: &str| gainsay_intake::Fields {
        text: Some(text.to_owned()),
        published: Some(published.to_owned()),
        ..gainsay_intake::Fields::default()
    };
    let (report, told) =
        row("Shells killed 5\u{200b}0 people.", "2015-08-18").seen(|| "3".to_owned()).unwrap();
    assert_eq!(report.text, "Shells killed 50 people.");
    assert!(told.unwrap().starts_with("report 3: 1 characters"));
    let (_, told) = row("Shells killed 50 people.", "2015-08-18").seen(|| "3".to_owned()).unwrap();
    assert_eq!(told, None);
    let (_, told) = row("Shells killed 5\u{200b}0 people.", "some day").seen(|| "3".to_owned()).unwrap();
    assert!(told.unwrap().contains("is no day"), "what is wrong comes first");
}
