//! How many were killed in the main event, by group.

use gainsay_model::{Claim, Count, Group, Scope};

use super::{Killed, killed_count};

/// The numbers of the main event: totals split by the parts that are told of them.
pub(super) fn killed(main: &Claim, story: &[&Claim]) -> Killed {
    let mut killed = Killed::default();
    // "Dozens died" is told before the toll, and parts before their total: the total in figures counts.
    let whole = |part: &Claim| story.iter().copied().find(|claim| part.part_of.as_deref() == Some(&claim.id));
    let figure = || {
        story.iter().copied().find(|claim| claim.part_of.is_none() && killed_count(claim).is_some_and(exact))
    };
    let main = whole(main).unwrap_or(main);
    let main = if killed_count(main).is_some_and(exact) { main } else { figure().unwrap_or(main) };
    let Some(count) = killed_count(main) else { return killed };
    let total = count.low.or(count.high).unwrap_or(0);
    // What the report tells of the same dead: parts of the total, and groups not greater than it.
    let of_main = |claim: &&&Claim| {
        claim.id != main.id && killed_count(claim).is_some_and(|count| count.scope != Some(Scope::Cumulative))
    };
    let group = |wanted: Group| {
        let parts = story.iter().filter(of_main).filter(|claim| claim.part_of.as_deref() == Some(&main.id));
        let others = story.iter().filter(of_main);
        let number = |claim: &&Claim| {
            killed_count(claim)
                .filter(|count| count.group == Some(wanted))
                .and_then(|count| count.low.or(count.high))
        };
        parts.chain(others).find_map(number)
    };
    killed.children = group(Group::Children).unwrap_or(0);
    killed.women = group(Group::Women).unwrap_or(0);
    match count.group {
        Some(Group::Combatants) => {
            killed.combatants = total;
            killed.civilians = group(Group::Civilians).unwrap_or(0);
        }
        Some(Group::Civilians) => {
            killed.civilians = total;
            killed.combatants = group(Group::Combatants).unwrap_or(0);
        }
        Some(Group::Children) => {
            killed.children = total;
            killed.civilians = total;
        }
        Some(Group::Women) => {
            killed.women = total;
            killed.civilians = total;
        }
        _ => {
            let fighters = group(Group::Combatants).filter(|&n| n <= total);
            let civilians = group(Group::Civilians).filter(|&n| n <= total);
            (killed.civilians, killed.combatants) = match (civilians, fighters) {
                (Some(civilians), Some(fighters)) => (civilians, fighters),
                (Some(civilians), None) => (civilians, 0),
                (None, Some(fighters)) => (total - fighters, fighters),
                (None, None) => (total, 0),
            };
        }
    }
    killed
}

/// Whether a count was told in figures, not as "dozens".
fn exact(count: &Count) -> bool {
    !matches!((count.low, count.high), (Some(low), Some(high)) if high >= low * 2)
}
