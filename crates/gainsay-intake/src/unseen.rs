//! What of a page nobody sees, by its own styles: it is no part of what the page says.
//!
//! **Takes** the tree of a page and its own style sheets. **Takes out** elements and text without place, size or
//! colour. **Never** follows sheets or scripts from elsewhere: what only they hide is read. A page that hides all it
//! has until a script shows it is left as it is.

use std::collections::BTreeMap;

use dom_query::{Document, NodeRef};

use crate::furniture;
use crate::sheet::{Sheet, declarations};

/// So far off its place nothing is seen (CSS pixels, or any other unit).
const FAR_OFF: f64 = -900.0;

/// A page that shows so many letters of prose is meant to be read without what it hides.
const ENOUGH: usize = 60;

/// A page that shows less than one letter for so many that it hides is one that a script will show.
const ALMOST_ALL: usize = 10;

/// Takes out of a page what its own styles hide. `whole` is a page of its own, not a piece that stands in another.
///
/// # Errors
/// Style sheets beyond their bounds.
pub(crate) fn strip(doc: &Document, css: &str, whole: bool) -> Result<(), String> {
    let sheet = Sheet::of(css)?;
    let elsewhere = || doc.select(r#"link[rel~="stylesheet"]"#).exists();
    // Where no other sheet can say otherwise a page is white.
    let ground = (whole && !sheet.imports && !elsewhere()).then_some(WHITE);
    let (mut shown, mut hidden, mut out) = (0, 0, Vec::new());
    let root = doc.root();
    let mut open = vec![(root, Looks { ground, ..Looks::default() })];
    while let Some((node, looks)) = open.pop() {
        if node.is_text() {
            let text = node.text();
            let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
            if looks.are_unseen() {
                hidden += if looks.aside { 0 } else { letters };
                if !looks.gone {
                    out.push(node);
                }
            } else if !looks.aside {
                shown += letters;
            }
            continue;
        }
        let own = if node.is_element() { looks.of(&node, &sheet)? } else { looks };
        if own.gone && !looks.gone {
            out.push(node);
        }
        let mut children: Vec<_> = node.children_it(true).map(|child| (child, own)).collect();
        open.append(&mut children);
    }
    if shown >= ENOUGH || shown * ALMOST_ALL >= hidden {
        for node in out {
            node.remove_from_parent();
        }
    }
    Ok(())
}

type Colour = [u8; 3];
const WHITE: Colour = [255; 3];

/// How text looks in an element.
#[derive(Clone, Copy, Default)]
struct Looks {
    /// Off the page, with all that is in it.
    gone: bool,
    /// Without size.
    small: bool,
    invisible: bool,
    transparent: bool,
    letters: Option<Colour>,
    /// What the letters stand on, where that is known.
    ground: Option<Colour>,
    /// It is no prose: a link, a notice about cookies.
    aside: bool,
}

impl Looks {
    fn are_unseen(&self) -> bool {
        let alike = |a: Colour, b: Colour| a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 12);
        let hides = self.letters.zip(self.ground).is_some_and(|(letters, ground)| alike(letters, ground));
        self.gone || self.small || self.invisible || self.transparent || hides
    }

    /// The looks of an element in one that looks so.
    fn of(mut self, node: &NodeRef, sheet: &Sheet) -> Result<Looks, String> {
        let name = node.node_name().unwrap_or_default();
        self.aside |= ASIDE.contains(&name.as_ref()) || furniture::is_called_so(node);
        let ruled = sheet.declared(node)?;
        let inline = node.attr("style").map(|style| declarations(&style)).unwrap_or_default();
        let mut held: BTreeMap<&str, &str> = BTreeMap::new();
        for important in [false, true] {
            let ruled = ruled.iter().map(|(_, one)| *one);
            for one in ruled.chain(&inline).filter(|one| one.important == important) {
                held.insert(key(&one.name), &one.value);
            }
        }
        // What older pages say without a style.
        let said: Vec<(&str, String)> =
            [("color", "color"), ("bgcolor", "background"), ("background", "image")]
                .iter()
                .filter_map(|(attr, key)| Some((*key, node.attr(attr)?.to_ascii_lowercase())))
                .collect();
        for (key, value) in &said {
            held.entry(key).or_insert(value);
        }
        // A frame that shows up later holds all there is.
        let frame = matches!(name.as_ref(), "html" | "body");
        let hidden = node.has_attr("hidden") && !held.contains_key("display");
        self.gone |= !frame && (hidden || is_gone(&held));
        for (&key, &value) in &held {
            match key {
                "visibility" if !frame => self.invisible = matches!(value, "hidden" | "collapse"),
                "font-size" if !frame => self.small = is_small(value).unwrap_or(self.small),
                "color" => match colour(value) {
                    Some(Paint::Nothing) => self.transparent = true,
                    Some(Paint::Of(colour)) => (self.letters, self.transparent) = (Some(colour), false),
                    None if value != "inherit" => (self.letters, self.transparent) = (None, false),
                    None => {}
                },
                "background" => match colour(value) {
                    Some(Paint::Of(colour)) => self.ground = Some(colour),
                    Some(Paint::Nothing) => {}
                    None if matches!(value, "none" | "inherit" | "initial" | "unset" | "") => {}
                    None => self.ground = None,
                },
                "image" if value != "none" => self.ground = None,
                _ => {}
            }
        }
        Ok(self)
    }
}

/// Elements whose text is no prose of the page.
const ASIDE: &[&str] = &[
    "a", "aside", "button", "footer", "form", "head", "label", "nav", "noscript", "option", "script",
    "select", "style", "svg", "template", "textarea", "title",
];

/// Properties that say one thing have one name.
fn key(name: &str) -> &str {
    match name {
        "background-color" => "background",
        "background-image" => "image",
        "font" => "font-size",
        "overflow-x" | "overflow-y" => "overflow",
        name => name,
    }
}

/// Whether a style takes an element off the page, or leaves it there without place or size, with all that is in it.
fn is_gone(held: &BTreeMap<&str, &str>) -> bool {
    let clipped =
        held.get("overflow").is_some_and(|value| value.contains("hidden") || value.contains("clip"));
    held.iter().any(|(&name, &value)| match name {
        "display" => value == "none",
        "content-visibility" => value == "hidden",
        "opacity" | "zoom" => size(value).is_some_and(|size| size.abs() < 0.011),
        "filter" => bracketed(value, "opacity(").and_then(size).is_some_and(|size| size.abs() < 0.011),
        "max-height" | "max-width" | "height" | "width" | "line-height" => {
            let pixel = |size: f64| size == 0.0 || size <= 1.0 && value.ends_with("px");
            clipped && size(value).is_some_and(pixel)
        }
        "text-indent" | "left" | "top" | "right" | "bottom" | "margin-left" | "margin-top" => {
            size(value).is_some_and(|size| size < FAR_OFF)
        }
        "clip" => value.starts_with("rect(0") || value.starts_with("rect(1px"),
        "clip-path" => matches!(value, "inset(50%)" | "inset(100%)" | "circle(0)" | "circle(0px)"),
        "transform" => {
            ["translatex(", "translatey(", "translate(", "translate3d("]
                .iter()
                .filter_map(|moves| bracketed(value, moves))
                .any(|moved| moved.split(',').filter_map(size).any(|size| size < FAR_OFF))
                || bracketed(value, "scale(").and_then(size) == Some(0.0)
        }
        _ => false,
    })
}

/// What stands in the brackets of a function.
fn bracketed<'v>(value: &'v str, function: &str) -> Option<&'v str> {
    let (_, rest) = value.split_once(function)?;
    rest.split(')').next()
}

/// Whether letters of this size are too small to see; nothing is said of sizes that are parts of another.
fn is_small(value: &str) -> Option<bool> {
    // Of "font: italic 0/1 serif" the size stands last before the family.
    let part = value.split_ascii_whitespace().rev().find(|part| size(part).is_some());
    let value = part.map_or(value, |part| part.split('/').next().unwrap_or(part));
    let Some(size) = size(value) else { return (!value.is_empty() && value != "inherit").then_some(false) };
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    match unit {
        "px" | "pt" => Some(size.abs() <= 1.0),
        _ if size.abs() < 0.011 => Some(true),
        "em" | "%" => None,
        _ => Some(false),
    }
}

/// The number a size begins with, whatever its unit.
fn size(value: &str) -> Option<f64> {
    let value = value.trim();
    let end =
        value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(value.len());
    value[..end].parse().ok()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paint {
    Nothing,
    Of(Colour),
}

/// A colour, as far as people write it by hand.
fn colour(value: &str) -> Option<Paint> {
    let value = value.trim();
    if let Some(hex) = value.strip_prefix('#').filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())) {
        let long: String = match hex.len() {
            3 | 4 => hex.chars().flat_map(|c| [c, c]).collect(),
            6 | 8 => hex.to_owned(),
            _ => return None,
        };
        let part = |at: usize| u8::from_str_radix(long.get(at..at + 2)?, 16).ok();
        let clear = long.len() == 8 && part(6).is_some_and(|alpha| alpha < 6);
        return if clear { Some(Paint::Nothing) } else { Some(Paint::Of([part(0)?, part(2)?, part(4)?])) };
    }
    for function in ["rgba(", "rgb("] {
        if let Some(parts) = value.strip_prefix(function).and_then(|rest| rest.split(')').next()) {
            let parts: Vec<f64> = parts
                .split(|c: char| c == ',' || c == '/' || c.is_whitespace())
                .filter(|part| !part.is_empty())
                .map(|part| size(part).map(|size| if part.ends_with('%') { size * 2.55 } else { size }))
                .collect::<Option<_>>()?;
            let [red, green, blue, rest @ ..] = parts.as_slice() else { return None };
            if rest.first().is_some_and(|alpha| alpha.abs() < 0.02) {
                return Some(Paint::Nothing);
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to 0 to 255")]
            let byte = |part: f64| part.clamp(0.0, 255.0).round() as u8;
            return Some(Paint::Of([byte(*red), byte(*green), byte(*blue)]));
        }
    }
    Some(match value {
        "transparent" => Paint::Nothing,
        "white" | "snow" | "ivory" | "ghostwhite" | "floralwhite" => Paint::Of(WHITE),
        "black" => Paint::Of([0; 3]),
        "red" => Paint::Of([255, 0, 0]),
        "green" => Paint::Of([0, 128, 0]),
        "blue" => Paint::Of([0, 0, 255]),
        "yellow" => Paint::Of([255, 255, 0]),
        "gray" | "grey" => Paint::Of([128; 3]),
        "silver" => Paint::Of([192; 3]),
        "whitesmoke" => Paint::Of([245; 3]),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(page: &str, css: &str) -> String {
        let doc =
            Document::from(format!("<body><p>{}</p>{page}</body>", "Shells fell on the market. ".repeat(4)));
        strip(&doc, css, true).unwrap();
        doc.text().replace("Shells fell on the market. ", "").trim().to_owned()
    }

    #[test]
    fn styles_that_show_nothing() {
        for style in [
            "color: red; DISPLAY : none !important",
            "visibility:hidden",
            "opacity: 0",
            "opacity:.01",
            "font-size:0px",
            "font:0/0 a",
            "font-size:1px",
            "position:absolute; left:-9999px",
            "text-indent:-9999em",
            "transform:translateX(-9999px)",
            "transform:translate(0, -2000px)",
            "transform:scale(0)",
            "filter:opacity(0)",
            "content-visibility:hidden",
            "color:#fff; background:#FFFFFF",
            "background-color: white; color: rgb(255, 255, 255)",
            "background-color:#fff;color:#fdfdfe",
            "color: transparent",
            "color:rgba(0,0,0,0)",
            "color:#fff",
            "height:0;overflow:hidden",
            "width:1px;height:1px;overflow:hidden",
            "clip: rect(0, 0, 0, 0)",
            "clip-path:inset(50%)",
        ] {
            assert_eq!(left(&format!("<div style='{style}'><b>x</b>y</div>"), ""), "", "{style}");
            assert_eq!(left("<div class='a q'><b>x</b>y</div>", &format!(".q{{{style}}}")), "", "{style}");
        }
        for style in [
            "",
            "color:#fff;background:#000",
            "color:#fff;background:url(a;b)",
            "color:#fff;background-image:url(a)",
            "opacity:0.9",
            "font-size:0.8em",
            "font:12px/0 a",
            "left:-10px",
            "height:0",
            "margin-left:-15px",
            "color:inherit;background:inherit",
            "display:none;display:block",
            "transform:translateY(20px)",
            ":::;;;",
            "font-size:é",
        ] {
            assert_eq!(left(&format!("<div style='{style}'><b>x</b>y</div>"), ""), "xy", "{style}");
            assert_eq!(left("<div class=q><b>x</b>y</div>", &format!(".q{{{style}}}")), "xy", "{style}");
        }
    }

    #[test]
    fn what_is_within_may_be_seen_again() {
        let css = ".row{font-size:0;visibility:hidden;color:#fff} .cell{font-size:1rem;visibility:visible;color:#000}";
        assert_eq!(left("<div class=row>x<span class=cell>y</span></div>", css), "y");
        assert_eq!(left("<div style='opacity:0'>x<span style='opacity:1'>y</span></div>", ""), "");
        assert_eq!(left("<div hidden><main><h1>x</h1></main></div>", ""), "");
        assert_eq!(
            left("<p><font color=white>x</font>y</p><table bgcolor=black><td><font color=white>z", ""),
            "yz"
        );
        let css = ".x{display:block !important} .x{display:none}";
        assert_eq!(left("<p class=x style='display:none'>x</p>", css), "x");
    }

    #[test]
    fn what_another_sheet_may_say_is_not_guessed() {
        let page = "<link rel=stylesheet href=a.css><p style='color:#fff'>x</p>";
        assert_eq!(left(page, ""), "x");
        assert_eq!(left("<p style='color:#fff'>x</p>", "@import 'a.css';"), "x");
    }

    #[test]
    fn a_page_that_shows_itself_by_a_script_stays() {
        let text = "Shells fell on the market. ".repeat(40);
        for page in [
            format!("<body style='visibility:hidden'><p>{text}</p></body>"),
            format!("<div class=app><h1>Shells</h1><p>{text}</p></div><p>We use cookies.</p>"),
        ] {
            let doc = Document::from(page.as_str());
            strip(&doc, ".app{display:none}", true).unwrap();
            assert!(doc.text().contains("market"), "{page}");
        }
    }
}
