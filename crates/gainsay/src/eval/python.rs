//! Numbers and JSON as Python writes them, for figures that must agree to the digit.

use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// `round(x, 4)`: the nearest decimal of the exact binary value, ties to the even digit.
pub fn round4(x: f64) -> f64 {
    fixed(x, 4).parse().unwrap_or(x)
}

/// `f"{x:.{places}f}"`: the nearest decimal of the exact binary value, ties to the even digit. Rust rounds so too.
pub fn fixed(x: f64, places: usize) -> String {
    format!("{x:.places$}")
}

/// `json.dumps(value, ensure_ascii=False)`: one line, a blank after every comma and colon.
///
/// # Panics
/// Where a map has keys that are no strings; none here has.
pub fn dumps(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Spaced);
    value.serialize(&mut serializer).expect("maps have string keys, and memory does not refuse");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Python's separators.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_the_even_digit_of_the_exact_value() {
        // What Python 3.11 gives.
        for (x, expected) in [
            (1.0 / 32.0, 0.0312),
            (3.0 / 32.0, 0.0938),
            (0.00005, 0.0001),
            (2.0 / 3.0, 0.6667),
            (0.99995, 1.0),
            (0.0, 0.0),
            (1.0, 1.0),
        ] {
            assert_eq!(round4(x), expected, "{x}");
        }
        for (x, expected) in [(0.0625, "0.062"), (0.0005, "0.001"), (0.4375, "0.438"), (0.9996, "1.000")] {
            assert_eq!(fixed(x, 3), expected, "{x}");
        }
        assert_eq!(fixed(2.5, 0), "2");
    }

    #[test]
    fn json_has_blanks() {
        assert_eq!(dumps(&serde_json::json!({"a": [1, "ü"], "b": 0.5})), r#"{"a": [1, "ü"], "b": 0.5}"#);
    }
}
