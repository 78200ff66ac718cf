//! Finding the words that a claim points at: by their offsets, and where these are off, by the words themselves.
//!
//! Offsets count code points. Readers count bytes or UTF-16 units, strip line ends, compose letters or straighten
//! quotation marks: words that are quoted are found all the same, and it is said that they were.

use std::sync::OnceLock;

use gainsay_model::{CodePoints, Evidence};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::line::{Cited, short};

/// The longest piece of evidence, in code points: some paragraphs. Whatever is claimed would stand in the whole text.
pub const LONGEST: usize = 3_000;

/// One code point in so many has its byte noted.
const STEP: usize = 64;

/// A report's text, in which words are looked for.
pub struct Quoted<'t> {
    text: &'t str,
    points: CodePoints,
    /// The byte at which every [`STEP`]th code point starts.
    marks: Vec<usize>,
    length: usize,
    /// The text without what readers change, and for each of its bytes the code point it comes from.
    plain: OnceLock<(String, Vec<u32>)>,
}

/// Where words stand, and what is to be noted of how they were found.
pub type Found = (Evidence, Option<&'static str>);

impl<'t> Quoted<'t> {
    /// Over a report's text.
    pub fn of(text: &'t str) -> Quoted<'t> {
        let marks = text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect();
        let length = text.chars().count();
        Quoted { text, points: CodePoints::of(text), marks, length, plain: OnceLock::new() }
    }

    /// The byte at which a code point starts; the text's end for one beyond it.
    pub fn byte(&self, at: usize) -> usize {
        let Some(&mark) = self.marks.get(at / STEP) else { return self.text.len() };
        let rest = &self.text[mark..];
        mark + rest.char_indices().nth(at % STEP).map_or(rest.len(), |(byte, _)| byte)
    }

    /// The code point that starts at a byte.
    pub fn point(&self, byte: usize) -> usize {
        self.points.at(self.text, byte)
    }

    /// The words between two code points.
    pub fn words(&self, start: usize, end: usize) -> &'t str {
        &self.text[self.byte(start)..self.byte(end.max(start))]
    }

    /// The piece of evidence that is meant.
    ///
    /// # Errors
    /// The words are not in the text, stand there more than once with nothing to tell which is meant, or are too many.
    pub fn find(&self, cited: &Cited) -> Result<Found, String> {
        let found = self.meant(cited)?;
        let length = found.0.end - found.0.start;
        match length {
            0 => Err("its evidence is empty; quote the words that state it".into()),
            1..=LONGEST => Ok(found),
            _ => Err(format!(
                "its evidence is {length} code points long, at most {LONGEST}; quote the words that state it"
            )),
        }
    }

    fn meant(&self, cited: &Cited) -> Result<Found, String> {
        let piece =
            |start: usize, end: usize| Evidence { start, end, exact: self.words(start, end).to_owned() };
        let inside = |start: usize, end: usize| start < end && end <= self.length;
        let Some(exact) = cited.exact.as_deref().filter(|exact| !exact.trim().is_empty()) else {
            return match (cited.start, cited.end) {
                (Some(start), Some(end)) if inside(start, end) => Ok((piece(start, end), None)),
                (Some(start), Some(end)) => Err(format!(
                    "its evidence {start}–{end} does not lie in the text of {} code points",
                    self.length
                )),
                _ => Err("its evidence is empty; quote the words that state it".into()),
            };
        };
        if let (Some(start), Some(end)) = (cited.start, cited.end)
            && inside(start, end)
            && end - start <= exact.len()
            && self.words(start, end) == exact
        {
            return Ok((piece(start, end), None));
        }
        let length = exact.chars().count();
        let verbatim: Vec<(usize, usize)> = self
            .text
            .match_indices(exact)
            .map(|(byte, _)| self.points.at(self.text, byte))
            .map(|start| (start, start + length))
            .collect();
        if !verbatim.is_empty() {
            let noted = cited.start.map(|_| "evidence was found again at other offsets");
            let (start, end) = the_one(&verbatim, cited, exact)?;
            return Ok((piece(start, end), noted));
        }
        let (plain, origins) = self.plain.get_or_init(|| plain(self.text));
        let (wanted, _) = self::plain(exact.trim());
        if wanted.trim().is_empty() {
            return Err("its evidence is empty; quote the words that state it".into());
        }
        let loose: Vec<(usize, usize)> = plain
            .match_indices(wanted.as_str())
            .map(|(byte, _)| {
                let last = origins[byte + wanted.len() - 1] as usize;
                (origins[byte] as usize, self.cluster_end(last))
            })
            .collect();
        if loose.is_empty() {
            return Err(format!(
                "its evidence “{}” is not in the report's text; quote it as it stands there",
                short(exact)
            ));
        }
        let (start, end) = the_one(&loose, cited, exact)?;
        Ok((piece(start, end), Some("evidence was found again under other line ends, marks or spaces")))
    }

    /// One past the last combining mark of the letter at a code point.
    fn cluster_end(&self, at: usize) -> usize {
        let rest = &self.text[self.byte(at + 1)..];
        at + 1 + rest.chars().take_while(|c| is_combining_mark(*c)).count()
    }
}

/// Of several places the one nearest to where it was said to be.
fn the_one(found: &[(usize, usize)], cited: &Cited, exact: &str) -> Result<(usize, usize), String> {
    match (found, cited.start) {
        ([one], _) => Ok(*one),
        (many, Some(start)) => {
            let nearest = many.iter().min_by_key(|(at, _)| (at.abs_diff(start), *at));
            nearest.copied().ok_or_else(String::new)
        }
        (many, None) => Err(format!(
            "its evidence “{}” stands {} times in the text; add offsets or quote more of it",
            short(exact),
            many.len()
        )),
    }
}

/// A text composed (NFC), with one space for any white space and plain quotation marks, hyphens and ligature of dots; and
/// for each of its bytes the code point that it comes from.
fn plain(text: &str) -> (String, Vec<u32>) {
    let (mut out, mut origins) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    let mut letters = text.chars().enumerate().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
                origins.push(at as u32);
            }
            continue;
        }
        let mut cluster = String::from(letter);
        while let Some((_, mark)) = letters.next_if(|(_, next)| is_combining_mark(*next)) {
            cluster.push(mark);
        }
        for composed in cluster.nfc() {
            let written = match composed {
                '‘' | '’' | '‚' | '‛' | '`' | '´' => "'",
                '“' | '”' | '„' | '‟' | '«' | '»' => "\"",
                '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
                '…' => "...",
                '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{feff}' => "",
                _ => "\0",
            };
            let mut buffer = [0; 4];
            let written = if written == "\0" { composed.encode_utf8(&mut buffer) } else { written };
            out.push_str(written);
            origins.extend(std::iter::repeat_n(at as u32, written.len()));
        }
    }
    (out, origins)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The café at Deir ez-Zor was hit.\r\nHe said “we left”. It was hit.";

    fn find(start: Option<usize>, end: Option<usize>, exact: Option<&str>) -> Result<Found, String> {
        Quoted::of(TEXT).find(&Cited { start, end, exact: exact.map(str::to_owned) })
    }

    #[test]
    fn offsets_count_code_points() {
        let (evidence, note) = find(Some(4), Some(8), Some("café")).unwrap();
        assert_eq!((evidence.start, evidence.end, evidence.exact.as_str(), note), (4, 8, "café", None));
        assert_eq!(find(Some(4), Some(8), None).unwrap().0.exact, "café");
    }

    #[test]
    fn words_whose_offsets_are_off_are_found_again_and_it_is_noted() {
        // Bytes in the place of code points.
        let (evidence, note) = find(Some(13), Some(24), Some("Deir ez-Zor")).unwrap();
        assert_eq!((evidence.start, evidence.end), (12, 23));
        assert_eq!(note, Some("evidence was found again at other offsets"));
        // Of two the nearer.
        assert_eq!(find(Some(60), Some(67), Some("was hit")).unwrap().0.start, 56);
        assert_eq!(find(Some(20), Some(27), Some("was hit")).unwrap().0.start, 24);
    }

    #[test]
    fn line_ends_marks_and_composition_make_no_other_words() {
        let (evidence, note) =
            find(None, None, Some("cafe\u{301} at Deir ez-Zor was hit.\nHe said \"we left\"")).unwrap();
        assert_eq!((evidence.start, evidence.end), (4, 51));
        assert_eq!(evidence.exact, "café at Deir ez-Zor was hit.\r\nHe said “we left”");
        assert!(note.unwrap().contains("other line ends"));
        let split = Quoted::of("a cafe\u{301} burnt");
        let cited = Cited { exact: Some("café".into()), ..Cited::default() };
        assert_eq!(split.find(&cited).unwrap().0.exact, "cafe\u{301}");
    }

    #[test]
    fn what_is_not_there_is_refused_with_the_reason() {
        assert!(find(None, None, Some("was bombed")).unwrap_err().contains("is not in the report's text"));
        assert!(find(None, None, Some("was hit")).unwrap_err().contains("stands 2 times"));
        assert!(find(Some(60), Some(900), None).unwrap_err().contains("does not lie in the text"));
        assert!(find(Some(5), Some(5), None).unwrap_err().contains("does not lie"));
        assert!(find(None, None, Some("  ")).unwrap_err().contains("empty"));
        let long = "word ".repeat(1000);
        let all = Cited { start: Some(0), end: Some(4000), exact: None };
        assert!(Quoted::of(&long).find(&all).unwrap_err().contains("at most 3000"));
    }
}
