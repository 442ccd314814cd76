//! Random ids and secrets.

use crate::random::random;

/// Makes a new id that looks like another one: its prefix stays, and a UUID stays one.
pub(super) fn like(id: &str) -> String {
    let random = hex(&random::<16>());
    if id.len() == 36 && id.matches('-').count() == 4 {
        let (a, b, c) = (&random[..8], &random[8..12], &random[13..16]);
        return format!("{a}-{b}-4{c}-8{}-{}", &random[17..20], &random[20..]);
    }
    let prefix = id.rfind('_').map_or("", |end| &id[..=end]);
    format!("{prefix}{random}")
}

/// Makes a secret that nobody has. It can be read as text, as hexadecimal and as base64, so that it
/// fits any scheme.
pub(super) fn secret() -> String {
    hex(&random::<32>())
}

const DIGITS: [char; 16] =
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| DIGITS[half as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_id_looks_like_the_old_one() {
        let id = like("evt_abc123");
        assert!(id.starts_with("evt_") && id.len() == 36 && id != like("evt_abc123"), "{id}");
        let uuid = like("72d3162e-cc78-11e3-81ab-4c9367dc0958");
        let groups: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12], "{uuid}");
        assert_eq!(like("plain").len(), 32);
    }
}
