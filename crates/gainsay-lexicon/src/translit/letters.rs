//! Cuts a name in Arabic or Latin script into the letters that the weights speak of.
//!
//! Latin letters lose case and most accents, but keep what tells one Arabic letter from another: a dot or cedilla
//! below (`ţ ḍ ş ḥ z̧`), a long vowel (`ā î ū`), and the signs of ayn and hamza. Arabic letters lose short vowels
//! and tatweel. Words are parted by `_`; an article before a word is `^`.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A letter: its place in [`LETTERS`], counted from 1; 0 is no letter.
pub type Letter = u8;

/// All letters, as `data/translit` writes them: `_` parts words, `^` is an article, ʿ and ʾ are ayn and hamza,
/// capitals are emphatic consonants (a dot or cedilla below) and long vowels.
const LETTERS: &str =
    "_abcdefghijklmnopqrstuvwxyz^ʿʾTDSHZAIUEO0123456789ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئپچگڤڭ";

/// How many letters there are, and one for none.
pub const COUNT: usize = 92;

/// The letter that parts words.
pub const EDGE: Letter = 1;

/// What kind of letter it is: how a pair is weighed that nobody has met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// No letter at all.
    None,
    /// Between words.
    Edge,
    /// An article.
    Article,
    /// a, e, i, o, u, short or long.
    Vowel,
    /// w, y.
    Glide,
    /// The signs of ayn and hamza.
    Sign,
    /// h, mute at the end of many a word.
    Breath,
    /// Any other Latin consonant.
    Consonant,
    /// A digit.
    Digit,
    /// Arabic letters that are also vowels or fall silent.
    Weak,
    /// Any other Arabic letter.
    Strong,
}

impl Class {
    /// All classes, in the order of their numbers.
    pub const ALL: [(Class, &'static str); 11] = [
        (Class::None, "-"),
        (Class::Edge, "<edge>"),
        (Class::Article, "<article>"),
        (Class::Vowel, "<vowel>"),
        (Class::Glide, "<glide>"),
        (Class::Sign, "<sign>"),
        (Class::Breath, "<breath>"),
        (Class::Consonant, "<consonant>"),
        (Class::Digit, "<digit>"),
        (Class::Weak, "<weak>"),
        (Class::Strong, "<strong>"),
    ];
}

/// What is asked of a letter, by its number.
struct Table {
    written: [char; COUNT],
    plain: [Letter; COUNT],
    class: [Class; COUNT],
    /// Letters by how they are written, sorted.
    letters: Vec<(char, Letter)>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table {
            written: [' '; COUNT],
            plain: std::array::from_fn(|at| at as Letter),
            class: [Class::None; COUNT],
            letters: LETTERS.chars().zip(1..).collect(),
        };
        table.letters.sort_unstable();
        for (c, own) in LETTERS.chars().zip(1..) {
            table.written[own] = c;
            let small = c.to_ascii_lowercase();
            if let Ok(at) = table.letters.binary_search_by_key(&small, |&(c, _)| c) {
                table.plain[own] = table.letters[at].1;
            }
            table.class[own] = class_of(small);
        }
        table
    })
}

fn class_of(plain: char) -> Class {
    match plain {
        '_' => Class::Edge,
        '^' => Class::Article,
        'a' | 'e' | 'i' | 'o' | 'u' => Class::Vowel,
        'w' | 'y' => Class::Glide,
        'ʿ' | 'ʾ' => Class::Sign,
        'h' => Class::Breath,
        'b'..='z' => Class::Consonant,
        '0'..='9' => Class::Digit,
        'ا' | 'و' | 'ي' | 'ى' | 'ء' | 'أ' | 'إ' | 'آ' | 'ؤ' | 'ئ' | 'ع' | 'ة' | 'ه' => {
            Class::Weak
        }
        _ => Class::Strong,
    }
}

/// The letter that `data/translit` writes so.
pub fn letter(written: char) -> Option<Letter> {
    let letters = &table().letters;
    letters.binary_search_by_key(&written, |&(c, _)| c).ok().map(|at| letters[at].1)
}

/// How `data/translit` writes the letter; a space for none.
pub fn written(letter: Letter) -> char {
    table().written[usize::from(letter)]
}

/// The letter without dot, cedilla or length.
pub fn plain(letter: Letter) -> Letter {
    table().plain[usize::from(letter)]
}

/// The class of a letter.
pub fn class(letter: Letter) -> Class {
    table().class[usize::from(letter)]
}

/// Whether a name so spelled is in Arabic script.
pub fn is_arabic(letters: &[Letter]) -> bool {
    letters.iter().any(|&letter| matches!(class(letter), Class::Weak | Class::Strong))
}

/// The letters of a name, `_` before, between and after its words; a lone `_` for a name without letters.
pub fn spell(name: &str) -> Vec<Letter> {
    let words = words(name);
    let mut out = vec![EDGE];
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        match words.get(at + 1) {
            Some(next) if is_article(word, next) => out.extend(letter('^')),
            _ => {
                out.extend(word);
                out.push(EDGE);
            }
        }
        at += 1;
    }
    out
}

/// Whether a word is an article of the next: al-, el- before all, a-, ash-, ez- … where the next begins alike.
fn is_article(word: &[Letter], next: &[Letter]) -> bool {
    let text: String = word.iter().map(|&letter| written(letter)).collect();
    let first = next.first().map_or(' ', |&letter| written(plain(letter)));
    match text.as_str() {
        "al" | "el" | "il" | "ul" | "l" | "a" | "e" => true,
        _ => {
            text.len() <= 3
                && text.starts_with(['a', 'e', 'i', 'u'])
                && text[1..].to_lowercase().starts_with(first)
        }
    }
}

fn words(name: &str) -> Vec<Vec<Letter>> {
    let mut words: Vec<Vec<Letter>> = vec![Vec::new()];
    let mut small = false;
    let mut letters = name.nfd().peekable();
    while let Some(c) = letters.next() {
        let mut marks = Marks::default();
        while let Some(mark) = letters.next_if(|&mark| is_combining_mark(mark)) {
            marks.add(mark);
        }
        // A capital after a small letter starts a word: "DeirEzzor".
        if small && c.is_uppercase() {
            words.push(Vec::new());
        }
        small = c.is_lowercase();
        let c = c.to_lowercase().next().unwrap_or(c);
        match c {
            ' '
            | '-'
            | '_'
            | '/'
            | '\t'
            | '\n'
            | ','
            | '،'
            | '('
            | ')'
            | '\u{a0}'
            | '\u{2010}'..='\u{2015}' => {
                words.push(Vec::new());
            }
            _ => {
                if let Some(word) = words.last_mut() {
                    word.extend(one(c, &marks).into_iter().filter_map(letter));
                }
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words.iter_mut().for_each(chat);
    words
}

/// Digits that stand for Arabic letters inside a word of chat: `3ayn`, `7oms`; a number on its own stays one.
fn chat(word: &mut Vec<Letter>) {
    if word.iter().all(|&letter| class(letter) == Class::Digit) {
        return;
    }
    for letter in word {
        let stands_for = match written(*letter) {
            '2' => 'ʾ',
            '3' => 'ʿ',
            '7' => 'H',
            _ => continue,
        };
        *letter = self::letter(stands_for).unwrap_or(*letter);
    }
}

/// The marks that tell letters apart.
#[derive(Default)]
struct Marks {
    below: bool,
    long: bool,
    line: bool,
    arc: bool,
    caron: bool,
    cedilla: bool,
    hamza: Option<char>,
}

impl Marks {
    fn add(&mut self, mark: char) {
        match mark {
            '\u{323}' | '\u{326}' => self.below = true,
            '\u{327}' => (self.below, self.cedilla) = (true, true),
            '\u{304}' | '\u{302}' => self.long = true,
            '\u{331}' => self.line = true,
            '\u{32e}' => self.arc = true,
            '\u{30c}' | '\u{301}' | '\u{306}' | '\u{307}' => self.caron = true,
            '\u{653}' | '\u{654}' | '\u{655}' => self.hamza = Some(mark),
            _ => {}
        }
    }
}

/// What a character with its marks is spelled with; spaces for nothing.
fn one(c: char, marks: &Marks) -> [char; 2] {
    match (c, marks) {
        ('t', Marks { line: true, .. }) => return ['t', 'h'],
        ('d' | 'z', Marks { line: true, .. }) => return ['d', 'h'],
        ('h', Marks { arc: true, .. }) => return ['k', 'h'],
        ('g', Marks { caron: true, .. }) => return ['g', 'h'],
        ('s', Marks { caron: true, .. }) => return ['s', 'h'],
        ('z', Marks { caron: true, .. }) => return ['j', ' '],
        ('c', Marks { caron: true, .. } | Marks { cedilla: true, .. }) => return ['c', 'h'],
        ('h', Marks { line: true, .. } | Marks { long: true, .. }) => return ['H', ' '],
        ('ß', _) => return ['s', 's'],
        _ => {}
    }
    let marked = match c {
        't' | 'd' | 's' | 'h' | 'z' if marks.below => c.to_ascii_uppercase(),
        'a' | 'e' | 'i' | 'o' | 'u' if marks.long => c.to_ascii_uppercase(),
        'ا' | 'و' | 'ي' => std::iter::once(c).chain(marks.hamza).nfc().next().unwrap_or(c),
        'ı' => 'i',
        'ə' | 'æ' | 'œ' => 'e',
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ʿ' | '‘' | 'ʻ' | '`' | 'ʕ' => 'ʿ',
        'ʾ' | '’' | 'ʼ' | '\'' | '´' => 'ʾ',
        // Letters of Persian, Kurdish and Urdu beside their Arabic ones.
        'ی' | 'ې' | 'ێ' => 'ي',
        'ک' => 'ك',
        'ٱ' => 'ا',
        'ھ' | 'ە' | 'ہ' => 'ه',
        'ۀ' => 'ة',
        'ڵ' => 'ل',
        'ڕ' => 'ر',
        'ۆ' => 'و',
        'ڨ' => 'گ',
        'ژ' => 'ج',
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        // What marks a letter in `data/translit` marks nothing in a name.
        '^' | '_' => ' ',
        _ => c,
    };
    [marked, ' ']
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(name: &str) -> String {
        spell(name).iter().map(|&letter| written(letter)).collect()
    }

    #[test]
    fn every_letter_has_a_number_of_its_own() {
        assert_eq!(LETTERS.chars().count() + 1, COUNT);
        for (at, c) in LETTERS.chars().enumerate() {
            assert_eq!(letter(c), Some(at as Letter + 1), "{c} stands twice");
            assert_eq!(written(at as Letter + 1), c);
        }
    }

    #[test]
    fn marks_that_tell_letters_apart_stay() {
        let cases = [
            ("Ţūz Khūrmātū", "_TUz_khUrmAtU_"),
            ("Az̧ Z̧ulayl", "_^Zulayl_"),
            ("al-Ḥaydarī", "_^HaydarI_"),
            ("Bi’r ‘Alī", "_biʾr_ʿalI_"),
            ("Kobanî", "_kobanI_"),
            ("Şirnak, Ağrı", "_Sirnak_aghri_"),
            ("القُصَيْر", "_القصير_"),
            ("مؤتة", "_مؤتة_"),
            ("آفس", "_آفس_"),
        ];
        for (name, expected) in cases {
            assert_eq!(spelled(name), expected, "{name}");
        }
    }

    #[test]
    fn articles_are_one_letter_and_words_keep_their_edges() {
        for name in ["al-Zor", "Az Zor", "ez-Zor", "a-Zor", "el Zor", "#ez_Zor"] {
            assert_eq!(spelled(name), "_^zor_", "{name}");
        }
        for (name, expected) in
            [("Ad Dana", "_^dana_"), ("Ad Bana", "_ad_bana_"), ("DeirEzzor", "_deir_ezzor_"), ("Al", "_al_")]
        {
            assert_eq!(spelled(name), expected, "{name}");
        }
        for name in ["", "…", "#", "^", "_"] {
            assert_eq!(spelled(name), "_", "{name}");
        }
    }

    #[test]
    fn digits_in_a_word_are_chat_and_numbers_stay() {
        assert_eq!(spelled("7oms"), "_Homs_");
        assert_eq!(spelled("Dar3a"), "_darʿa_");
        assert_eq!(spelled("Brigade 137"), "_brigade_137_");
        assert_eq!(spelled("اللواء ١٣٧"), "_اللواء_137_");
    }
}
