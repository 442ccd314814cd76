//! Answers what comes to the listener's ports.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response};

use super::app::App;
use super::page;
use super::receive::receive;
use crate::serve::{Guard, Port};

/// The kind of requests that are served on a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Serves {
    Deliveries,
    Page,
    Both,
}

/// Serves a port until the listener is to end.
pub(super) async fn serve(port: Port, serves: Serves, app: Arc<App>) {
    let (stop, timeout) = (app.stop.clone(), app.timeout);
    port.serve(stop, timeout, move |request, local| {
        answer(Arc::clone(&app), serves, local, request)
    })
    .await;
}

async fn answer(
    app: Arc<App>,
    serves: Serves,
    local: IpAddr,
    request: Request<Body>,
) -> Response<Body> {
    let guard = Guard::new(local, &app.allowed_hosts);
    let is_page = serves != Serves::Deliveries && page::is_for(&request);
    match serves {
        _ if is_page => page::answer(&app, guard, request.map(drop)).await,
        Serves::Page => page::nothing_else(),
        Serves::Deliveries | Serves::Both => receive(Arc::clone(&app), guard, request).await,
    }
}
