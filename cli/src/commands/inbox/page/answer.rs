//! Answers the page's requests.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use hookseal::inbox::{Action, InboxError};
use serde_json::{Value, json};

use super::app::App;
use super::query::Query;
use super::view;
use crate::commands::inbox::actions;
use crate::serve::Guard;

/// The path of the data.
const DATA: &str = "/~hookseal/";

/// Answers a request, if this machine's own browser may have sent it.
pub(super) async fn answer(app: Arc<App>, local: IpAddr, request: Request<Body>) -> Response<Body> {
    let guard = Guard::new(local, &[]);
    let (uri, headers) = (request.uri(), request.headers());
    let is_change = request.method() == Method::POST;
    let allowed = if is_change { guard.change(uri, headers) } else { guard.page(uri, headers) };
    let mut response = match allowed {
        Err(refused) => (StatusCode::FORBIDDEN, refused.to_reader()).into_response(),
        Ok(()) if is_change => change(&app, uri.path()).await,
        Ok(()) if request.method() == Method::GET => {
            look(&app, uri.path(), uri.query().unwrap_or_default()).await
        }
        Ok(()) => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    };
    app.page.protect(&mut response);
    response
}

async fn look(app: &App, path: &str, query: &str) -> Response<Body> {
    let data = path.strip_prefix(DATA);
    let number = data.and_then(|data| data.strip_prefix("deliveries/"));
    match (data, number.and_then(|number| number.parse().ok())) {
        (None, _) if path == "/" => app.page.document(),
        (Some("inbox"), _) => found(view::inbox(app, Query::read(query)).await.map(Some)),
        (_, Some(seq)) => found(view::delivery(app, seq).await),
        _ => nothing(),
    }
}

/// Does something with one delivery, or lets all that are dead be tried again.
async fn change(app: &App, path: &str) -> Response<Body> {
    let Some(wanted) = path.strip_prefix(DATA) else { return nothing() };
    if wanted == "retry" {
        return found(app.database.retry(None).await.map(|count| Some(json!({"count": count}))));
    }
    let parts = wanted.strip_prefix("deliveries/").and_then(|rest| rest.split_once('/'));
    let parsed = parts.and_then(|(seq, name)| Some((seq.parse().ok()?, Action::from_name(name)?)));
    let Some((seq, action)) = parsed else { return nothing() };
    found(match app.database.act(action, seq).await {
        Ok(true) => Ok(Some(json!({"done": action.effect()}))),
        Ok(false) => Ok(Some(json!({"message": actions::none(action, seq)}))),
        Err(error) => Err(error),
    })
}

fn nothing() -> Response<Body> {
    (StatusCode::NOT_FOUND, "There is no such page.\n").into_response()
}

fn found(found: Result<Option<Value>, InboxError>) -> Response<Body> {
    let (status, value) = match found {
        Ok(Some(value)) => (StatusCode::OK, value),
        Ok(None) => return nothing(),
        Err(error) => {
            let status = StatusCode::from_u16(error.http_status());
            let value = json!({"error": error.code(), "message": error.message()});
            (status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), value)
        }
    };
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}
