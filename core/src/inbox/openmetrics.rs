//! The counts of an inbox as OpenMetrics, which Prometheus and others read.

use core::fmt::Write as _;

use super::deliveries::{SourceStats, State, Stats};

impl Stats {
    /// Returns the counts as a text of OpenMetrics 1.0, whose content type is
    /// `application/openmetrics-text; version=1.0.0; charset=utf-8`.
    #[must_use]
    pub fn to_openmetrics(&self) -> String {
        let mut text = String::new();
        let counts: [(State, fn(&SourceStats) -> u64); 4] = [
            (State::Waiting, |source| source.waiting),
            (State::Leased, |source| source.leased),
            (State::Blocked, |source| source.blocked),
            (State::Dead, |source| source.dead),
        ];
        let name = "hookseal_inbox_deliveries";
        describe(&mut text, name, None, "Deliveries that are not done.");
        for source in &self.sources {
            for (state, count) in counts {
                let (label, count) = (escaped(&source.source), count(source));
                let _ = writeln!(
                    text,
                    "{name}{{source=\"{label}\",state=\"{}\"}} {count}",
                    state.as_str()
                );
            }
        }
        let name = "hookseal_inbox_oldest_due_seconds";
        let help = "The time for which the oldest due delivery has been waiting.";
        describe(&mut text, name, Some("seconds"), help);
        for source in &self.sources {
            let (label, due) = (escaped(&source.source), source.oldest_due.as_secs_f64());
            let _ = writeln!(text, "{name}{{source=\"{label}\"}} {due}");
        }
        let name = "hookseal_inbox_late";
        describe(
            &mut text,
            name,
            None,
            "Whether one came after a later one of its aggregate was done.",
        );
        for source in &self.sources {
            let (label, late) = (escaped(&source.source), u8::from(source.has_late));
            let _ = writeln!(text, "{name}{{source=\"{label}\"}} {late}");
        }
        let name = "hookseal_inbox_conflicts";
        describe(&mut text, name, None, "Deliveries that came again with another body.");
        let _ = writeln!(text, "{name} {}\n# EOF", self.conflicts);
        text
    }
}

/// Writes what stands before a metric: each is a gauge, because deliveries are pruned.
fn describe(text: &mut String, name: &str, unit: Option<&str>, help: &str) {
    let _ = writeln!(text, "# TYPE {name} gauge");
    if let Some(unit) = unit {
        let _ = writeln!(text, "# UNIT {name} {unit}");
    }
    let _ = writeln!(text, "# HELP {name} {help}");
}

/// The value of a label. A row of the table may hold any name.
fn escaped(value: &str) -> String {
    value.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn counts_are_written_as_openmetrics() {
        let source = SourceStats {
            source: "a\"\\\nb".to_owned(),
            waiting: 3,
            dead: 1,
            oldest_due: Duration::from_millis(1500),
            has_late: true,
            ..SourceStats::default()
        };
        let text = Stats { sources: vec![source], conflicts: 2 }.to_openmetrics();
        let expected = r#"# TYPE hookseal_inbox_deliveries gauge
# HELP hookseal_inbox_deliveries Deliveries that are not done.
hookseal_inbox_deliveries{source="a\"\\\nb",state="waiting"} 3
hookseal_inbox_deliveries{source="a\"\\\nb",state="leased"} 0
hookseal_inbox_deliveries{source="a\"\\\nb",state="blocked"} 0
hookseal_inbox_deliveries{source="a\"\\\nb",state="dead"} 1
# TYPE hookseal_inbox_oldest_due_seconds gauge
# UNIT hookseal_inbox_oldest_due_seconds seconds
# HELP hookseal_inbox_oldest_due_seconds The time for which the oldest due delivery has been waiting.
hookseal_inbox_oldest_due_seconds{source="a\"\\\nb"} 1.5
# TYPE hookseal_inbox_late gauge
# HELP hookseal_inbox_late Whether one came after a later one of its aggregate was done.
hookseal_inbox_late{source="a\"\\\nb"} 1
# TYPE hookseal_inbox_conflicts gauge
# HELP hookseal_inbox_conflicts Deliveries that came again with another body.
hookseal_inbox_conflicts 2
# EOF
"#;
        assert_eq!(text, expected);
    }
}
