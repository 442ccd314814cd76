//! Sends a kept delivery to the application again, or verifies it again if there is none.

use std::sync::Arc;
use std::time::SystemTime;

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Request as HttpRequest};

use super::app::App;
use super::arrival::{Arrival, Replay, Request, Verdict};
use super::receive::{answer, judge};
use crate::input::{Delivery, RequestLine};
use crate::send::resigned;

/// Replays a delivery and leaves it to be reported as one of its own.
pub(super) async fn replay(app: Arc<App>, original: Arc<Arrival>) {
    let Ok(_permit) = Arc::clone(&app.under_way).acquire_owned().await else { return };
    let at = SystemTime::now();
    let mut request = original.request.clone();
    let mut verdict = judge(&app, &mut request);
    let mut replay = Replay { of: original.number, is_signed_anew: false };
    // Every application would refuse it: the sender signs each attempt anew.
    if app.forward.is_some()
        && original.is_verified()
        && is_too_old(&verdict)
        && let Some(signed) = signed_anew(&app, &request, at)
    {
        request = signed;
        verdict = judge(&app, &mut request);
        replay.is_signed_anew = true;
    }
    let answer = match (&app.forward, parts(&request)) {
        (Some(forward), Some(parts)) => forward.pass(parts, request.body.clone()).await.0,
        _ => answer(&verdict).0,
    };
    let replay = Some(replay);
    app.reports.add(Arrival { number: 0, at, request, verdict, answer, saved: None, replay }).await;
}

fn is_too_old(verdict: &Verdict) -> bool {
    let code = hookseal::ErrorCode::TimestampOutOfTolerance.as_str();
    matches!(verdict, Verdict::Refused(refusal) if refusal.code == code)
}

/// The same delivery, signed with the first secret at this time; `None` if it cannot be.
fn signed_anew(app: &App, request: &Request, at: SystemTime) -> Option<Request> {
    let delivery = Delivery { body: request.body.to_vec(), headers: request.headers.clone() };
    let line = RequestLine::new(&request.method, &request.target);
    let signed = resigned(&app.webhook, delivery, line, at).ok()?;
    let body = Bytes::from(signed.body);
    Some(Request { headers: signed.headers, body: body.clone(), content: body, ..request.clone() })
}

/// The head of a request as it is passed on.
fn parts(request: &Request) -> Option<Parts> {
    let made = HttpRequest::builder().method(request.method.as_str()).uri(&request.target);
    let (mut parts, ()) = made.body(()).ok()?.into_parts();
    for (name, value) in &request.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        parts.headers.append(name, HeaderValue::from_bytes(value).ok()?);
    }
    Some(parts)
}
