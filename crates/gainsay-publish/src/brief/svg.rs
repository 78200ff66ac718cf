//! Writing SVG: numbers, escaped text, and one cosine that is the same on every machine.

/// A number with at most one decimal, as short as it goes; what is no number is 0.
pub(crate) fn num(value: f64) -> String {
    if !value.is_finite() {
        return "0".into();
    }
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".into() } else { text.to_string() }
}

/// Text for an element or a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Cosine of an angle in degrees, -90 to 90, by Taylor's series: the platform's own may differ in the last bit.
pub(crate) fn cos_degrees(degrees: f64) -> f64 {
    let x = degrees.clamp(-90.0, 90.0) * std::f64::consts::PI / 180.0;
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..12 {
        term *= -x * x / f64::from((2 * n - 1) * (2 * n));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosine_is_a_cosine() {
        for degrees in [-90.0, -35.3, 0.0, 35.3, 60.0, 90.0] {
            assert!((cos_degrees(degrees) - f64::to_radians(degrees).cos()).abs() < 1e-12, "{degrees}");
        }
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [(1.0, "1"), (-0.04, "0"), (12.34, "12.3"), (f64::NAN, "0"), (-3.0, "-3")] {
            assert_eq!(num(value), text);
        }
    }
}
