//! Tolls side by side: what each source says, and what each policy makes of it.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{BySource, Measure, Tally, TallyScope};

use super::doc::{Block, Fit, Line, Row, Run, Section, Table, aside, soft, strong, text};
use super::phrase;
use super::view::View;

/// A table: one scope and measure, groups as columns.
struct Sheet<'a> {
    scope: &'a TallyScope,
    measure: Measure,
    tallies: Vec<&'a Tally>,
}

/// Groups in the order of columns; others follow by name, `all` stands last.
const GROUPS: &[&str] = &[
    "government-side",
    "islamic-state-side",
    "opposition-side",
    "kurdish-side",
    "jihadist-side",
    "combatants",
    "civilians",
];

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let mut sheets: Vec<Sheet> = Vec::new();
    for tally in view.input.tallies {
        match sheets.iter_mut().find(|sheet| *sheet.scope == tally.scope && sheet.measure == tally.measure) {
            Some(sheet) => sheet.tallies.push(tally),
            None => sheets.push(Sheet { scope: &tally.scope, measure: tally.measure, tallies: vec![tally] }),
        }
    }
    let when = |sheet: &Sheet| sheet.scope.event.as_deref().and_then(|id| view.event_order(id));
    sheets.sort_by_key(|sheet| (when(sheet), sheet.measure, sheet.scope.place.clone()));
    let (many, single): (Vec<Sheet>, Vec<Sheet>) = sheets.into_iter().partition(|sheet| voices(sheet) > 1);
    let mut blocks: Vec<Block> = many.iter().map(|sheet| Block::Table(table(view, sheet))).collect();
    if !single.is_empty() {
        blocks.push(Block::Table(singles(view, &single)));
    }
    if blocks.is_empty() {
        blocks.push(aside("No count is reported."));
    } else {
        let words = "Each row is what one source says, each column whom it counts. Counts of a part and of a whole \
                     are never added up, and nobody’s figure moves because others repeat it. A ≠ marks figures that \
                     cannot both be right.";
        blocks.insert(0, aside(words));
    }
    Section { id: "tolls", title: "Tolls, side by side", short: "tolls", blocks }
}

fn voices(sheet: &Sheet) -> usize {
    let roots =
        sheet.tallies.iter().flat_map(|tally| &tally.by_source).map(|figure| (&figure.source, &figure.root));
    roots.collect::<BTreeSet<_>>().len()
}

/// What a table is about.
fn about(view: &View, sheet: &Sheet) -> Line {
    let mut line = vec![strong(phrase::capital(phrase::measure(sheet.measure)))];
    if let Some(event) = sheet.scope.event.as_deref().and_then(|id| view.event(id)) {
        line.push(text(": "));
        line.push(Run::Goto(view.event_anchor(&event.id).unwrap_or_default(), view.event_name(event)));
        if let Some(days) = phrase::span(event.time.start, event.time.end) {
            line.push(text(format!(", {days}")));
        }
        return line;
    }
    if let Some(place) = &sheet.scope.place {
        line.push(text(format!(", {}", view.names.who(place))));
    }
    if let Some(days) = phrase::span(sheet.scope.from, sheet.scope.to) {
        line.push(text(format!(", {days}")));
    }
    line
}

fn groups<'a>(sheet: &Sheet<'a>) -> Vec<&'a str> {
    let mut groups: Vec<&str> = sheet.tallies.iter().map(|tally| tally.group.as_str()).collect();
    let rank = |group: &str| match GROUPS.iter().position(|known| *known == group) {
        Some(at) => at,
        None if matches!(group, "all" | "") => GROUPS.len() + 1,
        None => GROUPS.len(),
    };
    groups.sort_by_key(|group| (rank(group), *group));
    groups.dedup();
    groups
}

fn table(view: &View, sheet: &Sheet) -> Table {
    let groups = groups(sheet);
    let mut figures: BTreeMap<(&str, &str), BTreeMap<&str, Vec<&BySource>>> = BTreeMap::new();
    for tally in &sheet.tallies {
        for figure in &tally.by_source {
            let row = figures.entry((&figure.source, &figure.root)).or_default();
            let cell = row.entry(&tally.group).or_default();
            // Two policies list the same figure twice.
            if !cell.contains(&figure) {
                cell.push(figure);
            }
        }
    }
    let mut order: Vec<_> = figures.into_iter().collect();
    order.sort_by_key(|((source, _), row)| (std::cmp::Reverse(row.len()), view.names.who(source)));
    let mut rows: Vec<Row> = Vec::new();
    for ((source, root), row) in order {
        let mut cells = vec![who(view, source, root, &row)];
        for group in &groups {
            let said = row.get(group).map_or(&[][..], Vec::as_slice);
            cells.push(cell(view, sheet, group, said));
        }
        rows.push(Row { cells, ..Row::default() });
    }
    let policies: BTreeSet<&str> = sheet.tallies.iter().map(|tally| tally.policy.as_str()).collect();
    for policy in policies {
        let chosen = |group: &&str| {
            let tally = sheet.tallies.iter().find(|tally| tally.policy == policy && tally.group == **group);
            tally.map_or(Vec::new(), |tally| choice(tally))
        };
        let cells: Vec<Line> = groups.iter().map(chosen).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let mut row = vec![vec![strong(format!("By {policy}"))]];
            row.extend(cells);
            rows.push(Row { cells: row, foot: true, ..Row::default() });
        }
    }
    let mut head = vec!["Source".to_string()];
    head.extend(groups.iter().map(|group| phrase::capital(&view.group(group))));
    let fits = (0..head.len()).map(|at| if at > 0 { Fit::Figure } else { Fit::Words }).collect();
    Table { caption: about(view, sheet), head, rows, fits }
}

/// A source: its name with its side's mark, the voice behind it, whose word it is.
fn who(view: &View, source: &str, root: &str, row: &BTreeMap<&str, Vec<&BySource>>) -> Line {
    let side = row.values().flatten().map(|figure| figure.side.as_str()).find(|side| !side.is_empty());
    let side = side.map_or_else(|| view.names.side(root), str::to_string);
    let mut line = vec![Run::Side(side.clone(), view.names.who(source))];
    if root != source {
        line.push(soft(format!(" ← {}", view.names.who(root))));
    }
    if !side.is_empty() && side != "neutral" {
        line.push(soft(format!(" · {}", super::sides::of(&side).label)));
    }
    line
}

fn cell(view: &View, sheet: &Sheet, group: &str, said: &[&BySource]) -> Line {
    let mut line = Vec::new();
    for figure in said {
        if !line.is_empty() {
            line.push(text("; "));
        }
        let range = phrase::range(figure.low, figure.high).unwrap_or_else(|| "some".into());
        line.push(text(range));
        for (dispute, anchor) in &view.disputes {
            let about = &dispute.about;
            let here = about.event == sheet.scope.event
                || (sheet.scope.event.is_none() && about.place == sheet.scope.place);
            let group = about.group.as_deref().unwrap_or("all") == group;
            let who = dispute.sides.iter().any(|side| {
                side.sources.contains(&figure.source)
                    && (side.claims.is_empty()
                        || side.claims.iter().any(|claim| figure.claims.contains(claim)))
            });
            if !dispute.revision && here && group && who && about.measure == Some(sheet.measure) {
                line.extend([text(" "), Run::Goto(anchor.clone(), "≠".into())]);
            }
        }
        line.extend([text(" "), view.cite(&figure.claims)]);
    }
    if line.is_empty() {
        line.push(soft("–"));
    }
    line
}

/// "22–167, best 50".
fn choice(tally: &Tally) -> Line {
    if tally.low.is_none() && tally.best.is_none() && tally.high.is_none() {
        return Vec::new();
    }
    let mut line = Vec::new();
    if let Some(range) = phrase::range(tally.low, tally.high) {
        line.push(text(range));
    }
    if let Some(best) = tally.best {
        line.push(text(if line.is_empty() { "" } else { ", " }));
        line.extend([soft("best "), strong(phrase::number(best))]);
    }
    line
}

/// Counts that one voice alone gives: a row each.
fn singles(view: &View, sheets: &[Sheet]) -> Table {
    let mut rows = Vec::new();
    for sheet in sheets {
        for group in groups(sheet) {
            let mut said: Vec<&BySource> = Vec::new();
            for figure in
                sheet.tallies.iter().filter(|tally| tally.group == group).flat_map(|tally| &tally.by_source)
            {
                if !said.contains(&figure) {
                    said.push(figure);
                }
            }
            for figure in said {
                let mut what = about(view, sheet);
                if !matches!(group, "all" | "") {
                    what.push(soft(format!(" · {}", view.group(group))));
                }
                let row = BTreeMap::from([(group, vec![figure])]);
                let range = phrase::range(figure.low, figure.high).unwrap_or_else(|| "some".into());
                let cells = vec![
                    what,
                    vec![strong(range), text(" "), view.cite(&figure.claims)],
                    who(view, &figure.source, &figure.root, &row),
                ];
                rows.push(Row { cells, ..Row::default() });
            }
        }
    }
    Table {
        caption: vec![strong("Counts that one voice alone gives")],
        head: vec!["What".into(), "How many".into(), "Source".into()],
        rows,
        fits: vec![Fit::Words; 3],
    }
}
