//! What is to be seen while it lasts: on standard error, so that results can be piped.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, sleep_until};

use crate::output::{FAINT, Output};
use crate::text;

/// Where progress is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    /// Whether a line can be written again and again.
    is_live: bool,
    is_json: bool,
}

impl Progress {
    pub(super) fn new(output: &Output) -> Self {
        let is_json = output.is_json();
        let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { is_live: io::stderr().is_terminal() && !is_dumb && !is_json, is_json }
    }

    /// A line that stays.
    pub(super) fn line(self, text: &str) {
        self.clear();
        let mut stderr = anstream::stderr().lock();
        // Nobody is left to tell if standard error is gone.
        let _ = if self.is_json {
            writeln!(stderr, "{}", json!({"progress": text}))
        } else {
            writeln!(stderr, "{FAINT}{text}{FAINT:#}")
        };
    }

    /// A line that the next one replaces; on a terminal alone.
    pub(super) fn fleeting(self, text: &str) {
        if self.is_live {
            self.clear();
            let mut stderr = anstream::stderr().lock();
            let _ = write!(stderr, "{FAINT}{text}{FAINT:#}").and_then(|()| stderr.flush());
        }
    }

    /// Takes the fleeting line away.
    pub(super) fn clear(self) {
        if self.is_live {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }

    /// Waits, and counts down.
    pub(super) async fn wait(self, until: Instant, what: &str) {
        let tick = Duration::from_secs(1);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left < tick || !self.is_live {
                break;
            }
            self.fleeting(&format!(
                "{what} in {}",
                text::duration(Duration::from_secs(left.as_secs()))
            ));
            sleep_until(Instant::now() + tick).await;
        }
        sleep_until(until).await;
        self.clear();
    }
}
