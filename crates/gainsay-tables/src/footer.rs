//! A look at a Parquet file's footer before the library reads it.
//!
//! The library passes over what it does not know of, element by element, and a truth value in a list takes no byte
//! there: a few bytes that tell of two thousand million of them keep it busy for seconds, and a file of such lists for
//! days. No writer makes such lists, so whoever has one is refused.
//!
//! **Takes** the footer's bytes, in Thrift's compact protocol (Apache Thrift, `thrift-compact-protocol.md`). **Gives**
//! whether it may be read. **Never** goes over a byte twice.

/// How deep structures nest in each other at most; Parquet's own nest less than ten deep.
const DEEPEST: usize = 64;

/// Whether a footer is whole, and costs no more to read than it is long.
pub(crate) fn is_plain(footer: &[u8]) -> bool {
    let mut rest = footer;
    structure(&mut rest, DEEPEST).is_some()
}

/// Passes over a structure; `None` where it is none.
fn structure(rest: &mut &[u8], deep: usize) -> Option<()> {
    loop {
        let head = byte(rest)?;
        match head & 0xF {
            0 => return Some(()),
            // The number of the field, where it does not follow from the one before.
            kind if head >> 4 == 0 => number(rest).and_then(|_| value(rest, kind, deep))?,
            kind => value(rest, kind, deep)?,
        }
    }
}

/// Passes over a value of a kind.
fn value(rest: &mut &[u8], kind: u8, deep: usize) -> Option<()> {
    let deep = deep.checked_sub(1)?;
    match kind {
        // True and false are told by the kind.
        1 | 2 => Some(()),
        3 => skip(rest, 1),
        4..=6 => number(rest).map(drop),
        7 => skip(rest, 8),
        8 => number(rest).and_then(|length| skip(rest, length)),
        9 | 10 => {
            let head = byte(rest)?;
            let count = match head >> 4 {
                15 => number(rest)?,
                count => usize::from(count),
            };
            elements(rest, count, &[head & 0xF], deep)
        }
        11 => match number(rest)? {
            0 => Some(()),
            count => {
                let kinds = byte(rest)?;
                elements(rest, count, &[kinds >> 4, kinds & 0xF], deep)
            }
        },
        12 => structure(rest, deep),
        13 => skip(rest, 16),
        _ => None,
    }
}

/// Passes over so many elements, each of these kinds one after the other.
fn elements(rest: &mut &[u8], count: usize, kinds: &[u8], deep: usize) -> Option<()> {
    // Each has a byte at least; a truth value has none.
    let bears = kinds.iter().all(|kind| !matches!(kind, 1 | 2));
    if count > 0 && !bears || count > rest.len() {
        return None;
    }
    (0..count).try_for_each(|_| kinds.iter().try_for_each(|&kind| value(rest, kind, deep)))
}

fn byte(rest: &mut &[u8]) -> Option<u8> {
    let (first, behind) = rest.split_first()?;
    *rest = behind;
    Some(*first)
}

fn skip(rest: &mut &[u8], length: usize) -> Option<()> {
    *rest = rest.get(length..)?;
    Some(())
}

/// A number of at most ten bytes, seven bits in each.
fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut found = 0_u64;
    for place in 0..10 {
        let next = byte(rest)?;
        found |= u64::from(next & 0x7F).checked_shl(7 * place)?;
        if next & 0x80 == 0 {
            return usize::try_from(found).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn structures_lists_maps_and_texts_are_passed_over() {
        // 1: i32 4; 2: list of two texts; 3: a map of a text to a number; 4: a structure with true; stop.
        let footer = [
            [0x15, 0x08, 0x19, 0x28, 1, b'a', 1, b'b'].as_slice(),
            &[0x1B, 1, 0x85, 1, b'k', 2, 0x1C, 0x11, 0, 0],
        ];
        let footer = footer.concat();
        assert!(is_plain(&footer));
        // A field far on has its number written out; an empty list may be of nothing.
        assert!(is_plain(&[0x05, 0x80, 0x02, 0x08, 0x19, 0x00, 0]));
        for end in 0..footer.len() {
            assert!(!is_plain(&footer[..end]), "{end}");
        }
    }

    #[test]
    fn what_takes_longer_than_it_is_long_is_refused() {
        for list in [
            // So many numbers, so many truth values, and pairs of them, as are not there.
            [0x19, 0xF5, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0].as_slice(),
            &[0x19, 0xF1, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0],
            &[0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x11, 0],
            // And truth values that are there.
            &[0x19, 0x22, 1, 1, 0],
        ] {
            assert!(!is_plain(list), "{list:x?}");
        }
        let deep = [vec![0x1C; 100_000], vec![0; 100_001]].concat();
        assert!(!is_plain(&deep));
        let lists = [vec![0x19], vec![0x19; 100_000]].concat();
        assert!(!is_plain(&lists));
    }
}
