//! Numbers for the evidence: which claims are cited, where, and the number of each.

use std::collections::BTreeMap;

use super::doc::{Block, Item, Line, Row, Run, Section};

/// Which claims are used, and where.
#[derive(Default)]
pub(crate) struct Uses {
    /// Places of the cited claims in the order of claims: the first of these is number 1.
    pub order: Vec<usize>,
    /// By claim: the anchors it is cited at, and the section they are in.
    pub back: BTreeMap<usize, BTreeMap<String, &'static str>>,
}

/// Gives every row and item that cites evidence an anchor, and every citation its number.
pub(crate) fn number(sections: &mut [Section]) -> Uses {
    let mut uses = Uses::default();
    for section in &mut *sections {
        let mut walk = Walk { section: section.id, short: section.short, next: 1, back: &mut uses.back };
        walk.blocks(&mut section.blocks);
    }
    uses.order = uses.back.keys().copied().collect();
    let numbers: BTreeMap<usize, usize> =
        uses.order.iter().enumerate().map(|(at, claim)| (*claim, at + 1)).collect();
    for section in sections {
        each_line(&mut section.blocks, &mut |line| {
            for run in line {
                if let Run::Cite(claims) = run {
                    for claim in claims {
                        *claim = numbers.get(claim).copied().unwrap_or_default();
                    }
                }
            }
        });
    }
    uses
}

struct Walk<'u> {
    section: &'static str,
    short: &'static str,
    next: usize,
    back: &'u mut BTreeMap<usize, BTreeMap<String, &'static str>>,
}

impl Walk<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::List(_, items) => self.items(items),
                Block::Days(days) => days.iter_mut().for_each(|(_, items)| self.items(items)),
                Block::Table(table) => table.rows.iter_mut().for_each(|row| self.row(row)),
                Block::Lanes(_, _, lanes) => {
                    for lane in lanes {
                        self.items(std::slice::from_mut(&mut lane.item));
                    }
                }
                Block::Fold(_, _, blocks) => self.blocks(blocks),
                Block::Para(line, _) => {
                    let anchor = self.section.to_string();
                    self.note(&anchor, line);
                }
                Block::Sub(..) | Block::Overview(_) | Block::Picture(..) | Block::Proofs(..) => {}
            }
        }
    }

    fn items(&mut self, items: &mut [Item]) {
        for item in items {
            let anchor = self.anchor(&mut item.id, item.lines.iter().any(cites));
            item.lines.iter().for_each(|line| self.note(&anchor, line));
        }
    }

    fn row(&mut self, row: &mut Row) {
        let anchor = self.anchor(&mut row.id, row.cells.iter().any(cites));
        row.cells.iter().for_each(|cell| self.note(&anchor, cell));
    }

    fn anchor(&mut self, id: &mut Option<String>, needed: bool) -> String {
        if id.is_none() && needed {
            *id = Some(format!("{}-{}", self.section, self.next));
            self.next += 1;
        }
        id.clone().unwrap_or_default()
    }

    fn note(&mut self, anchor: &str, line: &Line) {
        for run in line {
            if let Run::Cite(claims) = run {
                for claim in claims {
                    self.back.entry(*claim).or_default().insert(anchor.to_string(), self.short);
                }
            }
        }
    }
}

fn cites(line: &Line) -> bool {
    line.iter().any(|run| matches!(run, Run::Cite(claims) if !claims.is_empty()))
}

/// Every line of the blocks that may hold citations.
fn each_line(blocks: &mut [Block], with: &mut dyn FnMut(&mut Line)) {
    for block in blocks {
        match block {
            Block::Para(line, _) => with(line),
            Block::List(_, items) => items.iter_mut().flat_map(|item| &mut item.lines).for_each(&mut *with),
            Block::Days(days) => {
                let items = days.iter_mut().flat_map(|(_, items)| items);
                items.flat_map(|item| &mut item.lines).for_each(&mut *with);
            }
            Block::Table(table) => table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(&mut *with),
            Block::Lanes(_, _, lanes) => {
                lanes.iter_mut().flat_map(|lane| &mut lane.item.lines).for_each(&mut *with)
            }
            Block::Fold(_, _, blocks) => each_line(blocks, with),
            Block::Sub(..) | Block::Overview(_) | Block::Picture(..) | Block::Proofs(..) => {}
        }
    }
}
