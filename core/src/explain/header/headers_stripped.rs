//! Headers that are absent or empty.

use super::super::FindingCode;
use super::super::null_text::is_null_text;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedHeaders, Request};

pub(super) const SYMPTOM: Symptom<Request> =
    Symptom { code: FindingCode::HeadersStripped, weight: Weight::Unusual, shows };

fn shows(received: &ReceivedHeaders<'_>) -> Option<String> {
    let mut absent = Vec::new();
    let mut present = 0;
    for (names, header) in received.needed() {
        match header {
            None => absent.push(format!("`{}` is absent", names[0].as_str())),
            Some(header) if header.value.trim().is_empty() => {
                absent.push(format!("`{}` is empty", header.display()));
            }
            Some(header) if is_null_text(&header.value) => {
                let word = header.value.trim();
                absent.push(format!("`{}` is `{word}`, a word for nothing", header.display()));
            }
            Some(_) => present += 1,
        }
    }
    if absent.is_empty() || received.others_signature().is_some() {
        return None;
    }
    let others = match present {
        _ if received.given.is_signature_alone => {
            "; only the signature's value was given".to_owned()
        }
        0 => {
            let count = received.given.headers.len();
            format!("; none of the sender's is among the {count} that came")
        }
        count => format!("; of the others that the scheme needs, {count} came"),
    };
    Some(format!("{}{others}", absent.join(", ")))
}
