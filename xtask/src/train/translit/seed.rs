//! What is known beforehand: which letters usually stand for one another, so that the first alignments are right.
//!
//! The correspondences are those of BGN/PCGN 1956, of French and English press habit, and of Persian and Turkish
//! spelling; the weights are rough, and learned anew.

use gainsay_lexicon::translit::letters::{Class, Letter, class, letter, plain};
use gainsay_lexicon::translit::weights::class_of;

/// Latin runs that stand for one another.
pub const LATIN: &str = "kh x,kh h,sh ch,ou u,ou o,ou w,ee i,oo u,ai ay,ei ay,ei a,ai e,aw au,aw o,ou aw,dj j,gh g,gh r,q k,q g,c k,q c,ck k,y i,w u,w o,w v,dh z,dh d,th s,th t,ph f,j g,j y,p b,v f,s z,s c,d z,d t,b v,x h,iy y,iyy y,iya ia,uw w,ah_ a_,eh_ a_,h_ _,e_ _,t_ h_,t_ _,^ al,^ el,^ ar,^ es,l_ _,gu g,qu k,ss s,ss c";

/// Arabic letters and the Latin runs that stand for them.
pub const ARABIC: &str = "ا a,ا aa,ا e,ا i,ا o,ب b,ب p,ت t,ت th,ث th,ث s,ث t,ج j,ج g,ج c,ج dj,ج zh,ح h,خ kh,خ h,خ k,خ x,د d,ذ dh,ذ z,ذ d,ر r,ز z,س s,س ss,ش sh,ش ch,ش s,ص s,ض d,ض dh,ض z,ط t,ظ z,ظ dh,ع ʿ,ع a,ع i,ع e,ع u,ع o,غ gh,غ g,غ r,ف f,ف v,ف p,ف ph,ق q,ق k,ق g,ك k,ك c,ك q,كس x,ل l,م m,ن n,ه h,ه a,ه e,و w,و u,و o,و ou,و oo,و v,و aw,ي y,ي i,ي e,ي ee,ي j,ي ai,ي ay,ي ei,ي iy,ة a,ة ah,ة eh,ة e,ة et,ة at,ة t,ة h,ى a,ى i,ئ i,ئ ʾ,ئ e,ئ y,ء ʾ,أ a,أ e,أ u,أ o,أ i,أ ʾ,إ i,إ e,آ a,آ aa,ؤ ʾ,ؤ u,ؤ w,ال -,ال ^,ال al,ال el,ال a,پ p,چ ch,ڤ v,گ g,ڭ g";

/// Arabic letters that are written for one another.
pub const WITHIN_ARABIC: &str = "ا أ,ا إ,ا آ,أ إ,أ آ,ى ي,ى ا,ة ه,ئ ي,ئ ء,ؤ و,ئ ى,گ ك,گ غ,چ ج,پ ب,ڤ ف";

/// What a Latin pair, an Arabic and Latin pair, an Arabic pair of these lists weighs, in natural logarithms.
pub const WEIGHTS: [f32; 3] = [0.7, 1.2, 1.2];

/// A list's pairs, spelled.
pub fn pairs(list: &str) -> impl Iterator<Item = (Vec<Letter>, Vec<Letter>)> {
    let spelled = |run: &str| run.chars().filter_map(letter).collect::<Vec<_>>();
    list.split(',').filter_map(move |pair| pair.split_once(' ')).map(move |(a, b)| (spelled(a), spelled(b)))
}

/// A consonant written twice, beside it once, in either script.
pub fn doubled() -> impl Iterator<Item = (Vec<Letter>, Vec<Letter>)> {
    let twice = |one: Letter| vec![one, one];
    let consonants = "bcdfghjklmnpqrstvwxyzTDSHZ".chars().filter_map(letter);
    let latin = consonants.map(move |one| (vec![one], twice(one)));
    let arabic = pairs(ARABIC).filter_map(move |(a, b)| match (&a[..], &b[..]) {
        ([_], &[one]) if !matches!(class(one), Class::Vowel | Class::Sign) => Some((a, twice(one))),
        _ => None,
    });
    latin.chain(arabic)
}

/// Letters with a mark whose plain letter this is.
pub fn marked(own: Letter) -> impl Iterator<Item = Letter> {
    "TDSHZAIUEO".chars().filter_map(letter).filter(move |&other| plain(other) == own && other != own)
}

/// What two single letters weigh before anything is learned, 0 for none.
pub fn class_weight(a: Letter, b: Letter) -> f32 {
    use Class::*;
    let (first, second) = (class(a).min(class(b)), class(a).max(class(b)));
    let soft = |class| matches!(class, Vowel | Glide | Sign | Breath | Weak);
    if class_of(a, b) % 2 == 1 {
        return match first {
            Edge => 0.5,
            // No pair teaches these: in hundredths, what a letter is worth against its romanisation.
            Weak => 0.4,
            Strong => 1.1,
            class if soft(class) => 0.6,
            _ => 1.5,
        };
    }
    match (first, second) {
        (None, Edge) => -1.0,
        (None, Article | Vowel) => -0.3,
        (None, Glide | Weak) => -0.8,
        (None, Sign) => -0.2,
        (None, Breath) => -0.6,
        (None, Strong) => -2.5,
        (None, Digit) | (Edge, _) | (Digit, _) | (_, Digit) => -9.0,
        (None, _) => -2.0,
        (Vowel, Vowel) => 0.1,
        (a, b) if soft(a) && soft(b) => -0.5,
        _ => -2.5,
    }
}

/// What leaving out a word weighs, and each of its letters.
pub const WORD: (f32, f32) = (-1.5, -0.2);
