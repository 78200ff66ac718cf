//! A page to pieces of text, each with its place, as the page's program puts them there (ISO 32000-1, 9.4).

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId, Result};

/// A piece of text on a line.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub text: String,
    /// Where it begins and ends, and its base line, in points.
    pub x: f32,
    pub end: f32,
    pub y: f32,
    /// The height of its letters, in points.
    pub size: f32,
}

/// A page's pieces, in the order of its program.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub pieces: Vec<Piece>,
    /// How many pieces say nothing, because their font does not tell what its codes stand for.
    pub wordless: usize,
}

/// How deep forms may lie in forms.
const MAX_FORMS: usize = 5;

/// How often a page may call forms.
const MAX_CALLS: usize = 5_000;

/// Most pieces of a page: a full newspaper page has some ten thousand.
const MAX_PIECES: usize = 500_000;

/// Most graphics states that are kept open.
const MAX_SAVED: usize = 1_000;

/// Fonts that were met, by where they lie in the document.
#[derive(Default)]
pub(super) struct Fonts<'d>(BTreeMap<usize, Rc<Font<'d>>>);

/// A font: what its codes stand for, and how wide they are.
struct Font<'d> {
    encoding: Option<Encoding<'d>>,
    /// Whether codes are two bytes.
    wide: bool,
    widths: BTreeMap<u32, f32>,
    other: f32,
}

/// The pieces of a page. Adds to `content` what was unpacked for it.
///
/// # Errors
/// A stream that unpacks to more than `limit`.
pub(super) fn of<'d>(
    document: &'d Document,
    id: ObjectId,
    fonts: &mut Fonts<'d>,
    limit: usize,
    content: &mut usize,
) -> Result<Page> {
    let program = document.get_page_content_with_limit(id, limit)?;
    *content += program.len();
    let mut named: BTreeMap<Vec<u8>, Rc<Font>> = BTreeMap::new();
    for (name, font) in document.get_page_fonts(id).unwrap_or_default() {
        named.insert(name, fonts.of(document, font, limit)?);
    }
    let mut forms = Vec::new();
    if let Ok((direct, ids)) = document.get_page_resources(id) {
        let shared = ids.iter().filter_map(|id| document.get_dictionary(*id).ok());
        forms = direct.into_iter().chain(shared).filter_map(|one| part(document, one, b"XObject")).collect();
    }
    let mut run = Run {
        document,
        fonts,
        limit,
        content,
        page: Page::default(),
        turned: [0; 4],
        open: Vec::new(),
        calls: 0,
    };
    run.program(&program, &named, &forms, IDENTITY, 0)?;
    Ok(run.upright())
}

fn part<'d>(document: &'d Document, resources: &'d Dictionary, name: &[u8]) -> Option<&'d Dictionary> {
    resources.get_deref(name, document).ok()?.as_dict().ok()
}

impl<'d> Fonts<'d> {
    fn of(&mut self, document: &'d Document, font: &'d Dictionary, limit: usize) -> Result<Rc<Font<'d>>> {
        let place = std::ptr::from_ref(font) as usize;
        if let Some(found) = self.0.get(&place) {
            return Ok(Rc::clone(found));
        }
        let found = Rc::new(Font::of(document, font, limit)?);
        self.0.insert(place, Rc::clone(&found));
        Ok(found)
    }
}

impl<'d> Font<'d> {
    fn of(document: &'d Document, font: &'d Dictionary, limit: usize) -> Result<Font<'d>> {
        let wide = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let tells = font.has(b"ToUnicode")
            || !wide
            || font.get(b"Encoding").and_then(Object::as_name).is_ok_and(|name| name.starts_with(b"UniGB-"));
        let encoding = if tells { Some(font.get_font_encoding_with_limit(document, limit)?) } else { None };
        // A table that could not be understood is replaced by one of single bytes, which says nothing here.
        let encoding = encoding.filter(|encoding| !wide || !matches!(encoding, Encoding::OneByteEncoding(_)));
        let (mut widths, mut other) = (BTreeMap::new(), if wide { 1.0 } else { 0.5 });
        if wide {
            let below = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
            let below = below.ok().and_then(|all| all.first()).and_then(|one| document.dereference(one).ok());
            if let Some(below) = below.and_then(|(_, one)| one.as_dict().ok()) {
                other = number(below.get(b"DW").ok()).map_or(1.0, |width| width / 1000.0);
                if let Ok(list) = below.get_deref(b"W", document).and_then(Object::as_array) {
                    wide_widths(list, document, &mut widths);
                }
            }
        } else if let Ok(list) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
            let first = number(font.get(b"FirstChar").ok()).unwrap_or(0.0) as u32;
            for (at, width) in list.iter().take(256).enumerate() {
                if let Some(width) = number(document.dereference(width).ok().map(|(_, one)| one)) {
                    widths.insert(first.saturating_add(at as u32), width / 1000.0);
                }
            }
        }
        Ok(Font { encoding, wide, widths, other })
    }

    /// What a string says, and how wide it is: for letters of size 1, and as counts of codes and of blanks.
    fn shown(&self, bytes: &[u8]) -> (String, f32, usize, usize) {
        let text = self.encoding.as_ref().and_then(|encoding| Document::decode_text(encoding, bytes).ok());
        let width = |code: u32| self.widths.get(&code).copied().unwrap_or(self.other);
        let (width, codes) = if self.wide {
            let codes =
                bytes.chunks(2).map(|pair| pair.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)));
            (codes.map(width).sum(), bytes.len().div_ceil(2))
        } else {
            (bytes.iter().map(|byte| width(u32::from(*byte))).sum(), bytes.len())
        };
        let blanks = if self.wide { 0 } else { bytes.iter().filter(|byte| **byte == b' ').count() };
        (text.unwrap_or_default(), width, codes, blanks)
    }
}

/// `[1 [500 250] 10 20 500]`: single widths from a code on, or one for a range (9.7.4.3).
fn wide_widths(list: &[Object], document: &Document, widths: &mut BTreeMap<u32, f32>) {
    let mut at = 0;
    while let Some(first) = number(list.get(at)).map(|first| first as u32) {
        match list.get(at + 1).and_then(|one| document.dereference(one).ok()).map(|(_, one)| one) {
            Some(Object::Array(each)) => {
                for (place, width) in each.iter().enumerate().take(65_536) {
                    widths.insert(
                        first.saturating_add(place as u32),
                        number(Some(width)).unwrap_or(1000.0) / 1000.0,
                    );
                }
                at += 2;
            }
            Some(last) => {
                let last = number(Some(last)).unwrap_or(0.0) as u32;
                let width = number(list.get(at + 2)).unwrap_or(1000.0) / 1000.0;
                for code in first..=last.min(first.saturating_add(65_535)) {
                    widths.insert(code, width);
                }
                at += 3;
            }
            None => return,
        }
        if widths.len() > 200_000 {
            return;
        }
    }
}

fn number(object: Option<&Object>) -> Option<f32> {
    object?.as_float().ok().filter(|number| number.is_finite())
}

/// `[a b c d e f]` (8.3.4).
type Matrix = [f32; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `a`, then `b`.
fn then(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn matrix(operands: &[Object]) -> Option<Matrix> {
    let mut matrix = IDENTITY;
    for (place, operand) in matrix.iter_mut().zip(operands.get(..6)?) {
        *place = number(Some(operand))?;
    }
    Some(matrix)
}

/// What is saved and restored (8.4.2, 9.3).
#[derive(Clone)]
struct State<'d> {
    ctm: Matrix,
    font: Option<Rc<Font<'d>>>,
    size: f32,
    between_letters: f32,
    between_words: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

struct Run<'a, 'd> {
    document: &'d Document,
    fonts: &'a mut Fonts<'d>,
    limit: usize,
    content: &'a mut usize,
    page: Page,
    /// How many pieces run to the right, upwards, to the left, downwards.
    turned: [usize; 4],
    /// The forms that are being read: one that calls itself is not read again.
    open: Vec<*const lopdf::Stream>,
    calls: usize,
}

impl<'d> Run<'_, 'd> {
    fn program(
        &mut self,
        program: &[u8],
        fonts: &BTreeMap<Vec<u8>, Rc<Font<'d>>>,
        forms: &[&'d Dictionary],
        ctm: Matrix,
        depth: usize,
    ) -> Result<()> {
        let mut now = State {
            ctm,
            font: None,
            size: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut saved: Vec<State> = Vec::new();
        let (mut line, mut text) = (IDENTITY, IDENTITY);
        for operation in Content::decode_iter(program) {
            // What is broken at its end is read up to there.
            let Ok(Operation { operator, operands }) = operation else { break };
            let first = || number(operands.first()).unwrap_or(0.0);
            let string = |at: usize| operands.get(at).and_then(|one| one.as_str().ok()).unwrap_or_default();
            let next_line = |line: &mut Matrix, text: &mut Matrix, x: f32, y: f32| {
                *line = then([1.0, 0.0, 0.0, 1.0, x, y], *line);
                *text = *line;
            };
            match operator.as_str() {
                "q" if saved.len() < MAX_SAVED => saved.push(now.clone()),
                "Q" => {
                    if let Some(before) = saved.pop() {
                        now = before;
                    }
                }
                "cm" => now.ctm = matrix(&operands).map_or(now.ctm, |change| then(change, now.ctm)),
                "BT" => (line, text) = (IDENTITY, IDENTITY),
                "Tf" => {
                    now.font = operands
                        .first()
                        .and_then(|one| one.as_name().ok())
                        .and_then(|name| fonts.get(name))
                        .cloned();
                    now.size = number(operands.get(1)).unwrap_or(0.0);
                }
                "Tc" => now.between_letters = first(),
                "Tw" => now.between_words = first(),
                "Tz" => now.stretch = first() / 100.0,
                "TL" => now.leading = first(),
                "Ts" => now.rise = first(),
                "Td" => next_line(&mut line, &mut text, first(), number(operands.get(1)).unwrap_or(0.0)),
                "TD" => {
                    now.leading = -number(operands.get(1)).unwrap_or(0.0);
                    next_line(&mut line, &mut text, first(), -now.leading);
                }
                "Tm" => {
                    if let Some(set) = matrix(&operands) {
                        (line, text) = (set, set);
                    }
                }
                "T*" => next_line(&mut line, &mut text, 0.0, -now.leading),
                "Tj" => self.show(string(0), &now, &mut text),
                "'" => {
                    next_line(&mut line, &mut text, 0.0, -now.leading);
                    self.show(string(0), &now, &mut text);
                }
                "\"" => {
                    now.between_words = first();
                    now.between_letters = number(operands.get(1)).unwrap_or(0.0);
                    next_line(&mut line, &mut text, 0.0, -now.leading);
                    self.show(string(2), &now, &mut text);
                }
                "TJ" => {
                    for one in operands.first().and_then(|one| one.as_array().ok()).into_iter().flatten() {
                        if let Ok(string) = one.as_str() {
                            self.show(string, &now, &mut text);
                        } else if let Some(back) = number(Some(one)) {
                            text = then(
                                [1.0, 0.0, 0.0, 1.0, -back / 1000.0 * now.size * now.stretch, 0.0],
                                text,
                            );
                        }
                    }
                }
                "Do" if depth < MAX_FORMS => {
                    let name = operands.first().and_then(|one| one.as_name().ok()).unwrap_or_default();
                    let form = forms.iter().find_map(|forms| forms.get_deref(name, self.document).ok());
                    if let Some(Object::Stream(form)) = form {
                        self.form(form, fonts, forms, now.ctm, depth)?;
                    }
                }
                _ => {}
            }
            if self.page.pieces.len() >= MAX_PIECES || self.calls >= MAX_CALLS {
                break;
            }
        }
        Ok(())
    }

    /// A page's program that lies in a stream of its own (8.10).
    fn form(
        &mut self,
        form: &'d lopdf::Stream,
        above: &BTreeMap<Vec<u8>, Rc<Font<'d>>>,
        forms: &[&'d Dictionary],
        ctm: Matrix,
        depth: usize,
    ) -> Result<()> {
        if form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind != b"Form") {
            return Ok(());
        }
        self.calls += 1;
        if *self.content > super::MAX_CONTENT || self.open.contains(&std::ptr::from_ref(form)) {
            return Ok(());
        }
        let Ok(program) = form.get_plain_content_with_limit(self.limit) else { return Ok(()) };
        *self.content += program.len();
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let mut fonts = above.clone();
        let mut within: Vec<&Dictionary> = Vec::new();
        if let Some(own) = own {
            for (name, font) in part(self.document, own, b"Font").into_iter().flat_map(Dictionary::iter) {
                if let Ok((_, Object::Dictionary(font))) = self.document.dereference(font) {
                    fonts.insert(name.clone(), self.fonts.of(self.document, font, self.limit)?);
                }
            }
            within.extend(part(self.document, own, b"XObject"));
        }
        within.extend(forms);
        let place = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array);
        let place = place.ok().and_then(|list| matrix(list)).unwrap_or(IDENTITY);
        self.open.push(std::ptr::from_ref(form));
        let read = self.program(&program, &fonts, &within, then(place, ctm), depth + 1);
        self.open.pop();
        read
    }

    fn show(&mut self, bytes: &[u8], now: &State, text: &mut Matrix) {
        let Some(font) = &now.font else { return };
        if bytes.is_empty() {
            return;
        }
        let (words, width, codes, blanks) = font.shown(bytes);
        if font.encoding.is_none() {
            self.page.wordless += 1;
        }
        let width =
            (width * now.size + now.between_letters * codes as f32 + now.between_words * blanks as f32)
                * now.stretch;
        let at = then([1.0, 0.0, 0.0, 1.0, 0.0, now.rise], then(*text, now.ctm));
        *text = then([1.0, 0.0, 0.0, 1.0, width, 0.0], *text);
        let after = then([1.0, 0.0, 0.0, 1.0, 0.0, now.rise], then(*text, now.ctm));
        let turn = match (at[0].abs() >= at[1].abs(), at[0] >= 0.0, at[1] >= 0.0) {
            (true, true, _) => 0,
            (false, _, true) => 1,
            (true, false, _) => 2,
            (false, _, false) => 3,
        };
        // Turned so that its line runs to the right.
        let place = |matrix: Matrix| match turn {
            0 => (matrix[4], matrix[5]),
            1 => (matrix[5], -matrix[4]),
            2 => (-matrix[4], -matrix[5]),
            _ => (-matrix[5], matrix[4]),
        };
        let ((x, y), (end, _)) = (place(at), place(after));
        let size = now.size.abs() * at[2].hypot(at[3]);
        if words.is_empty() || ![x, y, end, size].iter().all(|number| number.is_finite()) {
            return;
        }
        self.turned[turn] += 1;
        // Which way it runs is kept in the sign of nothing but its place in the list: see `upright`.
        self.page.pieces.push(Piece { text: words, x, end, y: y + turn as f32 * TURN, size });
    }

    /// The pieces that run the way most do: stamps along the margin are left out.
    fn upright(self) -> Page {
        let most = (0..4).max_by_key(|turn| (self.turned[*turn], std::cmp::Reverse(*turn))).unwrap_or(0);
        let mut page = self.page;
        let shift = most as f32 * TURN;
        page.pieces.retain(|piece| (piece.y - shift).abs() < TURN / 2.0);
        page.pieces.iter_mut().for_each(|piece| piece.y -= shift);
        page
    }
}

/// Far beyond any page, in points: pages are at most 14,400 wide (annex C.2). Keeps pieces that run another way apart.
const TURN: f32 = 100_000.0;
