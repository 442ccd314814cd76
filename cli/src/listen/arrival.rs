//! One request that arrived.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use hookseal::{Event, Report};

/// A request that arrived, what was found out about it, and how it was answered.
#[derive(Debug)]
pub(super) struct Arrival {
    /// Counted from 1; the journal gives it.
    pub(super) number: u64,
    pub(super) at: SystemTime,
    pub(super) request: Received,
    pub(super) verdict: Verdict,
    pub(super) answer: Answer,
    /// The file that it is kept in, or why it could not be; `None` if it was not to be.
    pub(super) saved: Option<Result<PathBuf, String>>,
}

/// What came in.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Bytes,
}

/// Whether it is genuine.
#[derive(Debug)]
pub(super) enum Verdict {
    Verified(Box<Event<'static>>),
    Refused(Refusal),
}

/// Why it is not, or was not taken at all.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) status: u16,
    /// Whether it is for the core to say why.
    pub(super) is_of_the_core: bool,
    /// What was found out about the cause.
    pub(super) explanation: Option<Report>,
}

/// What the sender was told.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// `None` if the answer is this program's own.
    pub(super) from: Option<Target>,
}

/// Where a delivery was passed on to.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) url: String,
    pub(super) elapsed: Duration,
    /// Why it did not answer.
    pub(super) failure: Option<String>,
}

impl Arrival {
    pub(super) fn is_verified(&self) -> bool {
        matches!(self.verdict, Verdict::Verified(_))
    }

    /// What it is called in a list: the event's type, or what is wrong.
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

    /// How much memory it takes, more or less.
    pub(super) fn weight(&self) -> usize {
        let event = match &self.verdict {
            Verdict::Verified(event) => event.body().len(),
            Verdict::Refused(_) => 0,
        };
        let headers = self.request.headers.iter();
        let headers: usize = headers.map(|(name, value)| name.len() + value.len()).sum();
        event + headers + self.request.body.len() + self.request.target.len()
    }
}

impl Verdict {
    /// The status to answer with.
    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Verified(_) => 204,
            Self::Refused(refusal) => refusal.status,
        }
    }
}

impl From<hookseal::Error> for Refusal {
    fn from(error: hookseal::Error) -> Self {
        Self {
            code: error.code().as_str(),
            message: error.message().to_owned(),
            status: error.http_status(),
            is_of_the_core: true,
            explanation: None,
        }
    }
}
