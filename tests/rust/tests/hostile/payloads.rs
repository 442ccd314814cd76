use fastrand::Rng;
use hookseal::{ErrorCode, Scheme};
use hookseal_json::to_ecmascript;

use crate::{LITTLE, MILLION, outcome, signed, verify, webhook};

const HUGE: usize = 64 << 20;

/// An event of every provider, its data as long as it takes to make it so long.
fn body_of(length: usize) -> Vec<u8> {
    let frame = r#"{"type":"policy.created","event":"purchase.successful","data":""}"#;
    let filler = "Ren\u{e9} O\u{2019}Hara, policy 4711. ";
    let text = filler.repeat((length - frame.len()) / filler.len());
    let (start, end) = frame.split_at(frame.len() - 2);
    format!("{start}{text}{end}").into_bytes()
}

fn authentic(provider: &str, body: &[u8]) -> Result<(), ErrorCode> {
    let webhook = webhook(provider);
    outcome(&webhook, body, &signed(&webhook, body))
}

fn forged(provider: &str, body: &[u8]) -> Result<(), ErrorCode> {
    let webhook = webhook(provider);
    outcome(&webhook, body, &signed(&webhook, b"{}"))
}

#[test]
fn a_huge_body() {
    let body = body_of(HUGE);
    assert_eq!(authentic("kasko", &body), Ok(()));
    assert_eq!(forged("kasko", &body), Err(ErrorCode::SignatureMismatch));
    assert_eq!(authentic("kasko", &body[..body.len() - 1]), Err(ErrorCode::InvalidPayload));
}

#[test]
fn huge_garbage() {
    let mut rng = Rng::with_seed(7);
    let mut garbage: Vec<u8> = (0..MILLION).map(|_| rng.u8(..)).collect();
    for prefix in [&b""[..], b"{\"type\":\"", b"\xef\xbb\xbf{}", b"\x00"] {
        garbage.splice(..0, prefix.iter().copied());
        for provider in ["kasko", "claimport", "mycover"] {
            assert_eq!(authentic(provider, &garbage), Err(ErrorCode::InvalidPayload));
            assert_eq!(forged(provider, &garbage), Err(ErrorCode::SignatureMismatch));
        }
    }
}

#[test]
fn a_million_brackets() {
    let mut checked = 0;
    for opening in ["[", "{\"a\":", "[{\"a\":", "{\"type\":[", " [\n"] {
        let body = opening.repeat(MILLION).into_bytes();
        for provider in ["kasko", "coverkit", "mycover"] {
            assert_eq!(authentic(provider, &body), Err(ErrorCode::InvalidPayload), "{opening}");
            checked += 1;
        }
        let refused = Scheme::parse(&opening.repeat(MILLION)).map(|_| ());
        assert_eq!(refused.map_err(|error| error.code()), Err(ErrorCode::InvalidScheme));
    }
    assert_eq!(checked, 15);
}

/// The members of an object, as many as there are numbers.
fn object(numbers: impl Iterator<Item = usize>, member: impl Fn(usize) -> String) -> Vec<u8> {
    let members: Vec<String> = numbers.map(member).collect();
    let data = members.join(",");
    format!(r#"{{"type":"a","event":"purchase.successful","data":{{{data}}}}}"#).into_bytes()
}

#[test]
fn a_million_members() {
    let distinct = object(0..MILLION, |number| format!("\"key{number}\":{number}"));
    let equal = object(0..MILLION, |number| format!("\"key\":{number}"));
    let types = object(0..MILLION, |_| "\"a\":0},\"type\":\"b\",\"x\":{\"b\":1".to_owned());
    for body in [&distinct, &equal, &types] {
        assert_eq!(authentic("coverkit", body), Ok(()));
        assert_eq!(forged("coverkit", body), Err(ErrorCode::SignatureMismatch));
    }
}

/// How many bytes the ECMAScript form may take for each one of the body.
const PER_BYTE: usize = 12;

/// The form that MyCover.ai signs may take memory, in proportion to the body.
#[test]
fn a_million_members_to_rewrite() {
    let many = MILLION / 4;
    let mut checked = 0;
    for body in [
        // Array indices in the wrong order.
        object((0..many).rev(), |number| format!("\"{number}\":0")),
        object((0..many).rev(), |number| format!("\"{}\":0", number * 4001 % many)),
        // Duplicates: as short as can be, of one, of each.
        object(0..many, |_| "\"\":0".to_owned()),
        object(0..many, |number| format!("\"key\" :{number}")),
        object(0..many, |number| format!("\"key{}\":{number}", number % (many / 2))),
        // Alike in length and in their last characters.
        object(0..many, |number| format!("\"{number:08}-policy-number\": 0")),
        object(0..many, |_| "\"a\":{\"1\":0,\"0\":0}".to_owned()),
    ] {
        let webhook = webhook("mycover");
        let headers = signed(&webhook, &body);
        let (event, usage) = verify(&webhook, &body, &headers);
        let event = event.expect("it is authentic");
        let text = core::str::from_utf8(&body).expect("it is JSON");
        assert_eq!(Ok(event.body()), to_ecmascript(text).as_deref().map(str::as_bytes));
        assert_ne!(event.body(), body);
        assert!(usage.peak <= PER_BYTE * body.len(), "{usage:?} for {}", body.len());

        let (error, usage) = verify(&webhook, &body, &signed(&webhook, b"{}"));
        let code = error.map(|_| ()).map_err(|error| error.code());
        assert_eq!(code, Err(ErrorCode::SignatureMismatch));
        assert!(usage.peak <= PER_BYTE * body.len(), "{usage:?} for {}", body.len());
        checked += 1;
    }
    assert_eq!(checked, 7);
}

/// Each of the objects, one in another, is put in order, and with it all that it holds.
#[test]
fn rewriting_deeply_nested_objects() {
    let levels = 126;
    let innermost = "x".repeat(MILLION);
    let body = format!(
        "{{\"event\":\"a\",\"data\":{}\"{innermost}\"{}}}",
        "{\"1\":".repeat(levels),
        ",\"0\":0}".repeat(levels)
    );
    let webhook = webhook("mycover");
    let (event, usage) = verify(&webhook, body.as_bytes(), &signed(&webhook, body.as_bytes()));
    let event = event.expect("it is authentic");
    let ordered = format!("\"0\":0,\"1\":\"{innermost}\"{}", "}".repeat(levels + 1));
    assert!(event.body().ends_with(ordered.as_bytes()));
    assert!(usage.peak < 8 * body.len(), "{usage:?}");
}

#[test]
fn huge_tokens() {
    let mut checked = 0;
    for token in [
        "7".repeat(MILLION),
        format!("0.{}", "7".repeat(MILLION)),
        format!("1e{}", "7".repeat(MILLION)),
        format!("-0.{}1e{MILLION}", "0".repeat(MILLION)),
        format!("\"{}\"", "\\u00e9".repeat(MILLION)),
        format!("\"{}\"", "\\\\".repeat(MILLION)),
        format!("{{\"{}\":1}}", "k".repeat(MILLION)),
        " ".repeat(MILLION) + "0",
        format!("[{}0]", "0,".repeat(MILLION)),
        format!("[{}0]", "[],".repeat(MILLION)),
    ] {
        let body = format!("{{\"type\":\"a\",\"event\":\"a\",\"data\":{token}}}").into_bytes();
        assert_eq!(authentic("coverkit", &body), Ok(()));
        let webhook = webhook("mycover");
        let (event, usage) = verify(&webhook, &body, &signed(&webhook, &body));
        assert!(event.is_ok(), "{event:?}");
        assert!(usage.peak < 4 * body.len() + LITTLE, "{usage:?} for {}", body.len());
        checked += 1;
    }
    assert_eq!(checked, 10);
}

/// How often memory is asked for does not depend on the body.
#[test]
fn as_many_allocations_for_any_body() {
    let webhook = webhook("claimport");
    let calls = |length: usize| {
        let body = body_of(length);
        let (event, usage) = verify(&webhook, &body, &signed(&webhook, &body));
        assert!(event.is_ok(), "{event:?}");
        usage.calls
    };
    let few = calls(300);
    assert_eq!(calls(MILLION), few);
    assert!(few <= 2, "{few}");
}
