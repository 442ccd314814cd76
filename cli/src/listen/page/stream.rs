//! The stream of events to an open page.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::Event;
use futures_util::Stream;
use futures_util::stream::unfold;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::view;
use crate::listen::app::App;
use crate::listen::history::Latest;

struct State {
    app: Arc<App>,
    /// The number of the last arrival that the page was told of.
    last: u64,
    latest: watch::Receiver<Latest>,
    /// The number up to which the page was told that they are gone.
    cleared: u64,
    asked_to_end: Pin<Box<dyn Future<Output = ()> + Send>>,
    waiting: VecDeque<Event>,
    _permit: OwnedSemaphorePermit,
}

/// Streams a greeting, what is kept, `ready`, and then each arrival. A page that was told of some
/// in this session is told of the others.
pub(super) fn stream(
    app: &Arc<App>,
    last_event_id: Option<&str>,
    permit: OwnedSemaphorePermit,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let session = app.page.session.as_str();
    let seen = last_event_id.and_then(|id| id.strip_prefix(session)?.strip_prefix('-'));
    let mut state = State {
        app: Arc::clone(app),
        last: seen.and_then(|seen| seen.parse().ok()).unwrap_or(0),
        latest: app.history.latest(),
        cleared: 0,
        asked_to_end: Box::pin(app.stop.asked()),
        waiting: VecDeque::new(),
        _permit: permit,
    };
    let hello = Event::default().event("hello").retry(Duration::from_secs(1));
    state.waiting.push_back(with(hello, &view::hello(app)));
    state.take();
    state.waiting.push_back(Event::default().event("ready").data("{}"));
    unfold(state, next)
}

async fn next(mut state: State) -> Option<(Result<Event, Infallible>, State)> {
    loop {
        if let Some(event) = state.waiting.pop_front() {
            return Some((Ok(event), state));
        }
        tokio::select! {
            changed = state.latest.changed() => changed.ok()?,
            () = &mut state.asked_to_end => return None,
        }
        state.take();
    }
}

impl State {
    /// Takes what arrived since.
    fn take(&mut self) {
        let Latest { cleared, .. } = *self.latest.borrow_and_update();
        if cleared > self.cleared {
            self.cleared = cleared;
            let event = Event::default().event("cleared");
            self.waiting.push_back(with(event, &json!({ "up_to": cleared })));
        }
        for arrival in self.app.history.after(self.last) {
            self.last = arrival.number;
            let id = format!("{}-{}", self.app.page.session, arrival.number);
            let event = Event::default().event("delivery").id(id);
            self.waiting.push_back(with(event, &view::summary(&self.app, &arrival)));
        }
    }
}

fn with(event: Event, data: &serde_json::Value) -> Event {
    event.data(data.to_string())
}
