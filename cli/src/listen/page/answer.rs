//! Answers the requests for the page.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use axum::response::{IntoResponse as _, Sse};
use serde_json::json;

use super::{stream, view};
use crate::listen::app::App;
use crate::listen::replay::replay;
use crate::listen::search::search;
use crate::serve::{Guard, pairs};

/// The path of the data. No delivery is likely to be sent there.
const DATA: &str = "/~hookseal/";

/// Tells whether a request is for the page and not a delivery.
pub(in crate::listen) fn is_for(request: &Request<Body>) -> bool {
    let wants_html = || {
        let accepts = request.headers().get_all(header::ACCEPT).iter();
        accepts.filter_map(|accept| accept.to_str().ok()).any(|accept| accept.contains("text/html"))
    };
    let path = request.uri().path();
    match *request.method() {
        Method::GET => path.starts_with(DATA) || (path == "/" && wants_html()),
        Method::POST => path.starts_with(DATA),
        _ => false,
    }
}

/// Answers a request for the page.
pub(in crate::listen) async fn answer(
    app: &Arc<App>,
    guard: Guard<'_>,
    request: Request<()>,
) -> Response<Body> {
    let (uri, headers) = (request.uri(), request.headers());
    let is_change = request.method() == Method::POST;
    let allowed = if is_change { guard.change(uri, headers) } else { guard.page(uri, headers) };
    let mut response = match allowed {
        Err(refused) => (StatusCode::FORBIDDEN, refused.to_reader()).into_response(),
        Ok(()) if is_change => change(app, uri.path()).await,
        Ok(()) => found(app, &request).await,
    };
    app.page.document.protect(&mut response);
    response
}

/// Answers a delivery on the page's own port.
pub(in crate::listen) fn nothing_else() -> Response<Body> {
    let reason = "This port has the page alone: deliveries go to the other one.\n";
    (StatusCode::NOT_FOUND, reason).into_response()
}

async fn found(app: &Arc<App>, request: &Request<()>) -> Response<Body> {
    let path = request.uri().path();
    let data = path.strip_prefix(DATA);
    let number = data.and_then(|data| data.strip_prefix("deliveries/"));
    match (data, number.and_then(|number| number.parse().ok())) {
        (None, _) => app.page.document.document(),
        (Some("events"), _) => match Arc::clone(&app.page.streams).try_acquire_owned() {
            Ok(permit) => {
                let last = request.headers().get("last-event-id");
                let last = last.and_then(|last| last.to_str().ok());
                Sse::new(stream::stream(app, last, permit))
                    .keep_alive(axum::response::sse::KeepAlive::default())
                    .into_response()
            }
            Err(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open.\n").into_response()
            }
        },
        (Some("search"), _) => {
            let query = request.uri().query().unwrap_or_default();
            let text = pairs(query).find(|(name, _)| *name == "text").map(|(_, text)| text);
            let app = Arc::clone(app);
            let text = text.unwrap_or_default();
            let searched = tokio::task::spawn_blocking(move || search(&app, &text)).await;
            json(&json!({ "numbers": searched.unwrap_or_default() }))
        }
        (_, Some(number)) => match app.history.get(number) {
            Some(arrival) => view::detail(app, &arrival).into_response(),
            None => gone(),
        },
        _ => nothing(),
    }
}

/// Replays a delivery, or clears the list.
async fn change(app: &Arc<App>, path: &str) -> Response<Body> {
    let Some(wanted) = path.strip_prefix(DATA) else { return nothing() };
    if wanted == "clear" {
        app.history.clear();
        return json(&json!({}));
    }
    let number = wanted.strip_prefix("deliveries/").and_then(|rest| rest.strip_suffix("/replay"));
    let Some(number) = number.and_then(|number| number.parse().ok()) else { return nothing() };
    match app.history.get(number).filter(|arrival| arrival.is_whole()) {
        Some(arrival) => {
            // A task of its own: what was asked for is done even if the page is closed.
            let _ = tokio::spawn(replay(Arc::clone(app), arrival)).await;
            json(&json!({}))
        }
        None => gone(),
    }
}

fn json(value: &serde_json::Value) -> Response<Body> {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn gone() -> Response<Body> {
    (StatusCode::NOT_FOUND, "It is not kept any more.\n").into_response()
}

fn nothing() -> Response<Body> {
    (StatusCode::NOT_FOUND, "There is no such page.\n").into_response()
}
