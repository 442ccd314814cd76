//! Reports a load: as tables, and as JSON.

use std::io::{self, Write};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::plan::Plan;
use super::tally::Tally;
use crate::failure::{Exit, Failure};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG, WARN};
use crate::send::job::Job;
use crate::send::table::{self, Cell};
use crate::text::latency;

const QUANTILES: [(&str, f64); 4] = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)];

/// The number of characters in the longest bar.
const BAR: u64 = 40;

/// Writes the report and gives the exit code.
pub(in crate::send) fn report(
    job: &Job,
    plan: &Plan,
    tally: &Tally,
    output: Output,
) -> Result<Exit, Failure> {
    if output.is_json() {
        output.json(&to_json(job, plan, tally))?;
    } else {
        output.text(|out| write_text(job, plan, tally, out))?;
    }
    let is_reached = tally.accepted > 0
        || tally.refused() > 0
        || tally.lost.keys().any(|cause| cause.is_reached());
    Ok(if tally.accepted == u64::from(plan.count) {
        Exit::Success
    } else if is_reached {
        Exit::Refused
    } else {
        Exit::Input
    })
}

fn write_text(job: &Job, plan: &Plan, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
    job.write_heading(out)?;
    writeln!(
        out,
        "{} deliveries at {:.1} a second wanted, {} at {:.1} a second sent, at most {} waiting at once",
        plan.count,
        plan.rate,
        tally.sent,
        tally.achieved(plan),
        plan.in_flight
    )?;
    writeln!(out)?;
    write_answers(plan, tally, out)?;
    if !tally.latencies.is_empty() {
        writeln!(out)?;
        write_latencies(tally, out)?;
    }
    let sender = &job.policy.sender;
    let failed = u64::from(plan.count) - tally.accepted;
    let (sentence, style) = if failed == 0 {
        ("every delivery was accepted".to_owned(), GOOD)
    } else {
        (format!("{failed} of {} deliveries {sender} would have to send again", plan.count), BAD)
    };
    writeln!(out, "{style}{sentence}{style:#}")?;
    let (rule, is_assumed) = job.policy.success_rule();
    if is_assumed {
        let note = format!("that {rule} counts as success is assumed: {sender} does not say so");
        writeln!(out, "{FAINT}{note}{FAINT:#}")?;
    }
    Ok(())
}

fn write_answers(plan: &Plan, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
    let row = |what: &'static str, style, count: u64, why: String| {
        [Cell::styled(what, style), Cell::plain(count.to_string()), Cell::plain(why)]
    };
    let mut rows = vec![row("accepted", GOOD, tally.accepted, String::new())];
    for (status, count) in &tally.refused {
        let status =
            StatusCode::from_u16(*status).map_or_else(|_| status.to_string(), |it| it.to_string());
        rows.push(row("refused", BAD, *count, status));
    }
    for (cause, count) in &tally.lost {
        rows.push(row("lost", BAD, *count, cause.name().to_owned()));
    }
    let unanswered = tally.sent - tally.accepted - tally.refused() - tally.lost();
    if unanswered > 0 {
        rows.push(row("waiting", WARN, unanswered, "when it was stopped".to_owned()));
    }
    if tally.unsent(plan) > 0 {
        let why = format!("{} were waiting for their answers, or it was stopped", plan.in_flight);
        rows.push(row("not sent", WARN, tally.unsent(plan), why));
    }
    table::write(out, ["deliveries", "", ""], &rows)
}

fn write_latencies(tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{FAINT}answers, from when each delivery was due{FAINT:#}")?;
    for (name, part) in QUANTILES {
        write!(out, "{name} {STRONG}{}{STRONG:#}  ", latency(tally.quantile(part)))?;
    }
    writeln!(out, "max {STRONG}{}{STRONG:#}", latency(tally.slowest()))?;
    let buckets = buckets(tally);
    let most = buckets.iter().map(|(_, count)| *count).max().unwrap_or(1);
    for (up_to, count) in buckets {
        let bar: String = (0..(count * BAR).div_ceil(most)).map(|_| '#').collect();
        let up_to = format!("up to {}", latency(up_to));
        writeln!(out, "{up_to:>13}  {count:>9}  {FAINT}{bar}{FAINT:#}")?;
    }
    writeln!(out, "{FAINT}sent at most {} after they were due{FAINT:#}", latency(tally.most_late))
}

/// Counts the answers by their latencies, each time up to twice as long.
fn buckets(tally: &Tally) -> Vec<(Duration, u64)> {
    let mut buckets: Vec<(Duration, u64)> = tally
        .latencies
        .iter_log(125, 2.0)
        .map(|step| {
            (Duration::from_micros(step.value_iterated_to() + 1), step.count_since_last_iteration())
        })
        .collect();
    let first = buckets.iter().position(|(_, count)| *count > 0).unwrap_or_default();
    buckets.drain(..first);
    buckets
}

fn to_json(job: &Job, plan: &Plan, tally: &Tally) -> Value {
    let mut latency = serde_json::Map::new();
    if !tally.latencies.is_empty() {
        for (name, part) in QUANTILES {
            latency.insert(name.to_owned(), tally.quantile(part).as_secs_f64().into());
        }
        latency.insert("max".to_owned(), tally.slowest().as_secs_f64().into());
    }
    let statuses: serde_json::Map<String, Value> =
        tally.refused.iter().map(|(status, count)| (status.to_string(), (*count).into())).collect();
    let causes: serde_json::Map<String, Value> = tally
        .lost
        .iter()
        .map(|(cause, count)| (cause.as_str().to_owned(), (*count).into()))
        .collect();
    let buckets: Vec<Value> = buckets(tally)
        .iter()
        .map(|(up_to, count)| json!({"up_to_seconds": up_to.as_secs_f64(), "count": count}))
        .collect();
    let mut value = job.heading_json("load");
    value["rate"] = json!({"wanted": plan.rate, "achieved": tally.achieved(plan)});
    value["deliveries"] = json!({
        "wanted": plan.count,
        "sent": tally.sent,
        "accepted": tally.accepted,
        "refused": tally.refused(),
        "lost": tally.lost(),
        "unsent": tally.unsent(plan),
        "refused_by_status": statuses,
        "lost_by_cause": causes,
    });
    value["in_flight"] = plan.in_flight.into();
    value["latency_seconds"] = latency.into();
    value["histogram"] = buckets.into();
    value["sent_late_seconds"] = tally.most_late.as_secs_f64().into();
    value
}
