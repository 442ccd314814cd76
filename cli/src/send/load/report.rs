//! What a load showed: as tables, and as JSON.

use std::io::{self, Write};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Plan, Tally};
use crate::failure::{Exit, Failure};
use crate::output::{BAD, FAINT, GOOD, Output, STRONG, WARN};
use crate::send::errand::Errand;
use crate::send::human;
use crate::send::table::{self, Cell};

const QUANTILES: [(&str, f64); 4] = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999)];

/// How many characters the longest bar has.
const BAR: u64 = 40;

/// Tells it, and how the process ends.
pub(in crate::send) fn report(
    errand: &Errand,
    plan: &Plan,
    tally: &Tally,
    output: &Output,
) -> Result<Exit, Failure> {
    if output.is_json() {
        output.json(&to_json(errand, plan, tally))?;
    } else {
        output.text(|out| write_text(errand, plan, tally, out))?;
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

/// How many were sent in a second.
fn achieved(plan: &Plan, tally: &Tally) -> f64 {
    let interval = Duration::from_secs_f64(1.0 / plan.rate);
    let sent = u32::try_from(tally.sent).unwrap_or(u32::MAX);
    f64::from(sent) / (tally.last_sent + interval).as_secs_f64()
}

fn unsent(plan: &Plan, tally: &Tally) -> u64 {
    u64::from(plan.count).saturating_sub(tally.sent)
}

fn write_text(errand: &Errand, plan: &Plan, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
    errand.write_heading(out)?;
    writeln!(
        out,
        "{} deliveries at {:.1} a second wanted, {} at {:.1} a second sent, at most {} waiting at once",
        plan.count,
        plan.rate,
        tally.sent,
        achieved(plan, tally),
        plan.in_flight
    )?;
    writeln!(out)?;
    write_answers(plan, tally, out)?;
    if !tally.latencies.is_empty() {
        writeln!(out)?;
        write_latencies(tally, out)?;
    }
    let sender = &errand.terms.sender;
    let failed = u64::from(plan.count) - tally.accepted;
    let (sentence, style) = if failed == 0 {
        ("every delivery was accepted".to_owned(), GOOD)
    } else {
        (format!("{failed} of {} deliveries {sender} would have to send again", plan.count), BAD)
    };
    writeln!(out, "{style}{sentence}{style:#}")?;
    let (rule, is_assumed) = errand.terms.success_rule();
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
    if unsent(plan, tally) > 0 {
        let why = format!("{} were waiting for their answers, or it was stopped", plan.in_flight);
        rows.push(row("not sent", WARN, unsent(plan, tally), why));
    }
    table::write(out, ["deliveries", "", ""], &rows)
}

fn write_latencies(tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{FAINT}answers, from when each delivery was due{FAINT:#}")?;
    for (name, part) in QUANTILES {
        write!(out, "{name} {STRONG}{}{STRONG:#}  ", human::latency(tally.quantile(part)))?;
    }
    writeln!(out, "max {STRONG}{}{STRONG:#}", human::latency(tally.slowest()))?;
    let buckets = buckets(tally);
    let most = buckets.iter().map(|(_, count)| *count).max().unwrap_or(1);
    for (up_to, count) in buckets {
        let bar: String = (0..(count * BAR).div_ceil(most)).map(|_| '#').collect();
        let up_to = format!("up to {}", human::latency(up_to));
        writeln!(out, "{up_to:>13}  {count:>9}  {FAINT}{bar}{FAINT:#}")?;
    }
    writeln!(
        out,
        "{FAINT}sent at most {} after they were due{FAINT:#}",
        human::latency(tally.most_late)
    )
}

/// How many answers took so long, each time twice as long.
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

fn to_json(errand: &Errand, plan: &Plan, tally: &Tally) -> Value {
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
    let mut value = errand.heading_json("load");
    value["rate"] = json!({"wanted": plan.rate, "achieved": achieved(plan, tally)});
    value["deliveries"] = json!({
        "wanted": plan.count,
        "sent": tally.sent,
        "accepted": tally.accepted,
        "refused": tally.refused(),
        "lost": tally.lost(),
        "unsent": unsent(plan, tally),
        "refused_by_status": statuses,
        "lost_by_cause": causes,
    });
    value["in_flight"] = plan.in_flight.into();
    value["latency_seconds"] = latency.into();
    value["histogram"] = buckets.into();
    value["sent_late_seconds"] = tally.most_late.as_secs_f64().into();
    value
}
