//! How a deed is put in words: one thing, many ways of saying it.

use gainsay_model::Kind;

use super::dice::Dice;
use super::page::word;

/// The names in a sentence.
pub struct Names<'n> {
    /// Who did it.
    pub doer: &'n str,
    /// Where.
    pub town: &'n str,
    /// Against whom.
    pub against: &'n str,
}

/// Ways to say that it happened: `D` did it in `T`, to `A`, at the `M`.
fn deeds(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Airstrike => &[
            "warplanes of D struck a M in T",
            "jets belonging to D bombed T, hitting its M",
            "an air raid by D flattened part of the M of T",
            "the M at T came under bombardment from aircraft of D",
            "planes flown by D attacked T from the air, aiming at a M",
            "D carried out strikes over T; a M burned",
        ],
        Kind::Shelling => &[
            "D shelled a M in T",
            "mortar rounds fired by D landed on the M of T",
            "artillery of D pounded T and its M",
            "rockets launched by D crashed into a M at T",
            "T was hit by guns of D, the M among its buildings",
        ],
        Kind::Bombing => &[
            "a car bomb set off by D hit a M in T",
            "explosives planted by D went off beside the M of T",
            "a blast tore through a M at T; it was laid to D",
            "D detonated a truck near the M in T",
        ],
        Kind::Clash => &[
            "D fought A over a M in T",
            "fighting broke out between D and A around the M of T",
            "fierce clashes pitted D against A at T, close to its M",
            "A traded fire with D in T, where a M lay between the lines",
            "battles of D and A raged through T as far as the M",
        ],
        Kind::Detention => &[
            "D took people from a M in T",
            "D arrested several men at the M of T",
            "residents of T were seized by D in a raid on a M",
        ],
        Kind::Capture => &[
            "D took T from A after the M",
            "T fell to D, which drove A out past the M",
            "D overran T and raised its flag above the M once held by A",
            "A lost T to D following days around a M",
        ],
        _ => &[
            "D attacked A at a M in T",
            "gunmen of D stormed the M of T, set on A",
            "an assault by D on A reached a M in T",
            "D opened fire upon A outside the M at T",
        ],
    }
}

const TOLLS: [&str; 7] = [
    ", killing N people",
    ", leaving N dead",
    "; N were reported dead",
    " and N lives were lost",
    ", in which N people died",
    "; the toll stood at N killed",
    ". At least that is where N bodies were counted",
];
const WOUNDED: [&str; 4] = [
    "N people were wounded there",
    "another N suffered injuries",
    "hospitals took in N hurt",
    "N more were injured",
];
const WOMEN: [&str; 3] =
    ["N of those killed were women", "N women lost their lives", "the dead include N women"];
const CHILDREN: [&str; 3] =
    ["N of the dead were children", "among those killed were N children", "N minors died"];

/// A sentence that tells of the deed and its dead, in words that few other reports use together.
pub fn sentence(
    dice: &mut Dice,
    kind: Kind,
    names: &Names,
    marks: &[String],
    killed: Option<u64>,
    denied: bool,
    said: &str,
) -> String {
    let deed = dice.pick(deeds(kind)).replace('M', &marks[0]);
    // The capitals left over stand for names; names are put in last, and no capital of theirs is touched.
    let deed: String = deed
        .split(' ')
        .map(|part| {
            let put = |name: &str| format!("{name}{}", &part[1..]);
            match part.chars().next() {
                Some('D') if part.len() < 3 => put(names.doer),
                Some('T') if part.len() < 3 => put(names.town),
                Some('A') if part.len() < 3 => put(names.against),
                _ => part.to_string(),
            }
        })
        .collect::<Vec<_>>()
        .join(" ");
    let toll = killed.map_or(String::new(), |n| dice.pick(&TOLLS).replace('N', &n.to_string()));
    let no = if denied { "it is not true that " } else { "" };
    let mut more: Vec<String> = marks[1..].to_vec();
    more.extend((0..dice.between(1, 4)).map(|_| word(dice.below(4000))));
    format!("{no}{deed}{toll}{said}: {}", more.join(" "))
}

/// A sentence about the wounded.
pub fn wounded(dice: &mut Dice, n: u64, said: &str) -> String {
    format!("{}{said} {}", dice.pick(&WOUNDED).replace('N', &n.to_string()), word(dice.below(4000)))
}

/// A sentence about the women among the dead.
pub fn women(dice: &mut Dice, n: u64, said: &str) -> String {
    format!("{}{said} {}", dice.pick(&WOMEN).replace('N', &n.to_string()), word(dice.below(4000)))
}

/// A sentence about the children among the dead.
pub fn children(dice: &mut Dice, n: u64, said: &str) -> String {
    format!("{}{said} {}", dice.pick(&CHILDREN).replace('N', &n.to_string()), word(dice.below(4000)))
}
