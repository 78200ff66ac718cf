//! Drafts to claims: offsets in code points, ids, and what each value was read from.

use std::collections::BTreeMap;

use gainsay_model::{Claim, CodePoints, Evidence, Filler, Ground, Slot, Span};

use super::View;
use super::draft::{Draft, Fill};

/// Who reads: name and version, kept with every claim.
pub const READER: &str = concat!("gainsay ", env!("CARGO_PKG_VERSION"));

pub(super) fn finish(view: &View, drafts: Vec<Draft>) -> Vec<Claim> {
    let index = CodePoints::of(view.tree.text);
    let mut claims: Vec<Claim> = drafts.iter().map(|draft| claim(view, &index, draft)).collect();
    name(&mut claims);
    // A part is linked to the claim that the whole gave, of the same source.
    let whole: BTreeMap<usize, usize> =
        drafts.iter().enumerate().filter_map(|(n, draft)| Some((draft.amount?, n))).collect();
    for (n, draft) in drafts.iter().enumerate() {
        let total = draft.amount.and_then(|id| view.layers.amounts[id].part_of).and_then(|id| whole.get(&id));
        claims[n].part_of = total.filter(|&&total| total != n).map(|&total| claims[total].id.clone());
    }
    claims
}

fn claim(view: &View, index: &CodePoints, draft: &Draft) -> Claim {
    let text = view.tree.text;
    let at = |span: Span| (index.at(text, span.start), index.at(text, span.end));
    let evidence = draft.evidence.iter().map(|&span| {
        let (start, end) = at(span);
        Evidence { start, end, exact: span.of(text).to_string() }
    });
    let mut grounds: Vec<Ground> = Vec::new();
    let mut ground = |slot: Slot, span: Span, rule: &str| {
        let (start, end) = at(span);
        let ground = Ground { slot, start, end, rule: rule.to_string() };
        if !grounds.contains(&ground) {
            grounds.push(ground);
        }
    };
    let frame = format!("frame.{}.{}", draft.frame.kind, draft.frame.words.join("-"));
    ground(Slot::Kind, view.tree.tokens[draft.trigger].span, &frame);
    for (slot, fills) in [
        (Slot::Actor, &draft.actor),
        (Slot::Target, &draft.target),
        (Slot::Place, &draft.place),
        (Slot::Source, &draft.source),
    ] {
        for fill in fills {
            ground(slot, fill.span, fill.rule);
        }
    }
    for (slot, span, rule) in &draft.grounds {
        ground(*slot, *span, rule);
    }
    grounds.sort();
    Claim {
        id: String::new(),
        document: view.layers.report.id.clone(),
        kind: draft.kind,
        evidence: evidence.collect(),
        status: draft.status,
        actor: fillers(&draft.actor),
        target: fillers(&draft.target),
        place: fillers(&draft.place),
        time: draft.time,
        count: draft.count.clone(),
        source: fillers(&draft.source),
        degree: draft.degree,
        unverified: draft.unverified,
        means: draft.means.clone(),
        cut: draft.cut.clone(),
        part_of: None,
        reader: READER.to_string(),
        grounds,
    }
}

fn fillers(fills: &[Fill]) -> Vec<Filler> {
    fills.iter().map(|fill| Filler { mention: fill.mention.clone(), entity: fill.entity.clone() }).collect()
}

/// Gives each claim its id: the report's, a dash, and a number in the order of the text.
fn name(claims: &mut [Claim]) {
    for (n, claim) in claims.iter_mut().enumerate() {
        claim.id = format!("{}-{:02}", claim.document, n + 1);
    }
}
