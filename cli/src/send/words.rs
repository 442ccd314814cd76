//! Answers, in words.

use super::human;
use super::sender::Reply;

/// What came back, and how long it took: `204 No Content in 3.1 ms`.
pub(super) fn answer(reply: &Reply) -> String {
    match &reply.answer {
        Ok(_) => format!("{} in {}", status(reply), human::latency(reply.took)),
        Err(trouble) => trouble.message.clone(),
    }
}

/// What came back, in short: `204 No Content`, `connection refused`.
pub(super) fn status(reply: &Reply) -> String {
    match &reply.answer {
        Ok(answer) => {
            answer.status.to_string().trim_end_matches(" <unknown status code>").to_owned()
        }
        Err(trouble) => trouble.cause.name().to_owned(),
    }
}
