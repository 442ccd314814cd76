//! The data of the page, as JSON. What a sender wrote is made fit to be looked at.

use hookseal::inbox::{Action, Entry, Filter, InboxError, State};
use serde_json::{Value, json};

use super::app::App;
use super::query::Query;
use crate::text::shown;

/// The most that is shown of a body, in bytes.
const LONGEST: usize = 256 << 10;

/// Describes the inbox: its counts, the deliveries that are asked for, and the one that is looked at.
pub(super) async fn inbox(app: &App, query: Query) -> Result<Value, InboxError> {
    let counts = app.database.stats().await?;
    let selected = match query.selected {
        Some(seq) => one(app, seq).await?,
        None => None,
    };
    let deliveries = app.database.list(query.filter).await?;
    let states = State::ALL.map(|state| json!({"name": state, "meaning": state.meaning()}));
    let effects = Action::ALL.map(|action| json!({"name": action, "effect": action.effect()}));
    Ok(json!({
        "database": shown::line(&app.name),
        "stats": counts,
        "states": states,
        "actions": effects,
        "deliveries": deliveries.iter().map(entry).collect::<Vec<_>>(),
        "selected": selected.as_ref().map(entry),
    }))
}

/// Describes one delivery with what is kept of it.
pub(super) async fn delivery(app: &App, seq: i64) -> Result<Option<Value>, InboxError> {
    let Some(found) = one(app, seq).await? else { return Ok(None) };
    let mut described = entry(&found);
    if let Some(kept) = app.database.show(seq).await? {
        let headers = kept.headers.iter().map(|(name, value)| {
            let is_hidden = shown::is_credential(name);
            json!({
                "name": shown::line(name),
                "value": (!is_hidden).then(|| shown::line(value)),
                "length": value.len(),
            })
        });
        described["headers"] = headers.collect();
        let (body, notes) = shown::body_with_notes(&kept.body, LONGEST);
        described["body"] = json!({"text": body.text, "note": notes.join(", ")});
    }
    Ok(Some(described))
}

/// The delivery with this number.
async fn one(app: &App, seq: i64) -> Result<Option<Entry>, InboxError> {
    let before = seq.checked_add(1);
    let listed = app.database.list(Filter { before, limit: 1, ..Filter::default() }).await?;
    Ok(listed.into_iter().next().filter(|entry| entry.seq == seq))
}

fn entry(entry: &Entry) -> Value {
    let mut described = json!(entry);
    for (name, text) in [
        ("source", Some(&entry.source)),
        ("event_type", Some(&entry.event_type)),
        ("dedupe_key", Some(&entry.dedupe_key)),
        ("error", entry.error.as_ref()),
    ] {
        described[name] = text.map(|text| shown::line(text)).into();
    }
    described["actions"] = json!(entry.actions());
    described
}
