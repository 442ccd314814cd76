//! Latencies, as people say them.

use std::time::Duration;

/// How long an answer took, such as `3.1 ms`.
pub(super) fn latency(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    let (number, unit) = match seconds {
        s if s >= 1.0 => (s, "s"),
        s if s >= 1e-3 => (s * 1e3, "ms"),
        s => (s * 1e6, "µs"),
    };
    let decimals = usize::from(number < 10.0);
    format!("{number:.decimals$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latencies_have_two_figures() {
        assert_eq!(latency(Duration::from_micros(950)), "950 µs");
        assert_eq!(latency(Duration::from_micros(3140)), "3.1 ms");
        assert_eq!(latency(Duration::from_secs(30)), "30 s");
    }
}
