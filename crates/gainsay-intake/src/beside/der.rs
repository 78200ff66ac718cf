//! Just enough of DER (ITU-T X.690) to walk a time stamp: one value after another, lengths held against what is there.

/// A value: its tag, and what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value<'a> {
    pub tag: u8,
    pub inside: &'a [u8],
}

pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
pub(super) const FIRST: u8 = 0xA0;

/// The first value, and what stands behind it.
pub(super) fn next(bytes: &[u8]) -> Option<(Value<'_>, &[u8])> {
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
    Some((Value { tag, inside }, rest))
}

/// The first value where it has this tag: what is in it, and what stands behind it.
pub(super) fn take(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (value, rest) = next(bytes)?;
    (value.tag == tag).then_some((value.inside, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_lie_in_their_bytes() {
        assert_eq!(take(b"\x04\x02abc", OCTETS), Some((&b"ab"[..], &b"c"[..])));
        assert_eq!(take(b"\x04\x81\x02abc", OCTETS), Some((&b"ab"[..], &b"c"[..])));
        for broken in
            [&b""[..], b"\x04", b"\x04\x05ab", b"\x04\x80ab\0\0", b"\x04\x84\xFF\xFF\xFF\xFFa", b"\x04\x85"]
        {
            assert_eq!(next(broken), None, "{broken:?}");
        }
    }
}
