//! One request that arrived.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use hookseal::{Event, Report, RequestHead};

use super::memory::Exhausted;
use crate::advice;

/// A request that arrived, what was found out about it, and how it was answered.
#[derive(Debug)]
pub(super) struct Arrival {
    /// Counted from 1; the history gives it.
    pub(super) number: u64,
    pub(super) at: SystemTime,
    pub(super) request: Request,
    pub(super) verdict: Verdict,
    pub(super) answer: Answer,
    /// The file that it is kept in, or why it could not be; `None` if it was not to be.
    pub(super) saved: Option<Result<PathBuf, String>>,
    /// What it repeats, if it did not come from outside.
    pub(super) replay: Option<Replay>,
}

/// The delivery that one repeats.
#[derive(Clone, Copy, Debug)]
pub(super) struct Replay {
    /// Its number.
    pub(super) of: u64,
    /// `true` if it was signed anew, as its time was too old.
    pub(super) is_signed_anew: bool,
}

/// A request as it came in.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    /// Byte for byte as it was sent.
    pub(super) body: Bytes,
    /// The body without its `Content-Encoding`: what is verified and shown.
    pub(super) content: Bytes,
}

/// The verdict: genuine, or not.
#[derive(Debug)]
pub(super) enum Verdict {
    Verified(Box<Event<'static>>),
    Refused(Refusal),
}

/// The reason why a request is not genuine, or was not taken at all.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) status: u16,
    /// `true` if it is for the core to say why.
    pub(super) is_of_the_core: bool,
    /// The explanation that was found.
    pub(super) explanation: Option<Box<Report>>,
}

/// The answer that the sender got.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// `None` if the answer is this program's own.
    pub(super) from: Option<Target>,
}

/// The target that a delivery was passed on to.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) url: String,
    pub(super) elapsed: Duration,
    /// The reason why it did not answer.
    pub(super) failure: Option<String>,
}

impl Request {
    /// Gives the head that is verified. Which host the sender called, and how, is not certain: there
    /// may be a tunnel before this.
    pub(super) fn head(&self) -> RequestHead<'_, [(String, Vec<u8>)]> {
        RequestHead::new(self.headers.as_slice()).method(&*self.method).url(&*self.target)
    }
}

impl Arrival {
    pub(super) fn is_verified(&self) -> bool {
        matches!(self.verdict, Verdict::Verified(_))
    }

    /// Tells whether all of it is there, so that it can be replayed.
    pub(super) fn is_whole(&self) -> bool {
        match &self.verdict {
            Verdict::Refused(refusal) if !refusal.is_of_the_core => !self.request.body.is_empty(),
            _ => true,
        }
    }

    /// Says what to do if the application refused it although it is genuine.
    pub(super) fn advice(&self) -> Option<String> {
        let target = self.answer.from.as_ref()?;
        let is_its_own = self.is_verified() && target.failure.is_none();
        is_its_own.then(|| advice::refused("your application", self.answer.status))?
    }

    /// Says how to go on if it does not verify and no cause was found, unless it is kept in a file.
    pub(super) fn next_step(&self) -> Option<&'static str> {
        let Verdict::Refused(refusal) = &self.verdict else { return None };
        let is_explained = |report: &Report| !report.findings().is_empty();
        let is_open = refusal.is_of_the_core
            && self.saved.is_none()
            && self.replay.is_none()
            && !refusal.explanation.as_deref().is_some_and(is_explained);
        is_open.then_some(
            "`--save DIR` keeps deliveries for `hookseal explain`, which takes further secrets",
        )
    }

    /// Gives its name in a list: the event's type, or what is wrong.
    pub(super) fn label(&self) -> &str {
        match &self.verdict {
            Verdict::Verified(event) if event.event_type().is_empty() => "(without a type)",
            Verdict::Verified(event) => event.event_type(),
            Verdict::Refused(refusal) => refusal.code,
        }
    }

    pub(super) fn is_test(&self) -> bool {
        matches!(&self.verdict, Verdict::Verified(event) if event.is_test())
    }

    /// Gives the memory that it takes, more or less.
    pub(super) fn weight(&self) -> usize {
        let event = match &self.verdict {
            Verdict::Verified(event) => event.body().len(),
            Verdict::Refused(_) => 0,
        };
        let headers = self.request.headers.iter();
        let headers: usize = headers.map(|(name, value)| name.len() + value.len()).sum();
        let request = &self.request;
        let is_encoded = request.content.as_ptr() != request.body.as_ptr();
        let content = if is_encoded { request.content.len() } else { 0 };
        event + headers + request.body.len() + content + request.target.len()
    }
}

impl Verdict {
    /// Gives the status to answer with.
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Verified(_) => 204,
            Self::Refused(refusal) => refusal.status,
        }
    }
}

impl Refusal {
    /// Makes a refusal of this program's own, before anything is verified.
    pub(super) fn new(code: &'static str, status: u16, message: String) -> Self {
        Self { code, message, status, is_of_the_core: false, explanation: None }
    }
}

impl From<Exhausted> for Refusal {
    fn from(_: Exhausted) -> Self {
        let message = "too many large bodies are under way at once: send it again later";
        Self::new("unavailable", 503, message.to_owned())
    }
}

impl From<hookseal::Error> for Refusal {
    fn from(error: hookseal::Error) -> Self {
        Self {
            code: error.code().as_str(),
            // What the message says to call next is called here.
            message: error.summary().to_owned(),
            status: error.http_status(),
            is_of_the_core: true,
            explanation: None,
        }
    }
}
