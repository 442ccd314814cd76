//! JSON that is known to be valid, laid out anew without touching a number or a string.

/// Two spaces for each level, one value in each line.
pub(crate) fn pretty(json: &str) -> String {
    pretty_up_to(json, usize::MAX).unwrap_or_else(|begun| begun)
}

/// The same, or as much of it as makes about so many bytes: the deeper a value is, the more room
/// its line takes.
pub(crate) fn pretty_up_to(json: &str, limit: usize) -> Result<String, String> {
    let mut out = String::with_capacity(json.len().saturating_mul(2).min(limit));
    let mut level = 0_usize;
    let mut tokens = Tokens { rest: json }.peekable();
    while let Some(token) = tokens.next() {
        if out.len() >= limit {
            return Err(out);
        }
        match token {
            "{" | "[" => {
                out.push_str(token);
                if let Some(close) = tokens.next_if(|next| matches!(*next, "}" | "]")) {
                    out.push_str(close);
                } else {
                    level += 1;
                    new_line(&mut out, level);
                }
            }
            "}" | "]" => {
                level = level.saturating_sub(1);
                new_line(&mut out, level);
                out.push_str(token);
            }
            "," => {
                out.push(',');
                new_line(&mut out, level);
            }
            ":" => out.push_str(": "),
            _ => out.push_str(token),
        }
    }
    Ok(out)
}

fn new_line(out: &mut String, level: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", level));
}

/// Brackets, commas, colons, and scalars as they are written.
struct Tokens<'j> {
    rest: &'j str,
}

impl<'j> Iterator for Tokens<'j> {
    type Item = &'j str;

    fn next(&mut self) -> Option<&'j str> {
        let rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let length = match rest.as_bytes().first()? {
            b'{' | b'}' | b'[' | b']' | b',' | b':' => 1,
            b'"' => string_length(rest),
            _ => {
                let ends = |character| matches!(character, ',' | '}' | ']' | ':');
                rest.find(|character: char| ends(character) || character.is_ascii_whitespace())
                    .unwrap_or(rest.len())
            }
        };
        let (token, rest) = rest.split_at(length);
        self.rest = rest;
        Some(token)
    }
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    end.map_or(text.len(), |inside| inside + 2)
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn values_stay_as_they_are_written() {
        let json = r#"{"a":[1.0, 1E400,"x\"]\\"],"b":{} , "c" :[],"d":{"e":null}}"#;
        let expected = r#"{
  "a": [
    1.0,
    1E400,
    "x\"]\\"
  ],
  "b": {},
  "c": [],
  "d": {
    "e": null
  }
}"#;
        assert_eq!(pretty(json), expected);
        assert_eq!(pretty(&pretty(json)), expected);
    }
}
