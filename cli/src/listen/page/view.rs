//! The data of the page, as JSON. All of it is text that is fit to be looked at.

use axum::http::header;
use axum::response::IntoResponse;
use hookseal::Report;
use serde_json::{Value, json};

use crate::listen::app::App;
use crate::listen::arrival::{Arrival, Verdict};
use crate::listen::history::KEEPS;
use crate::listen::{facts, redact};
use crate::text::moment_in_milliseconds;
use crate::text::shown::{self, Shown};

/// The most that is shown of a text, in bytes.
const LONGEST: usize = 256 << 10;

/// Describes the listener.
pub(super) fn hello(app: &App) -> Value {
    let page = &app.page;
    json!({
        "session": page.session,
        "title": page.title,
        "address": page.address,
        "forward": page.forward,
        "keeps": KEEPS,
        "tries": page.commands.tries,
    })
}

/// Describes an arrival in the list.
pub(super) fn summary(app: &App, arrival: &Arrival) -> Value {
    let request = &arrival.request;
    json!({
        "number": arrival.number,
        "oldest": app.history.oldest(),
        "at": moment_in_milliseconds(arrival.at),
        "verified": arrival.is_verified(),
        "label": shown::line(arrival.label()),
        "test": arrival.is_test(),
        "method": shown::line(&request.method),
        "target": redact::url(&request.target),
        "bytes": request.body.len(),
        "status": arrival.answer.status,
        "replay_of": arrival.replay.map(|replay| replay.of),
    })
}

/// Describes an arrival by itself.
pub(super) fn detail(app: &App, arrival: &Arrival) -> impl IntoResponse + use<> {
    let mut detail = summary(app, arrival);
    let facts = facts::facts(arrival, app.secrets).into_iter().map(|fact| {
        json!({
            "name": fact.name,
            "value": fact.value,
            "is_code": fact.is_code,
            "unsigned": fact.is_unsigned,
        })
    });
    let headers = redact::headers(app.webhook.scheme(), &arrival.request).into_iter();
    let headers = headers.map(
        |header| json!({ "name": header.name, "value": header.value, "length": header.length }),
    );
    let saved = match &arrival.saved {
        Some(Ok(path)) => Some(path.display().to_string()),
        _ => None,
    };
    let save_error = match &arrival.saved {
        Some(Err(error)) => Some(error),
        _ => None,
    };
    detail["facts"] = facts.collect();
    detail["error"] = match &arrival.verdict {
        Verdict::Verified(_) => Value::Null,
        Verdict::Refused(refusal) => {
            let explanation = refusal.explanation.as_deref().map(explanation);
            let next = arrival.next_step();
            json!({
                "code": refusal.code,
                "message": refusal.message,
                "explanation": explanation,
                "next": next,
            })
        }
    };
    detail["texts"] = texts(arrival);
    detail["headers"] = headers.collect();
    detail["commands"] =
        saved.as_deref().map_or_else(Vec::new, |saved| app.page.commands.saved(saved)).into();
    detail["saved"] = saved.into();
    detail["advice"] = arrival.advice().into();
    detail["replayable"] = arrival.is_whole().into();
    detail["save_error"] = save_error.cloned().into();
    ([(header::CONTENT_TYPE, "application/json")], detail.to_string())
}

fn explanation(report: &Report) -> Value {
    let findings = report.findings().iter().map(|finding| {
        json!({
            "code": finding.code().as_str(),
            "what": finding.what(),
            "fix": finding.fix(),
            "evidence": shown::line(finding.evidence()),
            "proven": finding.is_proven(),
            "page": finding.code().page(),
        })
    });
    json!({
        "findings": findings.collect::<Vec<_>>(),
        "conclusion": report.conclusion(),
        "ruled_out": report.ruled_out(),
    })
}

fn texts(arrival: &Arrival) -> Value {
    let body = &arrival.request.content;
    let data = match &arrival.verdict {
        Verdict::Verified(event) => event.data_json(),
        Verdict::Refused(_) => None,
    };
    let mut texts = Vec::new();
    if let Some(data) = data {
        let shown = shown::json(data, LONGEST);
        let notes: &[_] = if shown.is_cut { &["shortened"] } else { &[] };
        texts.push(one_text("Data", notes, true, &shown));
    }
    if !body.is_empty() {
        let mut notes = Vec::new();
        if body != &arrival.request.body {
            notes.push("decoded");
        }
        if !arrival.is_verified() {
            notes.push("not verified: anybody can have written it");
        }
        let (shown, more) = shown::body_with_notes(body, LONGEST);
        notes.extend(more);
        texts.push(one_text("Body", &notes, data.is_none(), &shown));
    }
    texts.into()
}

fn one_text(name: &str, notes: &[&str], is_open: bool, shown: &Shown) -> Value {
    json!({ "name": name, "note": notes.join(", "), "open": is_open, "text": shown.text })
}
