//! Progress, on standard error, so that results can be piped.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, sleep_until};

use crate::output::{FAINT, Output, say, say_json};
use crate::text::{Printable, duration};

/// The form in which progress is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    /// `true` if a line can be written again and again.
    is_live: bool,
    is_json: bool,
}

impl Progress {
    pub(super) fn new(output: Output) -> Self {
        let is_json = output.is_json();
        let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { is_live: io::stderr().is_terminal() && !is_dumb && !is_json, is_json }
    }

    /// Writes a line that stays.
    pub(super) fn line(self, text: &str) {
        self.clear();
        if self.is_json {
            say_json(&json!({ "progress": text }));
        } else {
            say(&format!("{FAINT}{}{FAINT:#}", Printable(text)));
        }
    }

    /// Writes a line that the next one replaces; on a terminal alone.
    pub(super) fn fleeting(self, text: &str) {
        if self.is_live {
            self.clear();
            let mut stderr = anstream::stderr().lock();
            // Nobody is left to tell if standard error is gone.
            let _ = write!(stderr, "{FAINT}{}{FAINT:#}", Printable(text));
            let _ = stderr.flush();
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
        if self.is_live {
            count_down(until, |left| self.fleeting(&format!("{what} in {}", duration(left)))).await;
        }
        sleep_until(until).await;
        self.clear();
    }
}

/// Shows every second how many whole ones are left, until it is less than one.
async fn count_down(until: Instant, mut show: impl FnMut(Duration)) {
    const TICK: Duration = Duration::from_secs(1);
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left < TICK {
            break;
        }
        show(Duration::from_secs(left.as_secs()));
        sleep_until(Instant::now() + TICK).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn every_second_is_counted_down() {
        let mut shown = Vec::new();
        let begun = Instant::now();
        count_down(begun + Duration::from_millis(3750), |left| shown.push(left.as_secs())).await;
        assert_eq!(shown, [3, 2, 1]);
        assert_eq!(begun.elapsed(), Duration::from_secs(3));
    }
}
