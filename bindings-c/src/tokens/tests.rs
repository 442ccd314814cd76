use super::*;

/// Returns the tokens of a JSON text, as text.
fn said(json: &str) -> String {
    let tokens = Tokens::of(Some(json));
    let say = |token: &hookseal_token| match token.kind {
        HOOKSEAL_TOKEN_NULL => "null".to_owned(),
        HOOKSEAL_TOKEN_FALSE => "false".to_owned(),
        HOOKSEAL_TOKEN_TRUE => "true".to_owned(),
        // SAFETY: the kind says that it is one.
        HOOKSEAL_TOKEN_INTEGER => format!("i{}", unsafe { token.value.integer }),
        // SAFETY: the kind says that it is one.
        HOOKSEAL_TOKEN_NUMBER => format!("n{:?}", unsafe { token.value.number }),
        HOOKSEAL_TOKEN_STRING => {
            // SAFETY: the kind says that it is one.
            let text = unsafe { token.value.text };
            // SAFETY: it points to so many bytes, which live as long as the tokens and the JSON.
            let text = unsafe { core::slice::from_raw_parts(text.cast(), token.count as usize) };
            format!("{:?}", String::from_utf8_lossy(text))
        }
        HOOKSEAL_TOKEN_ARRAY => format!("[{}", token.count),
        HOOKSEAL_TOKEN_OBJECT => format!("{{{}", token.count),
        other => format!("?{other}"),
    };
    tokens.list.iter().map(say).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_container_counts_what_it_holds_and_that_follows() {
    assert_eq!(said("[]"), "[0");
    assert_eq!(said("{}"), "{0");
    assert_eq!(
        said(r#"{"a":[1,[],{"b":null}],"c":{"":true},"a":false}"#),
        r#"{3 "a" [3 i1 [0 {1 "b" null "c" {1 "" true "a" false"#
    );
    let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
    assert_eq!(said(&deep), format!("{}[0", "[1 ".repeat(127)));
}

#[test]
fn integers_are_those_that_64_bits_hold() {
    assert_eq!(said("[0,-0,-0.0,1.0,1e2]"), "[5 i0 i0 n-0.0 n1.0 n100.0");
    assert_eq!(
        said("[999999999999999999,9223372036854775807,9223372036854775808]"),
        "[3 i999999999999999999 i9223372036854775807 n9.223372036854776e18"
    );
    assert_eq!(
        said("[-9223372036854775808,-9223372036854775809,1e999]"),
        "[3 i-9223372036854775808 n-9.223372036854776e18 ninf"
    );
}

#[test]
fn strings_are_decoded_and_stay_where_they_are() {
    assert_eq!(
        said(r#"["é","\u00e9\ud83d\ude00","\ud800","\u0000","-","\u002d"]"#),
        "[6 \"é\" \"é😀\" \"\u{fffd}\" \"\\0\" \"-\" \"-\""
    );
    // As many decoded strings as there can be in a text.
    let json = format!("[{}\"\\n\"]", "\"\\n\",".repeat(10_000));
    let expected = format!("[10001{}", " \"\\n\"".repeat(10_001));
    assert_eq!(said(&json), expected);
}

#[test]
fn no_text_has_no_tokens() {
    assert!(Tokens::of(None).list.is_empty());
    assert!(hookseal_tokens::from(&Tokens::of(None)).data.is_null());
    assert!(hookseal_tokens::default().data.is_null());
}
