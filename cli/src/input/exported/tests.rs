#![expect(clippy::unwrap_used, reason = "how a test fails")]

use serde_json::{Value, json};

use super::read;
use crate::input::har::Found;

fn found(value: &Value) -> Found {
    read(value.to_string().as_bytes(), None).unwrap()
}

fn refused(value: &Value) -> String {
    read(value.to_string().as_bytes(), None).unwrap_err().message.into_owned()
}

fn url(value: &Value) -> String {
    found(value).line.url.unwrap()
}

#[test]
fn addresses_are_those_that_the_sender_called() {
    let headers = json!({"a": "b"});
    for (event, expected) in [
        (
            json!({"httpMethod": "POST", "path": "/in", "headers": headers, "body": "",
                   "requestContext": {"domainName": "x.execute-api.eu-west-1.amazonaws.com", "path": "/prod/in"},
                   "multiValueQueryStringParameters": {"a b": ["1", "2&"], "c": ["é"]}}),
            "https://x.execute-api.eu-west-1.amazonaws.com/prod/in?a%20b=1&a%20b=2%26&c=%C3%A9",
        ),
        (
            json!({"version": "2.0", "rawPath": "/in", "rawQueryString": "a=%20&b", "headers": headers, "body": "",
                   "requestContext": {"domainName": "id.lambda-url.eu-west-1.on.aws", "http": {"method": "POST"}}}),
            "https://id.lambda-url.eu-west-1.on.aws/in?a=%20&b",
        ),
        (
            json!({"requestContext": {"elb": {}}, "httpMethod": "POST", "path": "/in", "headers": headers,
                   "queryStringParameters": {"a": "%20"}, "body": ""}),
            "/in?a=%20",
        ),
        (json!({"method": "POST", "url": "/in?a=b", "headers": headers, "body": ""}), "/in?a=b"),
        (
            json!({"method": "POST", "url": {"raw": "https://example.com/in", "path": ["in"]},
                   "header": [{"key": "a", "value": "b"}], "body": {"mode": "raw", "raw": ""}}),
            "https://example.com/in",
        ),
    ] {
        assert_eq!(url(&event), expected);
        assert_eq!(found(&event).line.method.as_deref(), Some("POST"));
    }
}

#[test]
fn bodies_are_bytes_again() {
    let body = |body: Value, is_base64: bool| {
        let event = json!({"headers": {"a": "b"}, "body": body, "isBase64Encoded": is_base64});
        read(event.to_string().as_bytes(), None).map(|found| found.delivery.body)
    };
    assert_eq!(body(json!("/wA="), true).unwrap(), [0xff, 0]);
    assert_eq!(body(json!("/wA="), false).unwrap(), b"/wA=");
    assert_eq!(body(json!({"type": "Buffer", "data": [255, 0]}), false).unwrap(), [0xff, 0]);
    let cloudfront = json!({"action": "read-only", "data": "e30=", "encoding": "base64", "inputTruncated": false});
    assert_eq!(body(cloudfront, false).unwrap(), b"{}");
    let event = json!({"headers": {"a": "b"}, "body": {"parsed": 1}, "rawBody": "{ \"parsed\":1}"});
    assert_eq!(found(&event).delivery.body, b"{ \"parsed\":1}");
    for (wrong, said) in [
        (json!({"parsed": 1}), "was parsed before it was written down"),
        (json!([1]), "was parsed"),
        (json!({"type": "Buffer", "data": [256]}), "was parsed"),
        (json!({"mode": "formdata", "formdata": []}), "not a raw one"),
        (json!({"data": "", "encoding": "base64", "inputTruncated": true}), "cut this body off"),
    ] {
        let message = body(wrong, false).unwrap_err().message;
        assert!(message.contains(said), "{message}");
    }
    assert!(body(json!("?"), true).unwrap_err().message.contains("base64"));
}

#[test]
fn requests_are_found_in_what_holds_them() {
    let request = json!({"method": "POST", "url": "/in", "headers": {"X-A": "b"}, "body": "{}"});
    for holder in [
        json!({"req": request, "res": {"headers": {"X-A": "c"}}}),
        json!({"severity": "INFO", "httpRequest": {"requestMethod": "POST"}, "jsonPayload": {"request": request}}),
        json!({"textPayload": request.to_string()}),
        json!({"records": [{"category": "FunctionAppLogs", "properties": {"message": request.to_string()}}]}),
        json!({"events": [{"timestamp": 1, "message": request.to_string()}]}),
        json!({"Data": {"req": {"Method": "POST", "Url": "/in", "Headers": {"X-A": ["b"]}, "Body": "{}"}}, "Metadata": {}}),
        json!({"info": {"name": "n"}, "item": [{"name": "folder", "item": [{"name": "r", "request": request,
               "response": [{"header": [{"key": "X-A", "value": "c"}], "body": "no"}]}]}]}),
        json!([{"event": request}]),
    ] {
        let found = found(&holder);
        assert_eq!(found.delivery.headers, [("X-A".to_owned(), b"b".to_vec())], "{holder}");
        assert_eq!(found.delivery.body, b"{}", "{holder}");
        assert_eq!(found.line.url.as_deref(), Some("/in"), "{holder}");
    }
}

#[test]
fn of_several_one_is_named() {
    let request = |path: &str| json!({"method": "POST", "url": format!("{path}?token=x"), "headers": {"a": "b"}, "body": path});
    let both = json!([request("/one"), request("/two")]).to_string();
    let message = read(both.as_bytes(), None).unwrap_err().message;
    assert!(message.ends_with("`--entry N`\n  1  POST /one\n  2  POST /two"), "{message}");
    assert_eq!(read(both.as_bytes(), Some(2)).unwrap().delivery.body, b"/two");
    assert!(read(both.as_bytes(), Some(3)).unwrap_err().message.contains("the file has 2"));
}

#[test]
fn what_is_no_request_is_said() {
    for (value, said) in [
        (json!({"type": "policy.created"}), "no request that is understood"),
        (json!([]), "no request that is understood"),
        (json!({"headers": {}}), "no request that is understood"),
        (json!({"headers": {"a": [[]]}, "body": ""}), "no request that is understood"),
        (json!({"headers": {"a": "b"}}), "give this file with `--headers-file`"),
    ] {
        assert!(refused(&value).contains(said), "{value}");
    }
    assert!(read(b"{\"a\"", None).unwrap_err().message.contains("line 1, column 4"));
    let deep = "[".repeat(100_000);
    assert!(read(deep.as_bytes(), None).is_err());
}
