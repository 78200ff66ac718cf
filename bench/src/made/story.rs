//! What really happened, day by day: deeds with their dead, towns that change hands, and what each voice makes of it.

use gainsay_lexicon::{Actor, Place, SourceEntry};
use gainsay_model::Kind;

use super::cast::{Cast, SIDES};
use super::dice::Dice;

/// Happenings on each day.
const A_DAY: usize = 40;
/// Towns that are fought over and change hands.
pub const FRONTS: usize = 150;
/// Of a thousand happenings: with voices whose figures cannot both be, denied, blamed on two sides, and with a toll
/// that rises from day to day.
const COUNT_DISPUTED: usize = 80;
const DENIED: usize = 30;
const BLAMED: usize = 40;
const RISING: usize = 150;

/// Who speaks of a happening.
#[derive(Clone)]
pub enum Speaker {
    /// A listed source, by name.
    Named(&'static SourceEntry),
    /// Somebody without a name.
    Unnamed(&'static str),
    /// A witness by name.
    Witness(String),
    /// Whoever writes the report.
    Own,
}

/// What one voice says of a happening.
#[derive(Clone)]
pub struct Voice {
    /// Who.
    pub who: Speaker,
    /// Dead, where it gives a figure.
    pub killed: Option<u64>,
    /// The doer it names, where it names another than the true one.
    pub blames: Option<&'static Actor>,
    /// It says that it did not happen.
    pub denies: bool,
}

/// One happening.
pub struct Happening {
    /// Its number, from 0 on.
    pub id: u32,
    /// Days since the first day.
    pub day: i32,
    /// What it was.
    pub kind: Kind,
    /// Where.
    pub place: &'static Place,
    /// Who did it.
    pub doer: &'static Actor,
    /// To whom, where it was a party.
    pub target: Option<&'static Actor>,
    /// Wounded.
    pub injured: Option<u64>,
    /// Among the dead.
    pub children: Option<u64>,
    /// Among the dead.
    pub women: Option<u64>,
    /// Dead more on each day after the first.
    pub rises: u64,
    /// By what means.
    pub means: &'static str,
    /// Words that only reports of it use.
    pub marks: [usize; 3],
    /// What is said of it.
    pub voices: Vec<Voice>,
    /// Voices give figures that cannot both be.
    pub count_disputed: bool,
    /// Voices blame two sides.
    pub blamed: bool,
    /// A voice denies it.
    pub denied: bool,
}

/// A change of hands: the day, and who has held the town since.
pub type Change = (i32, &'static Actor);

/// The story so far.
pub struct Story {
    /// Who has held each of the fought-over towns since when.
    pub holders: Vec<Vec<Change>>,
    next: u32,
}

const UNNAMED: [&str; 6] =
    ["activists", "local activists", "residents", "witnesses", "medical sources", "a rebel source"];
const FIRST: [&str; 8] = ["Samir", "Yazan", "Rami", "Huda", "Nour", "Adel", "Karim", "Lina"];
const LAST: [&str; 8] = ["Darwish", "Khalaf", "Haddad", "Shami", "Barakat", "Sulaiman", "Najjar", "Qasim"];

impl Story {
    /// The beginning: every town held by somebody.
    pub fn new(cast: &Cast, dice: &mut Dice) -> Story {
        let first = |dice: &mut Dice| (0, leader(cast, dice, None));
        Story { holders: (0..FRONTS).map(|_| vec![first(dice)]).collect(), next: 0 }
    }

    /// The happenings of the next day.
    pub fn day(&mut self, cast: &Cast, dice: &mut Dice, day: i32) -> Vec<Happening> {
        (0..A_DAY).map(|_| self.happening(cast, dice, day)).collect()
    }

    fn happening(&mut self, cast: &Cast, dice: &mut Dice, day: i32) -> Happening {
        let kinds = [
            (Kind::Airstrike, "airstrike"),
            (Kind::Airstrike, "barrel_bomb"),
            (Kind::Airstrike, "airstrike"),
            (Kind::Shelling, "mortar"),
            (Kind::Shelling, "artillery"),
            (Kind::Bombing, "car_bomb"),
            (Kind::Clash, ""),
            (Kind::Clash, ""),
            (Kind::Attack, ""),
            (Kind::Detention, ""),
            (Kind::Capture, ""),
        ];
        let (kind, means) = *dice.pick(&kinds);
        let mut front = dice.skewed(FRONTS);
        let (mut doer, mut target) = (leader(cast, dice, None), None);
        let place = match kind {
            Kind::Capture => {
                front =
                    (0..6).map(|_| dice.below(FRONTS)).find(|&n| old(&self.holders[n], day)).unwrap_or(front);
                let holder = self.holders[front].last().map(|(_, holder)| *holder);
                doer = leader(cast, dice, holder.map(|holder| holder.side.as_str()));
                target = holder;
                self.holders[front].push((day, doer));
                cast.towns[front]
            }
            _ if dice.chance(700) => cast.small[dice.skewed(cast.small.len())],
            _ => cast.towns[dice.skewed(cast.towns.len())],
        };
        if kind == Kind::Clash || (kind == Kind::Attack && dice.chance(500)) {
            target = Some(leader(cast, dice, Some(&doer.side)));
        }
        let toll = match kind {
            Kind::Capture | Kind::Detention => None,
            _ if dice.chance(750) => {
                let most = if dice.chance(60) { 150 } else { 30 };
                Some(1 + dice.skewed(most) as u64)
            }
            _ => None,
        };
        let id = self.next;
        self.next += 1;
        let marks = [dice.below(4000), dice.below(4000), dice.below(4000)];
        let mut made = Happening {
            id,
            day,
            kind,
            place,
            doer,
            target,
            injured: toll.filter(|_| dice.chance(400)).map(|killed| killed + dice.below(20) as u64),
            women: toll.filter(|killed| *killed > 3 && dice.chance(250)).map(|killed| 1 + killed / 5),
            children: toll.filter(|killed| *killed > 3 && dice.chance(350)).map(|killed| 1 + killed / 4),
            rises: if toll.is_some() && dice.chance(RISING) { 1 + dice.below(4) as u64 } else { 0 },
            means,
            marks,
            voices: Vec::new(),
            count_disputed: toll.is_some_and(|killed| killed > 4) && dice.chance(COUNT_DISPUTED),
            blamed: matches!(kind, Kind::Airstrike | Kind::Shelling | Kind::Bombing) && dice.chance(BLAMED),
            denied: dice.chance(DENIED),
        };
        made.voices = voices(cast, dice, &made, toll);
        made
    }
}

/// Whether a town has been in one hand for a while.
fn old(changes: &[Change], day: i32) -> bool {
    changes.last().is_none_or(|(since, _)| since + 40 < day || *since == 0)
}

fn leader(cast: &Cast, dice: &mut Dice, not: Option<&str>) -> &'static Actor {
    let sides: Vec<usize> = (0..SIDES.len()).filter(|&n| Some(SIDES[n]) != not).collect();
    let side = *dice.pick(&sides);
    let parties = &cast.parties[side];
    parties[dice.skewed(parties.len().min(12))]
}

fn side(actor: &Actor) -> usize {
    SIDES.iter().position(|side| *side == actor.side).unwrap_or(0)
}

fn voices(cast: &Cast, dice: &mut Dice, of: &Happening, toll: Option<u64>) -> Vec<Voice> {
    let plain = |who: Speaker| Voice { who, killed: toll, blames: None, denies: false };
    let mut voices = vec![plain(Speaker::Own)];
    voices.push(plain(Speaker::Named(cast.monitors[dice.skewed(cast.monitors.len())])));
    if dice.chance(500) {
        voices.push(plain(Speaker::Unnamed(UNNAMED[dice.below(UNNAMED.len())])));
    }
    if dice.chance(250) {
        voices.push(plain(Speaker::Witness(format!("{} {}", dice.pick(&FIRST), dice.pick(&LAST)))));
    }
    let mouth = |dice: &mut Dice, of: &Actor| *dice.pick(&cast.mouths[side(of)]);
    if matches!(of.kind, Kind::Capture | Kind::Clash | Kind::Attack) {
        voices.push(plain(Speaker::Named(mouth(dice, of.doer))));
    }
    if let Some(target) = of.target.filter(|_| of.kind == Kind::Capture && dice.chance(250)) {
        voices.push(plain(Speaker::Named(mouth(dice, target))));
    }
    if of.count_disputed {
        let other = Speaker::Named(cast.monitors[dice.below(cast.monitors.len())]);
        voices.push(Voice { killed: toll.map(|killed| killed * 2 + 3), ..plain(other) });
    }
    if of.blamed {
        let other = leader(cast, dice, Some(&of.doer.side));
        let who = Speaker::Named(mouth(dice, of.doer));
        voices.push(Voice { blames: Some(other), ..plain(who) });
    }
    if of.denied {
        let who = Speaker::Named(mouth(dice, of.target.unwrap_or(of.doer)));
        voices.push(Voice { denies: true, killed: None, ..plain(who) });
    }
    voices
}
