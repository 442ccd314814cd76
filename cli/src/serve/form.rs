//! Queries as browsers write them.

/// Gives the names and values of a query as `URLSearchParams` writes it.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (&str, String)> {
    query.split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name, decoded(value))
    })
}

/// Undoes the encoding of forms.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|two| two.iter().all(u8::is_ascii_hexdigit));
        let hex = hex.and_then(|two| std::str::from_utf8(two).ok());
        let escaped = hex.filter(|_| *first == b'%');
        if let Some(byte) = escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_of_forms_is_undone() {
        assert_eq!(decoded("%"), "%");
        assert_eq!(decoded("%+1%4"), "% 1%4");
        let all: Vec<_> = pairs("a=b%26c&d").collect();
        assert_eq!(all, [("a", "b&c".to_owned()), ("d", String::new())]);
    }
}
