//! Just enough of DER (ITU-T X.690) to walk a time stamp or a certificate, one value after another, lengths held against
//! what is there; and to write a request for one.

/// A value: its tag, what is in it, and all of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value<'a> {
    pub tag: u8,
    pub inside: &'a [u8],
    pub whole: &'a [u8],
}

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const OCTETS: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OID: u8 = 0x06;
pub(crate) const TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;
pub(crate) const FIRST: u8 = 0xA0;
pub(crate) const FOURTH: u8 = 0xA3;

/// The first value, and what stands behind it.
pub(crate) fn next(bytes: &[u8]) -> Option<(Value<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&short, rest) = rest.split_first()?;
    let (length, rest) = match short {
        0..=0x7F => (usize::from(short), rest),
        // A length of up to four bytes.
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(short & 0x7F))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (inside, rest) = rest.split_at_checked(length)?;
    let whole = &bytes[..bytes.len() - rest.len()];
    Some((Value { tag, inside, whole }, rest))
}

/// The first value where it has this tag: what is in it, and what stands behind it.
pub(crate) fn take(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (value, rest) = next(bytes)?;
    (value.tag == tag).then_some((value.inside, rest))
}

/// What is in the first value where it has this tag, else nothing; and what stands behind it.
pub(crate) fn maybe(bytes: &[u8], tag: u8) -> (Option<&[u8]>, &[u8]) {
    match take(bytes, tag) {
        Some((inside, rest)) => (Some(inside), rest),
        None => (None, bytes),
    }
}

/// All values, one after another; `None` where they do not fill the bytes.
pub(crate) fn all(mut bytes: &[u8]) -> Option<Vec<Value<'_>>> {
    let mut values = Vec::new();
    while !bytes.is_empty() {
        let (value, rest) = next(bytes)?;
        values.push(value);
        bytes = rest;
    }
    Some(values)
}

/// An object identifier in numbers with dots; `None` where its bytes are none.
pub(crate) fn dotted(oid: &[u8]) -> Option<String> {
    let mut numbers: Vec<u64> = Vec::new();
    let mut number = 0_u64;
    for byte in oid {
        number = number.checked_mul(128)? | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            if numbers.is_empty() {
                let first = (number / 40).min(2);
                numbers.extend([first, number - first * 40]);
            } else {
                numbers.push(number);
            }
            number = 0;
        }
    }
    let ended = oid.last().is_some_and(|byte| byte & 0x80 == 0);
    ended.then(|| numbers.iter().map(u64::to_string).collect::<Vec<_>>().join("."))
}

/// A value as bytes.
pub(crate) fn value(tag: u8, inside: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match inside.len() {
        short @ 0..=0x7F => bytes.push(short as u8),
        long => {
            let digits: Vec<u8> = long.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            bytes.push(0x80 | digits.len() as u8);
            bytes.extend(digits);
        }
    }
    bytes.extend_from_slice(inside);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_in_their_bytes() {
        assert_eq!(take(b"\x04\x02abc", OCTETS), Some((&b"ab"[..], &b"c"[..])));
        assert_eq!(take(b"\x04\x81\x02abc", OCTETS), Some((&b"ab"[..], &b"c"[..])));
        assert_eq!(next(b"\x04\x02abc").unwrap().0.whole, b"\x04\x02ab");
        for broken in
            [&b""[..], b"\x04", b"\x04\x05ab", b"\x04\x80ab\0\0", b"\x04\x84\xFF\xFF\xFF\xFFa", b"\x04\x85"]
        {
            assert_eq!(next(broken), None, "{broken:?}");
        }
        assert_eq!(all(b"\x04\x00\x05\x00").unwrap().len(), 2);
        assert_eq!(all(b"\x04\x00\x05"), None);
    }

    #[test]
    fn what_is_written_is_read() {
        for length in [0, 1, 127, 128, 255, 256, 70_000] {
            let inside = vec![7; length];
            assert_eq!(take(&value(OCTETS, &inside), OCTETS), Some((&inside[..], &b""[..])));
        }
    }

    #[test]
    fn identifiers_have_dots() {
        assert_eq!(dotted(b"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02").as_deref(), Some("1.2.840.113549.1.7.2"));
        assert_eq!(dotted(b"\x2A\x86"), None);
        assert_eq!(dotted(b""), None);
        assert_eq!(dotted(&[0xFF; 40]), None);
    }
}
