//! A placeholder in place of the secret.

use super::super::FindingCode;
use super::super::null_text::is_null_text;
use super::super::part::{Symptom, Weight};
use super::super::received::{ReceivedSecret, Secret};

pub(super) const SYMPTOM: Symptom<Secret> =
    Symptom { code: FindingCode::SecretPlaceholder, weight: Weight::Certain, shows };

fn shows(received: &ReceivedSecret<'_>) -> Option<String> {
    const STAND_INS: [&str; 4] = ["changeme", "change-me", "your-secret", "your_secret_here"];
    const BRACKETS: [(&str, &str); 5] =
        [("${", "}"), ("{{", "}}"), ("<", ">"), ("%", "%"), ("$(", ")")];
    let text = received.text()?.trim();
    if is_null_text(text) || STAND_INS.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return Some(
            "it is what a language prints for nothing, or a word that stands for a secret"
                .to_owned(),
        );
    }
    if let Some((open, close)) =
        BRACKETS.iter().find(|(open, close)| text.starts_with(open) && text.ends_with(close))
    {
        return Some(format!(
            "it stands in `{open}` and `{close}`, as a variable that was not filled in"
        ));
    }
    let is_variable = text.strip_prefix('$').is_some_and(|name| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    });
    if is_variable {
        return Some("it is a `$` and a variable's name, which nothing expanded".to_owned());
    }
    let masks = ['*', '\u{2022}', 'x', 'X', '.'];
    let is_masked = text.chars().count() >= 3
        && masks.iter().any(|mask| text.chars().all(|char| char == *mask));
    (is_masked).then(|| "it is a mask, as settings show in a secret's place".to_owned())
}
