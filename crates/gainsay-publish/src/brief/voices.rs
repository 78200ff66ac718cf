//! Who says what about whom: every source with its side, whom it cites, and whom it names as the doer of harm.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::fold;
use gainsay_model::{Claim, ClaimId, Kind, SourceView, Status};

use super::doc::{
    Block, Fit, Item, Line, Row, Run, Section, Table, Tone, aside, chip, join, soft, strong, text,
};
use super::phrase;
use super::view::View;

/// Sources shown unfolded.
const OPEN: usize = 12;
/// Rows and columns of the matrix.
const ROWS: usize = 12;
const COLUMNS: usize = 5;

/// One source and what it says.
#[derive(Default)]
struct Voice<'a> {
    name: String,
    side: String,
    view: Option<&'a SourceView>,
    claims: Vec<ClaimId>,
    accuses: BTreeMap<String, Accused>,
    denies: Vec<ClaimId>,
}

/// Whom it accuses, of what, in which claims.
#[derive(Default)]
struct Accused {
    side: String,
    kinds: BTreeMap<Kind, usize>,
    claims: Vec<ClaimId>,
}

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let mut voices: Vec<Voice> = gather(view).into_values().collect();
    voices.sort_by_key(|voice| (std::cmp::Reverse(voice.claims.len()), voice.name.clone()));
    let mut blocks = Vec::new();
    if let Some(table) = matrix(&voices) {
        let words = "A line is whoever stands last in the chain of a claim: the one who says it, not the one who \
                     passes it on.";
        blocks.push(aside(words));
        blocks.push(Block::Table(table));
    }
    let items: Vec<Item> = voices.iter().map(|voice| item(view, voice)).collect();
    if items.is_empty() {
        blocks.push(aside("Nobody is quoted."));
    } else {
        blocks.push(Block::Sub("sources".into(), "Source by source".into()));
        let mut items = items.into_iter();
        blocks.push(Block::List("cards", items.by_ref().take(OPEN).collect()));
        let rest: Vec<Item> = items.collect();
        if !rest.is_empty() {
            let title = phrase::count(rest.len(), "further source", "further sources");
            blocks.push(Block::Fold(title, false, vec![Block::List("cards", rest)]));
        }
    }
    Section { id: "voices", title: "Who says what about whom", short: "who says what", blocks }
}

/// Whether a claim of this kind, with a doer, says that somebody did harm.
fn is_harm(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Airstrike
            | Kind::Shelling
            | Kind::Bombing
            | Kind::Attack
            | Kind::Casualties
            | Kind::Detention
            | Kind::Siege
            | Kind::Obstruction
            | Kind::Destruction
    )
}

fn gather<'a>(view: &View<'a>) -> BTreeMap<String, Voice<'a>> {
    let known: BTreeMap<String, &SourceView> =
        view.input.sources.iter().map(|source| (view.names.who(&source.id), source)).collect();
    let by_id: BTreeMap<&str, &SourceView> =
        view.input.sources.iter().map(|source| (source.id.as_str(), source)).collect();
    let mut voices: BTreeMap<String, Voice> = BTreeMap::new();
    for claim in &view.claims {
        let (name, id) = match claim.source.last() {
            Some(source) => (view.names.filler(source, &claim.document), source.id()),
            None => (view.outlet(claim), None),
        };
        let voice = voices.entry(fold::key(&name)).or_default();
        if voice.name.is_empty() {
            voice.view = id.and_then(|id| by_id.get(id).copied()).or_else(|| known.get(&name).copied());
            voice.side = id.map(|id| view.names.side(id)).unwrap_or_default();
            if let Some(source) = voice.view.filter(|_| voice.side.is_empty()) {
                voice.side = source.side.clone();
            }
            voice.name = name;
        }
        voice.claims.push(claim.id.clone());
        if claim.status == Status::Denied {
            voice.denies.push(claim.id.clone());
        }
        if claim.status != Status::Asserted || !is_harm(claim.kind) {
            continue;
        }
        let doers: BTreeSet<(String, String)> =
            claim.actor.iter().map(|actor| doer(view, claim, actor)).collect();
        for (name, side) in doers {
            let accused = voice.accuses.entry(name).or_default();
            accused.side = side;
            *accused.kinds.entry(claim.kind).or_default() += 1;
            accused.claims.push(claim.id.clone());
        }
    }
    voices
}

fn doer(view: &View, claim: &Claim, actor: &gainsay_model::Filler) -> (String, String) {
    let side = actor.id().map(|id| view.names.side(id)).unwrap_or_default();
    (view.names.filler(actor, &claim.document), side)
}

/// How often each voice names whom; `None` where there is nothing to compare.
fn matrix(voices: &[Voice]) -> Option<Table> {
    let mut totals: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (name, accused) in voices.iter().flat_map(|voice| &voice.accuses) {
        let total = totals.entry(name).or_insert((0, &accused.side));
        total.0 += accused.claims.len();
    }
    let mut columns: Vec<(&str, usize)> = totals.iter().map(|(name, (count, _))| (*name, *count)).collect();
    columns.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    columns.truncate(COLUMNS);
    let names: Vec<&str> = columns.into_iter().map(|(name, _)| name).collect();
    let accusers = voices.iter().filter(|voice| names.iter().any(|name| voice.accuses.contains_key(*name)));
    let accusers: Vec<&Voice> = accusers.take(ROWS).collect();
    if accusers.len() < 2 || names.is_empty() {
        return None;
    }
    let row = |voice: &&Voice| {
        let mut cells = vec![vec![Run::Side(voice.side.clone(), voice.name.clone())]];
        cells.extend(names.iter().map(|name| match voice.accuses.get(*name) {
            Some(accused) => vec![text(phrase::number(accused.claims.len() as u64))],
            None => vec![soft("–")],
        }));
        Row { id: None, cells, foot: false }
    };
    let mut head = vec!["Says".to_string()];
    head.extend(names.iter().map(|name| (*name).to_string()));
    Some(Table {
        caption: vec![strong("Whom each voice names as the doer of harm"), soft(" · number of claims")],
        fits: (0..head.len()).map(|at| if at > 0 { Fit::Figure } else { Fit::Words }).collect(),
        head,
        rows: accusers.iter().map(row).collect(),
    })
}

fn item(view: &View, voice: &Voice) -> Item {
    let mut lead: Line = vec![Run::Side(voice.side.clone(), String::new()), strong(voice.name.clone())];
    let mut words: Vec<String> = Vec::new();
    if let Some(source) = voice.view {
        if !source.kind.is_empty() {
            words.push(view.names.text(&source.kind, None));
        }
        if let Some(owner) = &source.belongs_to {
            words.push(format!("belongs to {}", view.names.who(owner)));
        }
    }
    if !voice.side.is_empty() {
        words.push(super::sides::of(&voice.side).label.to_string());
    }
    words.push(phrase::count(voice.claims.len(), "claim", "claims"));
    lead.push(soft(format!("  {}", words.join(" · "))));
    let mut lines = vec![lead];
    if let Some(source) = voice.view {
        lines.extend(links(view, source));
    }
    for (name, accused) in &voice.accuses {
        let kinds: Vec<String> = accused
            .kinds
            .iter()
            .map(|(kind, count)| format!("{}{}", phrase::kind(*kind).to_lowercase(), times(*count)))
            .collect();
        let mut line = vec![soft("names "), Run::Side(accused.side.clone(), name.clone())];
        line.extend([text(format!(": {} ", kinds.join(", "))), view.cite(&accused.claims)]);
        lines.push(line);
    }
    if !voice.denies.is_empty() {
        let count = phrase::count(voice.denies.len(), "thing", "things");
        lines.push(vec![soft("denies "), text(format!("{count} ")), view.cite(&voice.denies)]);
    }
    let told: BTreeSet<&ClaimId> =
        voice.accuses.values().flat_map(|accused| &accused.claims).chain(&voice.denies).collect();
    let rest: Vec<ClaimId> = voice.claims.iter().filter(|claim| !told.contains(claim)).cloned().collect();
    if !rest.is_empty() {
        let words = if told.is_empty() { "says " } else { "says also " };
        lines.push(vec![soft(words), view.cite(&rest)]);
    }
    Item { id: None, lines }
}

fn times(count: usize) -> String {
    if count > 1 { format!(" ×{count}") } else { String::new() }
}

/// Whom a source cites and reposts, its loops and copies.
fn links(view: &View, source: &SourceView) -> Vec<Line> {
    let mut lines = Vec::new();
    if !source.cites.is_empty() {
        lines.push(vec![soft("cites "), text(view.whos(&source.cites))]);
    }
    if !source.reposts.is_empty() {
        lines.push(vec![soft("republishes "), text(view.whos(&source.reposts))]);
    }
    for circle in &source.circular {
        let mut path: Vec<Line> = circle.iter().map(|id| vec![text(view.names.who(id))]).collect();
        path.extend(path.first().cloned());
        let mut line = vec![chip(Tone::Disputed, "circular"), text(" ")];
        line.extend(join(path, " → ", " → "));
        line.push(soft(" : what comes back to where it began is one voice"));
        lines.push(line);
    }
    for copies in &source.copies {
        let title = |id: &String| match view.report(id) {
            Some(report) => view.report_name(report),
            None => "a report outside this brief".to_string(),
        };
        let titles: Vec<String> = copies.iter().map(title).collect();
        lines.push(vec![chip(Tone::Weak, "copies"), text(format!(" one text: {}", titles.join("; ")))]);
    }
    lines
}
