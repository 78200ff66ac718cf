//! What reports tell beside the news of the day: who holds what, sieges, flight, need, aid, who stands with whom.

use gainsay_model::{Cut, Kind, Measure, Scope};

use super::Truth;
use super::cast::Cast;
use super::dice::Dice;
use super::page::{Page, Says, actor, bare, count, place, word};
use super::story::{FRONTS, Speaker, Story, Voice};
use super::tell::path;

/// So many towns have been under siege all along.
const SIEGES: usize = 12;

/// Writes one such sentence.
pub fn tell(cast: &Cast, story: &Story, dice: &mut Dice, page: &mut Page, outlet: usize) {
    let who = match dice.below(3) {
        0 => Speaker::Named(cast.monitors[dice.skewed(cast.monitors.len())]),
        _ => Speaker::Own,
    };
    let path = path(cast, dice, outlet, &Voice { who, killed: None, blames: None, denies: false });
    let truth = Truth { happening: None, roots: vec![path.root.clone()] };
    let tail = format!("{} {}", word(dice.below(4000)), word(dice.below(4000)));
    let mut says = Says { source: path.sources.clone(), ..Says::default() };
    let n = 100 * (1 + dice.skewed(300)) as u64;
    let town = cast.towns[dice.skewed(cast.towns.len().min(400))];
    let (kind, sentence) = match dice.below(10) {
        0..4 => {
            let front = dice.skewed(FRONTS);
            let Some((_, holder)) = story.holders[front].last() else { return };
            let (who, town) = (actor(dice, holder), place(dice, cast.towns[front]));
            let sentence = format!("the {tail} goes on in {}, which {} holds", town.mention, who.mention);
            (says.actor, says.place) = (vec![who], vec![town]);
            (Kind::Control, sentence)
        }
        4 => {
            let siege = dice.below(SIEGES);
            let parties = &cast.parties[siege % cast.parties.len()];
            let (who, town) = (actor(dice, parties[0]), place(dice, cast.small[siege]));
            let sentence =
                format!("{} {} people in {} under siege, the {tail}", who.mention, n, town.mention);
            (says.actor, says.place) = (vec![who], vec![town]);
            says.cut = vec![*dice.pick(&[Cut::Aid, Cut::Movement, Cut::Water, Cut::Power])];
            says.count =
                dice.chance(500).then(|| count(Measure::Besieged, n, false, None, Scope::Cumulative));
            (Kind::Siege, sentence)
        }
        5 | 6 => {
            let town = place(dice, town);
            let sentence = format!("some {n} people fled {} by the {tail}", town.mention);
            (says.place, says.target) = (vec![town], vec![bare("people")]);
            says.count = Some(count(Measure::Displaced, n, false, None, Scope::Incident));
            (Kind::Displacement, sentence)
        }
        7 => {
            let town = place(dice, town);
            let sentence = format!("{n} people need help in {}, the {tail}", town.mention);
            says.place = vec![town];
            says.count = Some(count(Measure::InNeed, n, true, None, Scope::Cumulative));
            (Kind::Need, sentence)
        }
        8 => {
            let town = place(dice, town);
            let sentence = format!("trucks of the {tail} came to {}", town.mention);
            says.place = vec![town];
            (Kind::Aid, sentence)
        }
        _ => {
            let (a, b) = (dice.below(4), dice.below(4));
            let (a, b) = (cast.parties[a][dice.skewed(4)], cast.parties[b][dice.skewed(4)]);
            let (a, b) = (actor(dice, a), actor(dice, b));
            let kind = *dice.pick(&[Kind::Cooperation, Kind::Agreement]);
            let sentence = format!("{} and {} stand together by the {tail}", a.mention, b.mention);
            (says.actor, says.target) = (vec![a], vec![b]);
            (kind, sentence)
        }
    };
    let span = page.write(&format!("{sentence}{}", path.said));
    page.claim(kind, span, says, &truth);
}
