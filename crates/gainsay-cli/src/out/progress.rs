//! A sign of life on standard error while long work goes on, where that is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line that says how far the work is; silent where standard error is no terminal.
pub struct Progress(ProgressBar);

impl Progress {
    /// A line, or none where it is not wanted.
    pub fn new(wanted: bool) -> Progress {
        let target = if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Progress(bar)
    }

    /// Says how far it is.
    pub fn say(&self, what: String) {
        self.0.set_message(what);
    }

    /// Takes the line away.
    pub fn done(self) {
        self.0.finish_and_clear();
    }
}
