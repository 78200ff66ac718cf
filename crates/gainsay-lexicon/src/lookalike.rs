//! Names that look alike and are not one: `SАNA` with a Cyrillic letter, `AI Jazeera` with a capital i.
//!
//! By the skeletons of Unicode Technical Standard 39, section 4, and the letters of one script that small print makes
//! one. What looks like a name is told of, and never merged with it.

use unicode_normalization::UnicodeNormalization;

/// What a name looks like: two names of one skeleton can hardly be told apart on a screen. Not for showing.
pub fn skeleton(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        // Letters beyond Latin by what they look like as they are written, then as small letters.
        let like: String = match c {
            c if c.is_ascii() => c.into(),
            c => unicode_security::skeleton(c.encode_utf8(&mut [0; 4])).collect(),
        };
        for c in like.chars().flat_map(char::to_lowercase) {
            match c {
                'i' | '1' | '|' => out.push('l'),
                '0' => out.push('o'),
                '5' => out.push('s'),
                c if c.is_alphanumeric() => out.push(c),
                _ => {}
            }
        }
    }
    let small: String = out.chars().flat_map(|c| similar(c).chars().collect::<Vec<_>>()).collect();
    small.replace("rn", "m").replace("vv", "w").replace("cl", "d")
}

/// Small letters of other scripts whose capitals only look like ours.
fn similar(c: char) -> String {
    if c.is_ascii() { c.into() } else { unicode_security::skeleton(c.encode_utf8(&mut [0; 4])).collect() }
}

/// A name's words with each letter that does not belong to its word's script by its number: `sana` with a Cyrillic
/// second letter is `su0430na`. Words of one script stay as they are.
///
/// The script of a word is that of its Latin letters where it has any: only among these does another's hide.
pub fn spelled_out(word: &str) -> String {
    let latin =
        |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    if word.is_ascii() || !word.contains(latin) {
        return word.to_owned();
    }
    word.chars()
        .map(|c| match c {
            c if c.is_ascii() || latin(c) || !c.is_alphabetic() => c.to_string(),
            // Letters of the International Phonetic Alphabet and half rings, which romanised names are written with.
            '\u{250}'..='\u{36f}' => c.to_string(),
            c => format!("u{:04x}", u32::from(c)),
        })
        .collect()
}

/// A name as it was before [`spelled_out`], where it holds letters by their numbers.
pub fn read_back(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(at) = rest.find('u') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let digits = from[1..].bytes().take(4).take_while(u8::is_ascii_hexdigit).count();
        let letter = from.get(1..5).filter(|_| digits == 4);
        let letter = letter.and_then(|hex| char::from_u32(u32::from_str_radix(hex, 16).ok()?));
        match letter.filter(|c| !c.is_ascii() && c.is_alphabetic()) {
            Some(letter) => {
                out.push(letter);
                rest = &from[5..];
            }
            None => {
                out.push('u');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        for (forged, name) in [
            ("S\u{410}NA", "SANA"),
            ("Reuter\u{455}", "Reuters"),
            ("R\u{435}ut\u{435}rs", "Reuters"),
            ("\u{ff33}\u{ff21}\u{ff2e}\u{ff21}", "SANA"),
            ("AI Jazeera", "Al Jazeera"),
            ("Al Jazeera.", "al-jazeera"),
            ("Reuter5", "Reuters"),
            ("R\u{e9}uters", "Reuters"),
            ("s\u{430}na", "sana"),
        ] {
            assert_eq!(skeleton(forged), skeleton(name), "{forged}");
        }
    }

    #[test]
    fn names_that_do_not_look_alike_have_not() {
        for (a, b) in
            [("SANA", "Amaq"), ("Reuters", "Rudaw"), ("الجزيرة", "الحياة"), ("Ал-Джазира", "Al Jazeera")]
        {
            assert_ne!(skeleton(a), skeleton(b), "{a}");
        }
    }

    #[test]
    fn letters_of_another_script_are_spelled_out_and_read_back() {
        assert_eq!(spelled_out("s\u{430}na"), "su0430na");
        assert_eq!(read_back("su0430na"), "s\u{430}na");
        for word in ["sana", "ناشطون", "réseau", "дума", "ʿayn", "duʿa", "500u", ""] {
            assert_eq!(spelled_out(word), word);
            assert_eq!(read_back(word), word);
        }
        assert_eq!(read_back("u0041bc"), "u0041bc", "only what is spelled out is read back");
        assert_eq!(read_back("u12"), "u12");
        assert_eq!(read_back("ué12"), "ué12");
    }
}
