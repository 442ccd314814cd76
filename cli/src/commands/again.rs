//! The command line that explains what `verify` was just given.

use std::env;

use crate::args::DeliveryArgs;
use crate::text::shell;

/// What stands for a body that was read from standard input, which cannot be read again.
const PLACEHOLDER: &str = "FILE";

/// Says how to explain the same delivery: the command line to paste, or how to make it of this one.
pub(super) fn explain(delivery: &DeliveryArgs) -> String {
    let words: Option<Vec<String>> =
        env::args_os().skip(1).map(|word| word.into_string().ok()).collect();
    match words {
        // A header on the command line may be the signature, which no message shows.
        Some(words) if delivery.headers.is_empty() => {
            let is_whole = delivery.request.is_some() || delivery.har.is_some();
            line(&words, delivery.body.is_none() && !is_whole)
        }
        _ => "the same command line, with `explain` in place of `verify`".to_owned(),
    }
}

/// Writes the command line; `is_unnamed` if the body came from standard input without being named.
fn line(words: &[String], is_unnamed: bool) -> String {
    let place = words.iter().position(|word| word == "verify");
    let renamed = words.iter().enumerate().map(|(index, word)| match word.as_str() {
        _ if Some(index) == place => "explain".to_owned(),
        "-" => PLACEHOLDER.to_owned(),
        word => shell::word(word),
    });
    let mut all: Vec<String> = renamed.filter(|word| word != "--data").collect();
    if is_unnamed {
        all.push(PLACEHOLDER.to_owned());
    }
    let is_read = all.iter().any(|word| word == PLACEHOLDER);
    let rest = if is_read { ", with what stood on standard input in FILE" } else { "" };
    format!("hookseal {}{rest}", all.join(" "))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_command_line_is_written_again() {
        for (words, is_unnamed, expected) in [
            (
                "verify -p kasko --headers-file h body.json --data",
                false,
                "hookseal explain -p kasko --headers-file h body.json",
            ),
            (
                "--json verify --request a$b.http",
                false,
                "hookseal --json explain --request 'a$b.http'",
            ),
            (
                "verify -p kasko --headers-file h",
                true,
                "hookseal explain -p kasko --headers-file h FILE, with what stood on standard input in FILE",
            ),
            (
                "verify -p kasko --request -",
                false,
                "hookseal explain -p kasko --request FILE, with what stood on standard input in FILE",
            ),
            ("verify -p verify b", false, "hookseal explain -p verify b"),
        ] {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            assert_eq!(line(&words, is_unnamed), expected);
        }
    }
}
