//! Whether an element of a page is shown, by its own style: what nobody sees is no part of what the page says.
//!
//! Style sheets and scripts are not followed: what only they hide is read.

/// So far off its place nothing is seen (CSS pixels, or any other unit).
const FAR_OFF: f64 = -900.0;

/// Whether a style takes an element off the page altogether.
pub(crate) fn is_gone(style: &str) -> bool {
    declarations(style).any(|(name, value)| name == "display" && value == "none")
}

/// Whether a style lets nobody see an element that still stands on the page: without colour, size or place, or in the
/// colour of what it stands on.
pub(crate) fn is_unseen(style: &str) -> bool {
    let mut colours: [Option<String>; 2] = [None, None];
    for (name, value) in declarations(style) {
        let none = match name.as_str() {
            "visibility" => matches!(value.as_str(), "hidden" | "collapse"),
            "opacity" | "font-size" | "zoom" => size(&value).is_some_and(|size| size.abs() < 0.011),
            "max-height" | "max-width" | "height" | "width" | "line-height" => {
                size(&value) == Some(0.0) && style.to_ascii_lowercase().contains("overflow")
            }
            "text-indent" | "left" | "top" | "right" | "bottom" | "margin-left" | "margin-top" => {
                size(&value).is_some_and(|size| size < FAR_OFF)
            }
            "clip" => value.starts_with("rect(0") || value.starts_with("rect(1px"),
            "clip-path" => matches!(value.as_str(), "inset(50%)" | "inset(100%)" | "circle(0)"),
            "transform" => value.starts_with("scale(0)"),
            "color" => {
                colours[0] = colour(&value);
                colours[0].as_deref() == Some("transparent")
            }
            "background" | "background-color" => {
                colours[1] = colour(&value);
                false
            }
            _ => false,
        };
        if none {
            return true;
        }
    }
    matches!(&colours, [Some(letters), Some(ground)] if letters == ground)
}

/// Each `name: value` of a style, in small letters.
fn declarations(style: &str) -> impl Iterator<Item = (String, String)> + '_ {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim_end().to_owned();
        Some((name.trim().to_ascii_lowercase(), value))
    })
}

/// The number a size begins with, whatever its unit.
fn size(value: &str) -> Option<f64> {
    let end =
        value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(value.len());
    value[..end].parse().ok()
}

/// A colour by one way of writing it, as far as people write it by hand.
fn colour(value: &str) -> Option<String> {
    let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    let doubled = |hex: &str| -> String { hex.chars().flat_map(|c| [c, c]).collect() };
    Some(match value.as_str() {
        "white" | "rgb(255,255,255)" | "rgba(255,255,255,1)" | "#ffffffff" => "#ffffff".into(),
        "black" | "rgb(0,0,0)" | "rgba(0,0,0,1)" | "#000000ff" => "#000000".into(),
        "transparent" | "rgba(0,0,0,0)" | "rgba(255,255,255,0)" | "#0000" => "transparent".into(),
        "" | "none" | "inherit" | "initial" | "unset" | "currentcolor" => return None,
        hex if hex.len() == 4 && hex.starts_with('#') => format!("#{}", doubled(&hex[1..])),
        other => other.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_show_nothing() {
        assert!(is_gone("color: red; DISPLAY : none !important") && !is_gone("display:block"));
        for style in [
            "visibility:hidden",
            "opacity: 0",
            "opacity:.01",
            "font-size:0px",
            "position:absolute; left:-9999px",
            "text-indent:-9999em",
            "color:#fff; background:#FFFFFF",
            "background-color: white; color: rgb(255, 255, 255)",
            "color: transparent",
            "height:0;overflow:hidden",
            "clip: rect(0, 0, 0, 0)",
            "clip-path:inset(50%)",
        ] {
            assert!(is_unseen(style), "{style}");
        }
        for style in [
            "",
            "color:#fff",
            "color:#fff;background:#000",
            "opacity:0.9",
            "font-size:0.8em",
            "left:-10px",
            "height:0",
            "margin-left:-15px",
            "background:url(a;b)",
            "color:inherit;background:inherit",
            ":::;;;",
            "font-size:é",
        ] {
            assert!(!is_unseen(style), "{style}");
        }
    }
}
