//! Says what the demo does, while it does it.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// A bar that names the step at hand; finished steps stay on the screen with their time.
pub struct Steps {
    bar: ProgressBar,
    current: RefCell<Option<(String, Instant)>>,
}

impl Steps {
    /// A bar of so many steps.
    pub fn new(count: u64) -> Self {
        let bar = ProgressBar::new(count);
        let style = ProgressStyle::with_template("  [{bar:24}] {pos}/{len}  {msg}");
        bar.set_style(
            style
                .unwrap_or_else(|_| ProgressStyle::default_bar())
                .progress_chars("##-"),
        );
        bar.enable_steady_tick(Duration::from_millis(200));
        Self {
            bar,
            current: RefCell::new(None),
        }
    }

    /// Ends the step before and begins this one.
    pub fn begin(&self, what: &str) {
        self.finish_current();
        self.bar.set_message(what.to_owned());
        self.current
            .replace(Some((what.to_owned(), Instant::now())));
    }

    /// Ends the last step.
    pub fn end(&self) {
        self.finish_current();
        self.bar.finish_and_clear();
    }

    fn finish_current(&self) {
        if let Some((what, began)) = self.current.take() {
            let line = format!("  {what:<32} {:>5.1} s", began.elapsed().as_secs_f64());
            if self.bar.is_hidden() {
                println!("{line}");
            } else {
                self.bar.println(line);
            }
            self.bar.inc(1);
        }
    }
}
