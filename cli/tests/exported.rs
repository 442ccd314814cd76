//! Requests as JSON, each as its maker documents it: a delivery is put into the event that the
//! documentation shows, and verified.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use serde_json::{Value, json};
use support::{Folder, Ran, fed, hookseal};

const BODY: &str = "{ \"holder\":\"Zoë ☂\",\r\n \"premium\":1.50 }";

/// The headers of KASKO's for the body.
fn signed() -> Vec<(String, String)> {
    let sign = ["sign", "-p", "kasko", "--type", "policy.created", "--id", "delivery-1"];
    let printed = fed(&mut hookseal(sign), BODY).ok().stdout;
    let pair = |line: &str| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.to_owned(), value.to_owned())
    };
    printed.lines().map(pair).collect()
}

fn base64() -> String {
    use base64ct::{Base64, Encoding as _};
    Base64::encode_string(BODY.as_bytes())
}

/// Each header with its value in this form.
fn headers(form: fn(&str, &str) -> (String, Value)) -> Value {
    let all = signed();
    Value::Object(all.iter().map(|(name, value)| form(name, value)).collect())
}

fn plain(name: &str, value: &str) -> (String, Value) {
    (name.to_owned(), value.into())
}

fn lower(name: &str, value: &str) -> (String, Value) {
    (name.to_lowercase(), value.into())
}

fn list(name: &str, value: &str) -> (String, Value) {
    (name.to_owned(), json!([value]))
}

fn run(command: &str, more: &[&str], file: &str) -> Ran {
    let arguments = [&[command, "-p", "kasko", "--request", file][..], more].concat();
    hookseal(arguments).output().map(Ran::from).unwrap()
}

/// The events and logs that hold a whole request.
fn whole() -> Vec<(&'static str, Value)> {
    let context = json!({"accountId": "123456789012", "apiId": "api", "stage": "prod", "requestId": "id",
        "domainName": "api.execute-api.us-east-1.amazonaws.com", "path": "/prod/in", "httpMethod": "POST"});
    let named: Vec<Value> = signed()
        .into_iter()
        .map(|(key, value)| json!({"key": key, "value": value, "type": "text"}))
        .collect();
    let edge =
        |name: &str, value: &str| (name.to_lowercase(), json!([{"key": name, "value": value}]));
    vec![
        // docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
        (
            "API Gateway, 1.0",
            json!({"version": "1.0", "resource": "/in", "path": "/in", "httpMethod": "POST", "headers": headers(plain),
                "multiValueHeaders": headers(list), "queryStringParameters": null, "multiValueQueryStringParameters": null,
                "requestContext": context, "pathParameters": null, "stageVariables": null, "body": BODY,
                "isBase64Encoded": false}),
        ),
        (
            "API Gateway, 2.0",
            json!({"version": "2.0", "routeKey": "$default", "rawPath": "/in", "rawQueryString": "a=1&b=",
                "cookies": ["c=d"], "headers": headers(lower), "queryStringParameters": {"a": "1", "b": ""},
                "requestContext": {"accountId": "123456789012", "domainName": "id.execute-api.us-east-1.amazonaws.com",
                    "http": {"method": "POST", "path": "/in", "protocol": "HTTP/1.1"}, "stage": "$default"},
                "body": base64(), "isBase64Encoded": true}),
        ),
        // docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
        (
            "a load balancer",
            json!({"requestContext": {"elb": {"targetGroupArn": "arn"}}, "httpMethod": "POST", "path": "/in",
                "multiValueQueryStringParameters": {}, "multiValueHeaders": headers(list), "body": BODY,
                "isBase64Encoded": false}),
        ),
        // docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
        (
            "Lambda@Edge",
            json!({"Records": [{"cf": {"config": {"distributionDomainName": "d123.cloudfront.net"}, "request": {
                "body": {"action": "read-only", "data": base64(), "encoding": "base64", "inputTruncated": false},
                "clientIp": "2001:0db8::1", "querystring": "a=b", "uri": "/in", "method": "POST",
                "headers": headers(edge)}}}]}),
        ),
        // learn.microsoft.com/azure/azure-functions/functions-custom-handlers
        (
            "Azure Functions",
            json!({"Data": {"req": {"Url": "https://f.azurewebsites.net/api/in", "Method": "POST", "Query": "{}",
                "Headers": headers(list), "Params": {}, "Identities": "[]", "Body": BODY}}, "Metadata": {}}),
        ),
        // cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry
        (
            "Google Cloud's log",
            json!({"insertId": "1", "httpRequest": {"requestMethod": "POST", "requestUrl": "https://f.run.app/in"},
                "jsonPayload": {"message": "refused", "request": {"method": "POST", "url": "/in", "headers": headers(lower),
                    "rawBody": BODY, "body": {"holder": "Zoë ☂"}}},
                "severity": "WARNING", "timestamp": "2026-01-01T00:00:00Z"}),
        ),
        // docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
        (
            "CloudWatch's log",
            json!({"events": [{"ingestionTime": 1, "timestamp": 1, "message":
                json!({"level": "INFO", "req": {"method": "POST", "url": "/in", "headers": headers(lower), "body": BODY}})
                    .to_string()}]}),
        ),
        // schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
        (
            "Postman's collection",
            json!({"info": {"name": "hooks", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
                "item": [{"name": "KASKO", "item": [{"name": "created", "request": {"method": "POST", "header": named,
                    "body": {"mode": "raw", "raw": BODY, "options": {"raw": {"language": "json"}}},
                    "url": {"raw": "{{host}}/in", "host": ["{{host}}"], "path": ["in"]}}, "response": []}]}]}),
        ),
        (
            "an HTTP archive",
            json!({"log": {"version": "1.2", "entries": [{"request": {"method": "POST", "url": "https://example.com/in",
                "headers": signed().into_iter().map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>(),
                "postData": {"mimeType": "application/json", "text": BODY}}}]}}),
        ),
    ]
}

#[test]
fn one_file_has_headers_and_body() {
    let folder = Folder::new();
    for (what, event) in whole() {
        for text in [event.to_string(), format!("\u{feff}{event:#}\n")] {
            let file = folder.file("event.json", text);
            let json = run("verify", &["--json"], &file).ok().json();
            assert_eq!(json["type"], "policy.created", "{what}");
            assert_eq!(json["data"]["holder"], "Zoë ☂", "{what}");
            assert!(
                run("explain", &[], &file).ok().stdout.contains("nothing to explain"),
                "{what}"
            );
        }
    }
}

/// With the body in a file of its own, also where they hold none.
#[test]
fn the_same_files_are_lists_of_headers() {
    let folder = Folder::new();
    let functions = |name: &str, value: &str| (name.to_lowercase(), json!({"value": value}));
    let many = |name: &str, value: &str| {
        (name.to_lowercase(), json!({"value": value, "multiValue": [{"value": value}]}))
    };
    let mut lists = whole();
    // docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
    lists.push((
        "CloudFront",
        json!({"method": "POST", "uri": "/in", "headers": headers(functions), "cookies": {}}),
    ));
    lists.push((
        "CloudFront",
        json!({"method": "POST", "uri": "/in", "headers": headers(many), "cookies": {}}),
    ));
    for (what, list) in lists {
        let file = folder.file("headers.json", list.to_string());
        let ran = fed(&mut hookseal(["verify", "-p", "kasko", "--headers-file", &file]), BODY);
        assert_eq!(ran.exit, 0, "{what}: {ran:?}");
    }
}

#[test]
fn of_several_one_is_named_and_a_saved_one_can_be_sent() {
    let folder = Folder::new();
    let (_, event) = whole().remove(0);
    let mut other = event.clone();
    other["body"] = "{}".into();
    let file = folder.file("events.json", json!([other, event]).to_string());
    let error = run("verify", &["--json"], &file).failed(4).json_error();
    assert!(error["message"].as_str().unwrap().contains("say which with `--entry N`"), "{error}");
    run("verify", &["--entry", "2"], &file).ok();
    let refused = run("verify", &["--entry", "1", "--json"], &file).failed(1).json_error();
    assert_eq!(refused["code"], "signature_mismatch");
    let explain = refused["explain"].as_str().unwrap();
    assert_eq!(explain, format!("hookseal explain -p kasko --request {file} --entry 1 --json"));

    let file = folder.file("event.json", event.to_string());
    let sent = run("send", &["http://127.0.0.1:9/", "--no-retry"], &file);
    assert_eq!(sent.exit, 4, "{sent:?}");
    assert!(sent.stdout.contains("connection refused"), "{sent:?}");
}

/// As Postman's console shows it: the request, and below it the answer.
#[test]
fn postmans_console_is_a_raw_request() {
    let folder = Folder::new();
    let pairs = signed();
    let lines = pairs.iter().map(|(name, value)| format!("{name}: {value}\n"));
    let headers = lines.collect::<Vec<_>>().concat();
    let console = format!(
        "POST /in HTTP/1.1\nUser-Agent: PostmanRuntime/7.43.0\n{headers}Host: example.com\n\
         Content-Length: {}\n \n{BODY}\n \nHTTP/1.1 204 No Content\nDate: Thu, 01 Jan 2026 00:00:00 GMT\n",
        BODY.len()
    );
    let file = folder.file("console.txt", console);
    run("verify", &[], &file).ok();
}
