//! One happening told on one page, in the words of one voice.

use gainsay_model::{Date, Filler, Group, Kind, Measure, Scope, Status};

use super::cast::{Cast, mention};
use super::dice::Dice;
use super::page::{Page, Says, actor, bare, count, on, place, word};
use super::story::{Happening, Speaker, Voice};
use super::{Told, Truth, wording};

/// Of a thousand words passed on so many come through a wire, and so many from an outlet that told it before.
const BY_WIRE: usize = 200;
const BY_OUTLET: usize = 80;

/// By whose word a report tells something.
pub struct Path {
    /// As the claim names them, outermost first.
    pub sources: Vec<Filler>,
    /// The independent voice.
    pub root: String,
    /// As the sentence says.
    pub said: String,
}

/// Whom the outlet cites for a voice.
pub fn path(cast: &Cast, dice: &mut Dice, outlet: usize, voice: &Voice) -> Path {
    let own = &cast.outlets[outlet];
    let wire = (!matches!(voice.who, Speaker::Own) && dice.chance(BY_WIRE))
        .then(|| cast.wires[dice.skewed(cast.wires.len())]);
    let mut sources: Vec<Filler> =
        wire.iter().map(|wire| mention(dice, &wire.id, &wire.name, &wire.names)).collect();
    let last = wire.map_or(own.id.as_str(), |wire| wire.id.as_str());
    let (root, filler) = match &voice.who {
        Speaker::Own => (own.id.clone(), None),
        Speaker::Named(entry) => {
            (entry.id.clone(), Some(mention(dice, &entry.id, &entry.name, &entry.names)))
        }
        Speaker::Unnamed(words) => (format!("{}@{last}", gainsay_weigh::slug(words)), Some(bare(words))),
        Speaker::Witness(name) => (gainsay_weigh::slug(name), Some(bare(name))),
    };
    sources.extend(filler);
    let said = sources.last().map_or(String::new(), |source| format!(", {} said", source.mention));
    Path { sources, root, said }
}

/// Tells a happening; gives what later reports can cite it for.
pub fn tell(
    cast: &Cast,
    dice: &mut Dice,
    page: &mut Page,
    of: &Happening,
    told: &[Told],
    (outlet, day, today): (usize, Date, i32),
) -> Told {
    let again = (!told.is_empty() && dice.chance(BY_OUTLET)).then(|| dice.pick(told).clone());
    let number = again.as_ref().map_or_else(|| dice.below(of.voices.len()), |again| again.voice);
    let voice = &of.voices[number];
    let path = match &again {
        Some(again) if again.outlet != outlet => {
            let other = &cast.outlets[again.outlet];
            let filler = match other.entry {
                Some(entry) => mention(dice, &entry.id, &entry.name, &entry.names),
                None => bare(&other.name),
            };
            Path {
                said: format!(", {} reported", filler.mention),
                sources: vec![filler],
                root: again.root.clone(),
            }
        }
        _ => path(cast, dice, outlet, voice),
    };
    let truth = Truth { happening: Some(of.id), roots: vec![path.root.clone()] };
    let doer = voice.blames.unwrap_or(of.doer);
    let (who, town) = (actor(dice, doer), place(dice, of.place));
    let whom = of.target.map(|target| actor(dice, target));
    let marks: Vec<String> = of.marks[..dice.between(1, 3)].iter().map(|&n| word(n)).collect();
    let against = whom.as_ref().map_or("their enemies".to_string(), |whom| whom.mention.clone());
    let late = u64::try_from(today - of.day).unwrap_or(0).min(3);
    let killed = voice.killed.map(|killed| killed + of.rises * late);
    let names = wording::Names { doer: &who.mention, town: &town.mention, against: &against };
    let span =
        page.write(&wording::sentence(dice, of.kind, &names, &marks, killed, voice.denies, &path.said));
    let time = dice.chance(600).then(|| on(day));
    let named = !dice.chance(150);
    let says = Says {
        status: voice.denies.then_some(Status::Denied),
        actor: if named { vec![who.clone()] } else { Vec::new() },
        target: whom.clone().into_iter().collect(),
        place: vec![town.clone()],
        time,
        count: (of.kind == Kind::Detention)
            .then(|| count(Measure::Detained, 3 + u64::from(of.id % 40), false, None, Scope::Incident)),
        source: path.sources.clone(),
        means: of.means,
        ..Says::default()
    };
    page.claim(of.kind, span, says, &truth);
    if let Some(killed) = killed {
        let there =
            |dice: &mut Dice, per_mille| if dice.chance(per_mille) { vec![town.clone()] } else { Vec::new() };
        let told =
            |what: Measure, n: u64, place: Vec<Filler>, group: Option<Group>, part_of: Option<usize>| Says {
                target: vec![bare(match group {
                    Some(Group::Children) => "children",
                    Some(Group::Women) => "women",
                    _ => "people",
                })],
                place,
                time,
                count: Some(count(what, n, false, group, Scope::Incident)),
                source: path.sources.clone(),
                part_of,
                ..Says::default()
            };
        // The sentence that names the place gives it to its toll; sentences after it often do without.
        let mut says = told(Measure::Killed, killed, there(dice, 950), None, None);
        if let Some(count) = says.count.as_mut().filter(|_| dice.chance(150)) {
            count.high = None;
        }
        let total = page.claim(Kind::Casualties, span, says, &truth);
        if let Some(injured) = of.injured.filter(|_| dice.chance(600)) {
            let span = page.write(&wording::wounded(dice, injured, &path.said));
            let says = told(Measure::Injured, injured, there(dice, 600), None, None);
            page.claim(Kind::Casualties, span, says, &truth);
        }
        if let Some(women) = of.women.filter(|women| *women <= killed && dice.chance(400)) {
            let span = page.write(&wording::women(dice, women, &path.said));
            let says = told(Measure::Killed, women, there(dice, 600), Some(Group::Women), Some(total));
            page.claim(Kind::Casualties, span, says, &truth);
        }
        if let Some(children) = of.children.filter(|children| *children <= killed && dice.chance(500)) {
            let span = page.write(&wording::children(dice, children, &path.said));
            let says = told(Measure::Killed, children, there(dice, 600), Some(Group::Children), Some(total));
            page.claim(Kind::Casualties, span, says, &truth);
        }
    }
    Told { outlet, voice: number, root: path.root }
}
