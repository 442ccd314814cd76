//! Takes in a request: verifies, keeps and passes it on, leaves it to be reported, and answers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use serde_json::json;

use super::app::App;
use super::arrival::{self, Answer, Arrival, Refusal, Verdict};
use super::{body, forward};
use crate::input;
use crate::serve::Guard;

/// Takes in a request and gives the answer.
pub(super) async fn receive(
    app: Arc<App>,
    guard: Guard<'_>,
    request: Request<Body>,
) -> Response<Body> {
    let checked = match app.forward {
        Some(_) => guard.forwarded(request.uri(), request.headers()),
        None => Guard::delivery(request.headers()),
    };
    if let Err(refused) = checked {
        if let Some(notice) = app.notices.of(&refused) {
            app.output.note(&notice);
        }
        return own(StatusCode::FORBIDDEN, Some(refused.code()));
    }
    // All that a genuine webhook needs; a target may do anything at other methods.
    if request.method() != Method::POST {
        let mut response = own(StatusCode::METHOD_NOT_ALLOWED, Some("method_not_allowed"));
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    let Ok(permit) = Arc::clone(&app.under_way).acquire_owned().await else {
        return own(StatusCode::SERVICE_UNAVAILABLE, Some("ended"));
    };
    // A task of its own: what a sender started is shown even if it does not wait for the answer.
    let task = tokio::spawn(async move {
        let response = take_in(&app, request).await;
        drop(permit);
        response
    });
    task.await.unwrap_or_else(|_| own(StatusCode::INTERNAL_SERVER_ERROR, Some("internal")))
}

async fn take_in(app: &Arc<App>, request: Request<Body>) -> Response<Body> {
    let at = SystemTime::now();
    let (parts, body) = request.into_parts();
    let read = if forward::has_been_here(&parts.headers) {
        Err(went_round())
    } else {
        body::read(&parts.headers, body, app.max_body, app.timeout, &app.memory).await
    };
    match read {
        Ok(body) => {
            let mut request = received(&parts, body);
            let verdict = judge(app, &mut request);
            let saved = save(app, at, &request, &verdict).await;
            let (answer, response) = match &app.forward {
                Some(forward) => forward.pass(parts, request.body.clone()).await,
                None => answer(&verdict),
            };
            app.reports
                .add(Arrival { number: 0, at, request, verdict, answer, saved, replay: None })
                .await;
            response
        }
        Err(refusal) => {
            let request = received(&parts, Bytes::new());
            let verdict = Verdict::Refused(refusal);
            let (answer, response) = answer(&verdict);
            let (saved, replay) = (None, None);
            app.reports
                .add(Arrival { number: 0, at, request, verdict, answer, saved, replay })
                .await;
            response
        }
    }
}

fn went_round() -> Refusal {
    let message = "`--forward` leads back to this listener: it passed this delivery on before";
    Refusal::new("loop", StatusCode::LOOP_DETECTED.as_u16(), message.to_owned())
}

fn received(parts: &Parts, body: Bytes) -> arrival::Request {
    let headers = parts.headers.iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
    arrival::Request {
        method: parts.method.to_string(),
        target: parts.uri.path_and_query().map_or("/", PathAndQuery::as_str).to_owned(),
        headers: headers.collect(),
        content: body.clone(),
        body,
    }
}

/// Judges a request by its body without the `Content-Encoding`.
pub(super) fn judge(app: &App, request: &mut arrival::Request) -> Verdict {
    match decode(app, request) {
        Ok(()) => verify(app, request),
        Err(refusal) => Verdict::Refused(refusal),
    }
}

/// Undoes the body's `Content-Encoding`, of which senders have signed nothing.
fn decode(app: &App, request: &mut arrival::Request) -> Result<(), Refusal> {
    let decoded = input::decode(&request.headers, &request.body, app.max_body)
        .map_err(|error| Refusal::new(error.as_str(), error.http_status(), error.to_string()))?;
    if let Some(decoded) = decoded {
        request.content = app.memory.hold(decoded).map_err(Refusal::from)?;
    }
    Ok(())
}

fn verify(app: &App, request: &arrival::Request) -> Verdict {
    match app.webhook.verify(&request.content, &request.head()) {
        Ok(event) => Verdict::Verified(Box::new(event.into_owned())),
        Err(error) => Verdict::Refused(Refusal::from(error)),
    }
}

/// Saves a delivery before anything is reported or passed on: what is there to be looked into is
/// not lost then.
async fn save(
    app: &Arc<App>,
    at: SystemTime,
    request: &arrival::Request,
    verdict: &Verdict,
) -> Option<Result<PathBuf, String>> {
    let folder = app.folder.clone()?;
    let name = super::save::name(at, verdict);
    let request = request.clone();
    let kept = tokio::task::spawn_blocking(move || folder.keep(&name, &request)).await;
    Some(kept.unwrap_or_else(|error| Err(error.to_string())))
}

/// Gives the answer that a verdict has, where no application gives one.
pub(super) fn answer(verdict: &Verdict) -> (Answer, Response<Body>) {
    let status = verdict.status();
    let code = match verdict {
        Verdict::Verified(_) => None,
        Verdict::Refused(refusal) => Some(refusal.code),
    };
    let response = own(StatusCode::from_u16(status).unwrap_or_default(), code);
    (Answer { status, from: None }, response)
}

/// Makes this program's own answer. It names the code alone: the reasons are for the developer.
fn own(status: StatusCode, code: Option<&str>) -> Response<Body> {
    let body = code.map_or_else(Body::empty, |code| json!({ "error": code }).to_string().into());
    let mut response = Response::new(body);
    *response.status_mut() = status;
    if code.is_some() {
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
    }
    response
}
