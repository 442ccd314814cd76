//! The value of a form's field (`application/x-www-form-urlencoded`).

use crate::percent::{self, Plus};

/// Decodes the value of a form's only field: `+` is a space, `%` and two hexadecimal digits a byte.
///
/// # Errors
/// What no sender writes so, as the end of a sentence.
pub(super) fn decode(value: &str) -> Result<String, &'static str> {
    if value.contains('&') {
        return Err("the form has a second field");
    }
    let decoded = percent::decode(value, Plus::Space)
        .ok_or("the form has a `%` without two hexadecimal digits after it")?;
    String::from_utf8(decoded).map_err(|_| "what the form holds is not valid UTF-8")
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn values_are_decoded_by_the_letter() {
        for (value, decoded) in [
            ("", Ok("")),
            ("a+b%20c%2Bd", Ok("a b c+d")),
            ("%7B%22a%22%3A1%7d", Ok("{\"a\":1}")),
            ("%C3%A9é%", Err("the form has a `%` without two hexadecimal digits after it")),
            ("é%C3%A9", Ok("éé")),
            ("a=b", Ok("a=b")),
            ("%4", Err("the form has a `%` without two hexadecimal digits after it")),
            ("%+1", Err("the form has a `%` without two hexadecimal digits after it")),
            ("%zz", Err("the form has a `%` without two hexadecimal digits after it")),
            ("a&b=c", Err("the form has a second field")),
            ("a&", Err("the form has a second field")),
            ("%C3", Err("what the form holds is not valid UTF-8")),
        ] {
            assert_eq!(decode(value).as_deref(), decoded.as_deref(), "{value}");
        }
    }
}
