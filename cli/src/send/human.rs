//! Times, as people say them.

use std::time::Duration;

/// A wait, such as `2 h` or `1 min 30 s`.
pub(super) fn span(span: Duration) -> String {
    const UNITS: [(u64, &str); 3] = [(3600, "h"), (60, "min"), (1, "s")];
    if span.is_zero() {
        return "0 s".to_owned();
    }
    if span < Duration::from_secs(1) {
        return latency(span);
    }
    let mut seconds = span.as_secs();
    let mut words = Vec::new();
    for (size, unit) in UNITS {
        if seconds >= size {
            words.push(format!("{} {unit}", seconds / size));
            seconds %= size;
        }
    }
    words.join(" ")
}

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
    fn spans_are_said_in_the_units_they_need() {
        assert_eq!(span(Duration::from_secs(86_400)), "24 h");
        assert_eq!(span(Duration::from_secs(15_360)), "4 h 16 min");
        assert_eq!(span(Duration::from_secs(90)), "1 min 30 s");
        assert_eq!(span(Duration::from_millis(24)), "24 ms");
        assert_eq!(span(Duration::ZERO), "0 s");
    }

    #[test]
    fn latencies_have_two_figures() {
        assert_eq!(latency(Duration::from_micros(950)), "950 µs");
        assert_eq!(latency(Duration::from_micros(3140)), "3.1 ms");
        assert_eq!(latency(Duration::from_secs(30)), "30 s");
    }
}
