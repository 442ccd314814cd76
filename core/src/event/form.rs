//! The value of a form's field (`application/x-www-form-urlencoded`).

/// Decodes the value of a form's only field: `+` is a space, `%` and two hexadecimal digits a byte.
///
/// # Errors
/// What no sender writes so, as the end of a sentence.
pub(super) fn decode(value: &str) -> Result<String, &'static str> {
    let mut decoded = Vec::with_capacity(value.len());
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'&' => return Err("the form has a second field"),
            b'+' => b' ',
            b'%' => match (bytes.next().and_then(hex), bytes.next().and_then(hex)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err("the form has a `%` without two hexadecimal digits after it"),
            },
            byte => byte,
        });
    }
    String::from_utf8(decoded).map_err(|_| "what the form holds is not valid UTF-8")
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
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
