//! Small pictures beside words: a symbol for every kind of event, a mark for every side, each drawn once a page.

use gainsay_model::Kind;

use super::sides::{self, SIDES};

/// Strokes of a kind's symbol on a square of 16 by 16.
fn strokes(kind: Kind) -> &'static str {
    match kind {
        // Two blades crossed.
        Kind::Clash => "M3 3l10 10M13 3L3 13",
        // A flag.
        Kind::Capture | Kind::Control => "M4 14V2l8 3-8 3",
        // An arrow out of a door.
        Kind::Withdrawal => "M9 2H3v12h6M7 8h7M11 5l3 3-3 3",
        // A wing above, a drop below.
        Kind::Airstrike => "M2 4h12L8 7zM8 9v5M6 12l2 2 2-2",
        // An arc that comes down.
        Kind::Shelling => "M2 12C4 4 10 3 13 9M10 8l3 2 1-4",
        // A burst.
        Kind::Bombing => "M8 2v3M8 11v3M2 8h3M11 8h3M4 4l2 2M10 10l2 2M12 4l-2 2M6 10l-2 2",
        // A point in a circle.
        Kind::Attack => "M8 3a5 5 0 1 0 .01 0M8 1v4M8 11v4M1 8h4M11 8h4",
        // A candle.
        Kind::Casualties => "M6 7h4v7H6zM8 7V5M8 2c1.5 1.5 1.5 3 0 3s-1.5-1.5 0-3",
        // Bars.
        Kind::Detention => "M3 3h10v10H3zM6 3v10M10 3v10",
        // An arrow away from a house.
        Kind::Displacement => "M2 8l4-4 4 4M3.5 7.5V13h5V7.5M11 11h4M13 9l2 2-2 2",
        // A ring around a point.
        Kind::Siege => "M8 2.5a5.5 5.5 0 1 0 .01 0M8 7a1 1 0 1 0 .01 0",
        // A barred way.
        Kind::Obstruction => "M8 2.5a5.5 5.5 0 1 0 .01 0M4.5 4.5l7 7",
        // A parcel.
        Kind::Aid => "M3 5l5-2 5 2v6l-5 2-5-2zM3 5l5 2 5-2M8 7v6",
        // Two rings linked.
        Kind::Agreement | Kind::Cooperation => "M6 4.5a3.5 3.5 0 1 0 .01 0M10 4.5a3.5 3.5 0 1 0 .01 0",
        // An arrow that turns.
        Kind::Allegiance => "M3 13V8c0-3 6-3 8-3M9 2l3 3-3 3",
        // Two arrows forward.
        Kind::Deployment => "M3 4l4 4-4 4M8 4l4 4-4 4",
        // A broken wall.
        Kind::Destruction => "M2 13V6l3-2 1 3 2-4 2 5 2-2 2 7z",
        // An empty bowl.
        Kind::Need => "M2 7h12c0 4-3 6-6 6S2 11 2 7zM5 4h6",
    }
}

/// The definitions, hidden, for the head of a page.
pub(crate) fn sprite() -> String {
    let mut out = String::from(
        "<svg class=\"sprite\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\">",
    );
    for kind in Kind::ALL {
        let strokes = strokes(*kind);
        out.push_str(&format!(
            "<symbol id=\"k-{}\" viewBox=\"0 0 16 16\"><path d=\"{strokes}\"/></symbol>",
            kind.as_str()
        ));
    }
    for side in SIDES {
        out.push_str(&format!(
            "<symbol id=\"m-{0}\" viewBox=\"-8 -8 16 16\"><path d=\"{1}\" style=\"fill:var(--{0});stroke:var(--{0}-line)\"/></symbol>",
            side.id,
            sides::path(side.shape, 6.0)
        ));
    }
    out.push_str("</svg>");
    out
}

/// The symbol of a kind; its name is in the words beside it.
pub(crate) fn kind(kind: Kind) -> String {
    format!("<svg class=\"kind\" aria-hidden=\"true\"><use href=\"#k-{}\"/></svg>", kind.as_str())
}

/// The mark of a side, with the side's name for who does not see it.
pub(crate) fn side(side: &str) -> String {
    let side = sides::of(side);
    format!(
        "<svg class=\"mark\" role=\"img\" aria-label=\"{}\"><use href=\"#m-{}\"/></svg>",
        side.label, side.id
    )
}
