//! Answers the requests for the page.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use axum::response::{IntoResponse as _, Sse};

use super::{stream, view};
use crate::listen::app::App;
use crate::serve::Guard;

/// The path of the data. No delivery is likely to be sent there.
const DATA: &str = "/~hookseal/";

/// Tells whether a request is for the page and not a delivery.
pub(in crate::listen) fn is_for(request: &Request<Body>) -> bool {
    let wants_html = || {
        let accepts = request.headers().get_all(header::ACCEPT).iter();
        accepts.filter_map(|accept| accept.to_str().ok()).any(|accept| accept.contains("text/html"))
    };
    let path = request.uri().path();
    request.method() == Method::GET && (path.starts_with(DATA) || (path == "/" && wants_html()))
}

/// Answers a request for the page.
pub(in crate::listen) fn answer(
    app: &Arc<App>,
    guard: Guard<'_>,
    request: &Request<Body>,
) -> Response<Body> {
    let mut response = match guard.page(request.uri(), request.headers()) {
        Err(refused) => (StatusCode::FORBIDDEN, refused.to_reader()).into_response(),
        Ok(()) => found(app, request),
    };
    app.page.document.protect(&mut response);
    response
}

/// Answers a delivery on the page's own port.
pub(in crate::listen) fn nothing_else() -> Response<Body> {
    let reason = "This port has the page alone: deliveries go to the other one.\n";
    (StatusCode::NOT_FOUND, reason).into_response()
}

fn found(app: &Arc<App>, request: &Request<Body>) -> Response<Body> {
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
        (_, Some(number)) => match app.history.get(number) {
            Some(arrival) => view::detail(app, &arrival).into_response(),
            None => (StatusCode::NOT_FOUND, "It is not kept any more.\n").into_response(),
        },
        _ => (StatusCode::NOT_FOUND, "There is no such page.\n").into_response(),
    }
}
