//! Sends every kind of forgery, and checks that the endpoint believes none.

mod draft;
mod kinds;
mod report;
mod signature;

use std::time::SystemTime;

use super::errand::Errand;
use super::progress::Progress;
use super::sender::Reply;
use super::terms::Terms;
use super::trouble::Cause;
use crate::failure::Failure;
pub(super) use draft::Draft;
use kinds::Forgery;
pub(super) use report::report;

/// What was sent, and what the endpoint made of it.
pub(super) struct Check {
    pub(super) kind: &'static str,
    pub(super) what: String,
    pub(super) is_genuine: bool,
    pub(super) reply: Reply,
    pub(super) verdict: Verdict,
}

/// All checks, and what could not be checked.
pub(super) struct Findings {
    pub(super) checks: Vec<Check>,
    /// What no endpoint can find out about this sender's deliveries.
    pub(super) limits: Vec<String>,
}

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Taken for success.
    Accepted,
    /// Refused as the sender's fault: 4xx.
    Refused,
    /// The endpoint failed: 5xx.
    Crashed,
    /// Sent elsewhere: 3xx, which refuses nothing.
    Redirected,
    /// No answer in time.
    Hung,
    /// The connection ended, or was not made.
    Lost,
}

impl Verdict {
    fn of(reply: &Reply, terms: &Terms) -> Self {
        match &reply.answer {
            Err(trouble) if trouble.cause == Cause::Timeout => Self::Hung,
            Err(_) => Self::Lost,
            Ok(answer) if terms.succeeds(answer.status.as_u16()) => Self::Accepted,
            Ok(answer) if answer.status.is_client_error() => Self::Refused,
            Ok(answer) if answer.status.is_server_error() => Self::Crashed,
            Ok(_) => Self::Redirected,
        }
    }
}

impl Check {
    fn new(
        kind: &'static str,
        what: String,
        is_genuine: bool,
        reply: Reply,
        terms: &Terms,
    ) -> Self {
        let verdict = Verdict::of(&reply, terms);
        Self { kind, what, is_genuine, reply, verdict }
    }

    /// Whether the endpoint did what it should.
    pub(super) fn is_passed(&self) -> bool {
        self.verdict == if self.is_genuine { Verdict::Accepted } else { Verdict::Refused }
    }
}

/// Sends a genuine delivery, each forgery, and the genuine one again, as a provider's retry: an
/// endpoint that refuses whatever comes must not pass.
pub(super) async fn check(
    errand: &Errand,
    draft: &Draft,
    progress: Progress,
) -> Result<Findings, Failure> {
    let Some(signed) = errand.signed() else {
        return Err(Failure::usage("forgeries are made with your secret: add `--resign`"));
    };
    let forgeries = kinds::all(signed, draft)?;
    let genuine = |what: &str| Forgery {
        kind: "genuine",
        what: what.to_owned(),
        body: signed.message.body.clone(),
        headers: Vec::new(),
    };
    let first = genuine("genuine");
    let again = genuine("genuine, once more");
    let order = core::iter::once(&first).chain(&forgeries).chain(core::iter::once(&again));
    let mut checks: Vec<Check> = Vec::new();
    for forgery in order {
        progress.fleeting(&format!(
            "{} of {}: {}",
            checks.len() + 1,
            forgeries.len() + 2,
            forgery.what
        ));
        let is_genuine = forgery.kind == "genuine";
        let letter = if is_genuine {
            let headers = signed.message.sign(&signed.webhook, SystemTime::now())?;
            errand.parcel.letter_of(signed, forgery.body.clone(), &headers)?
        } else {
            errand.parcel.letter_of(signed, forgery.body.clone(), &forgery.headers)?
        };
        errand.show(&letter, progress);
        let reply = errand.sender.send(letter).await;
        let check =
            Check::new(forgery.kind, forgery.what.clone(), is_genuine, reply, &errand.terms);
        let is_reached = super::history::was_reached(&check.reply);
        checks.push(check);
        if !is_reached && checks.len() == 1 {
            break;
        }
    }
    progress.clear();
    Ok(Findings { checks, limits: kinds::limits(signed, draft) })
}
