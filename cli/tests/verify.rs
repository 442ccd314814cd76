//! `hookseal verify`, as a user and as a script would call it.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use std::process::{Command, Stdio};

use support::{Folder, Ran, SECRET, fed, hookseal, run};

const BODY: &str = "{\"type\":\"claim.created\",\"id\":\"evt_1\",\"timestamp\":\"2026-01-01T00:00:00Z\",\n\
                    \"data\":{\"amount\":12345678901234567890.10,\"note\":\"a\\u001b[31m\u{9b}b\"}}";

/// The signature header of a body, from `sign`.
fn signed(body: &str) -> String {
    fed(&mut hookseal(["sign", "-p", "claimport"]), body).ok().stdout.trim_end().to_owned()
}

fn verify(arguments: &[&str]) -> Command {
    hookseal(["verify", "-p", "claimport"].iter().chain(arguments))
}

#[test]
fn an_event_is_shown() {
    let header = signed(BODY);
    let ran = fed(&mut verify(&["-H", &header]), BODY).ok();
    assert_eq!(
        ran.stdout,
        "verified: signed by ClaimPort\n\
         type        claim.created\n\
         id          evt_1\n\
         created_at  2026-01-01T00:00:00Z\n\
         dedupe_key  claimport:evt_1\n\
         data\n  {\n    \"amount\": 12345678901234567890.10,\n    \
         \"note\": \"a\\u001b[31m\\u009bb\"\n  }\n"
    );
}

#[test]
fn json_is_one_line_with_every_field() {
    let header = signed(BODY);
    let ran = fed(&mut verify(&["--json", "-H", &header]), BODY).ok();
    assert_eq!(
        ran.stdout,
        "{\"provider\":\"claimport\",\"type\":\"claim.created\",\"id\":\"evt_1\",\
         \"created_at\":\"2026-01-01T00:00:00Z\",\"test\":false,\"check\":false,\
         \"data\":{\"amount\":12345678901234567890.10,\"note\":\"a\\u001b[31m\\u009bb\"},\
         \"unsigned\":[],\"key_index\":0,\"dedupe_key\":\"claimport:evt_1\"}\n"
    );
}

#[test]
fn data_alone_is_as_the_body_has_it() {
    let header = signed(BODY);
    let ran = fed(&mut verify(&["--data", "-H", &header]), BODY).ok();
    assert_eq!(
        ran.stdout,
        "{\"amount\":12345678901234567890.10,\"note\":\"a\\u001b[31m\u{9b}b\"}\n"
    );
}

#[test]
fn a_forgery_is_refused() {
    let header = signed(BODY);
    let forged = BODY.replace("12345", "92345");
    let ran = fed(&mut verify(&["-H", &header]), &forged).failed(1);
    assert!(ran.stderr.starts_with("error: the signature does not match"), "{ran:?}");
    let end = "[signature_mismatch, answer 401]\nfind out why: the same command line, with `explain` in \
               place of `verify`\n";
    assert!(ran.stderr.ends_with(end), "{ran:?}");
    for hidden in [SECRET, &header[header.len() - 40..]] {
        assert!(!ran.stderr.contains(hidden), "{ran:?}");
    }
    let error = fed(&mut verify(&["--json", "-H", &header]), &forged).failed(1).json_error();
    assert_eq!(error["code"], "signature_mismatch");
    assert_eq!(error["http_status"], 401);
    assert!(error["message"].as_str().unwrap().contains("raw bytes"), "{error}");
}

#[test]
fn any_of_several_secrets_may_match() {
    let folder = Folder::new();
    let header = signed(BODY);
    let old = folder.file("old", format!("{SECRET}\r\n"));
    let new = folder.file("new", "whsec_new");
    let files = ["--secret-file", &new, "--secret-file", &old, "-H", &header];
    let mut command = verify(&files);
    // Files come before the variable.
    let ran = fed(command.env("HOOKSEAL_SECRET", "another"), BODY).ok();
    assert!(ran.stdout.contains("\nkey_index   1\n"), "{ran:?}");
    let ran = fed(&mut verify(&["--secret-file", &new, "-H", &header]), BODY).failed(1);
    assert!(ran.stderr.contains("[signature_mismatch"), "{ran:?}");
}

/// One newline at the end is an editor's. Whatever else is round a secret is a mistake to be told.
#[test]
fn white_space_round_a_secret_is_refused() {
    let folder = Folder::new();
    for content in ["whsec_new\n\n", " whsec_new", "whsec_new \n", "", "\n", "\"whsec_new\""] {
        let file = folder.file("secret", content);
        let ran = fed(&mut verify(&["--secret-file", &file]), BODY).failed(3);
        assert!(ran.stderr.contains("[invalid_secret]"), "{content:?}: {ran:?}");
        assert!(!ran.stderr.contains("whsec_new"), "{content:?}: {ran:?}");
    }
    let mut command = verify(&[]);
    let ran = fed(command.env("HOOKSEAL_SECRET", "whsec_new\n"), BODY).failed(3);
    assert!(ran.stderr.contains("white space"), "{ran:?}");
}

/// As PowerShell and some editors write files.
#[test]
fn a_secret_in_another_encoding_is_told() {
    let folder = Folder::new();
    let header = signed(BODY);
    let utf16 = |mark: &str, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{mark}{SECRET}\r\n").encode_utf16().flat_map(to_bytes).collect()
    };
    for (content, said) in [
        (utf16("\u{feff}", u16::to_le_bytes), "UTF-16"),
        (utf16("\u{feff}", u16::to_be_bytes), "UTF-16"),
        (utf16("", u16::to_le_bytes), "UTF-16"),
        (format!("\u{feff}{SECRET}").into_bytes(), "byte order mark"),
    ] {
        let file = folder.file("secret", content);
        for command in
            ["sign", "verify", "listen", "send http://localhost:9/ --event claim.created"]
        {
            let arguments = format!("{command} -p claimport --secret-file {file}");
            let ran = fed(&mut hookseal(arguments.split(' ')), BODY).failed(3);
            assert!(ran.stderr.contains(said) && ran.stderr.contains(&file), "{command}: {ran:?}");
            assert!(ran.stderr.ends_with(" [invalid_secret]\n"), "{ran:?}");
        }
        // It takes any, to find out what is wrong.
        let arguments = ["explain", "-p", "claimport", "--secret-file", &file, "-H", &header];
        fed(&mut hookseal(arguments), BODY).code(1);
    }
}

/// The last moments that RFC 3339 can write, and the first that it cannot, in any zone.
#[test]
fn any_moment_that_a_sender_names_is_shown_or_none() {
    for (timestamp, shown) in [
        ("9999-12-31T23:59:59Z", Some("9999-12-31T23:59:59Z")),
        ("9999-12-31T23:59:59+23:59", Some("9999-12-31T00:00:59Z")),
        ("9999-12-31T23:59:59-23:59", None),
        ("9999-12-31T23:59:59-00:01", None),
        ("0000-01-01T00:00:00Z", Some("0000-01-01T00:00:00Z")),
        ("0000-01-01T00:00:00+23:59", None),
        ("1969-12-31T23:59:59.5Z", Some("1969-12-31T23:59:59.5Z")),
    ] {
        let body = format!("{{\"type\":\"a\",\"timestamp\":\"{timestamp}\"}}");
        let header = signed(&body);
        let json = fed(&mut verify(&["--json", "-H", &header]), &body).ok().json();
        assert_eq!(json["created_at"].as_str(), shown, "{timestamp}");
        let text = fed(&mut verify(&["-H", &header]), &body).ok().stdout;
        assert_eq!(text.contains("created_at"), shown.is_some(), "{timestamp}: {text}");
    }
    // As arguments.
    for now in ["9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00+23:59", "9223372036854775807"] {
        let header = fed(&mut hookseal(["sign", "-p", "stripe"]), "{}").ok().stdout;
        let given = ["verify", "-p", "stripe", "-H", header.trim_end(), "--now", now];
        let ran = fed(&mut hookseal(given), "{}").failed(1);
        assert!(ran.stderr.contains("[timestamp_out_of_tolerance"), "{now}: {ran:?}");
    }
}

/// One of each kind of what a terminal obeys, and of what hides or turns round other text.
const HIDING: &str = "\u{1}\u{1b}\u{7f}\u{9b}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{180b}\u{180e}\
    \u{200b}\u{200e}\u{2028}\u{202e}\u{2060}\u{2066}\u{2800}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{fffb}\
    \u{1bca0}\u{1d173}\u{e0001}\u{e0100}";

#[test]
fn nothing_of_others_reaches_a_terminal_as_it_is() {
    let folder = Folder::new();
    let scheme = folder.file(
        "scheme.json",
        serde_json::json!({
            "name": "own",
            "title": format!("T{HIDING}"),
            "signature": {
                "header": "X-Sig", "algorithm": "hmac-sha256", "encoding": "hex", "content": "{body}",
            },
            "event": {"type": {"pointer": "/type"}, "id": {"pointer": "/id"}, "data": {"pointer": "/data"}},
        })
        .to_string(),
    );
    let text = format!("a{HIDING}b");
    let body = serde_json::json!({"type": text, "id": text, "data": {(text.as_str()): [text]}});
    let header = fed(&mut hookseal(["sign", "--scheme", &scheme]), body.to_string()).ok().stdout;
    let is_bad = |character: char| HIDING.contains(character);
    for (arguments, header) in [
        (&["verify"][..], header.trim_end()),
        (&["verify", "--json"], header.trim_end()),
        (&["verify"], "X-Sig: 00"),
        (&["explain"], &format!("X-Sig: {}", "0".repeat(64))),
        (&["explain", "--json"], &format!("X-Sig: {}", "0".repeat(64))),
        (&["explain"], &format!("X-Sig: {HIDING}")),
    ] {
        let given = [arguments, &["--scheme", &scheme, "-H", header]].concat();
        let ran = fed(&mut hookseal(given), body.to_string());
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert_eq!(all.find(is_bad), None, "{arguments:?}: {ran:?}");
    }
    // JSON says the same in escapes.
    let given = ["verify", "--json", "--scheme", &scheme, "-H", header.trim_end()];
    let json = fed(&mut hookseal(given), body.to_string()).ok().json();
    assert_eq!((&json["type"], &json["data"]), (&body["type"], &body["data"]));
    let given =
        ["send", "http://localhost:9/", "-", "--scheme", &scheme, "--event", &text, "--no-retry"];
    let ran = fed(&mut hookseal(given), body.to_string());
    let all = format!("{}{}", ran.stdout, ran.stderr);
    assert!(all.contains("connection refused"), "{ran:?}");
    assert_eq!(all.find(is_bad), None, "{ran:?}");
}

#[test]
fn a_secret_that_can_be_guessed_is_noted() {
    let folder = Folder::new();
    let short = folder.file("secret", "whsec_MTIz");
    let arguments = ["sign", "-p", "standard-webhooks", "--id", "a", "--secret-file", &short];
    let ran = fed(&mut hookseal(arguments), "{}");
    assert_eq!(ran.exit, 0, "{ran:?}");
    assert!(ran.stderr.starts_with("note: ") && ran.stderr.contains("3 bytes"), "{ran:?}");
    assert!(!ran.stderr.contains("MTIz"), "{ran:?}");
}

#[test]
fn a_secret_is_needed() {
    let mut command = verify(&[]);
    let ran = fed(command.env_remove("HOOKSEAL_SECRET"), BODY).failed(3);
    assert!(
        ran.stderr.contains("HOOKSEAL_SECRET") && ran.stderr.contains("--secret-file"),
        "{ran:?}"
    );
    let ran = fed(&mut verify(&["--secret-file", "/nowhere/secret"]), BODY).failed(4);
    assert!(ran.stderr.contains("/nowhere/secret"), "{ran:?}");
}

#[test]
fn a_secret_is_refused_as_an_argument() {
    for arguments in [
        "verify -p claimport --secret hunter2",
        "verify --secret=hunter2",
        "--secret hunter2 nonsense",
        "send --secret hunter2",
        "listen --secret=hunter2",
    ] {
        let ran = run(arguments).failed(2);
        assert!(ran.stderr.contains("list of processes"), "{arguments}: {ran:?}");
        assert!(ran.stderr.contains("HOOKSEAL_SECRET"), "{arguments}: {ran:?}");
        assert!(!ran.stderr.contains("hunter2"), "{arguments}: {ran:?}");
    }
    let error = run("verify --json --secret hunter2").failed(2).json_error();
    assert_eq!(error["code"], "usage");
    assert!(error["message"].as_str().unwrap().contains("list of processes"), "{error}");
}

#[test]
fn the_clock_can_be_set() {
    let arguments = "sign -p stripe --timestamp 1767225600";
    let header = fed(&mut hookseal(arguments.split(' ')), "{}").ok().stdout;
    let verify = |arguments: &[&str]| {
        let given = ["verify", "-p", "stripe", "-H", header.trim_end()];
        fed(&mut hookseal(given.iter().chain(arguments)), "{}")
    };
    for now in ["1767225900", "2026-01-01T00:05:00Z", "2026-01-01T01:05:00+01:00", "1767225899.5"] {
        verify(&["--now", now]).ok();
    }
    for now in ["1767225901", "2026-01-01T00:05:01Z", "1767225299"] {
        let ran = verify(&["--now", now]).failed(1);
        assert!(ran.stderr.contains("[timestamp_out_of_tolerance, answer 401]"), "{now}: {ran:?}");
        verify(&["--now", now, "--tolerance", "301"]).ok();
    }
    verify(&[]).failed(1);
    let ran = verify(&["--now", "soon"]).failed(2);
    assert!(ran.stderr.contains("RFC 3339"), "{ran:?}");
    assert_eq!(verify(&["--tolerance=-1"]).exit, 2);
}

#[test]
fn the_body_is_raw_bytes_from_a_file_or_standard_input() {
    let folder = Folder::new();
    let scheme = folder.file(
        "scheme.toml",
        "name = \"own\"\n[[signature]]\nheader = \"X-Sig\"\nalgorithm = \"hmac-sha256\"\n\
         encoding = \"hex\"\ncontent = \"{body}\"\n[payload]\nformat = \"bytes\"\n\
         [event]\ntype_required = false\n",
    );
    let body: Vec<u8> = (0..=255).chain(*b"\r\n\n").collect();
    let file = folder.file("body", &body);
    let own = |arguments: &[&str]| hookseal(arguments.iter().chain(&["--scheme", &scheme]));
    let header = Ran::from(own(&["sign", &file]).output().unwrap()).ok().stdout;
    for arguments in [&["-"][..], &[]] {
        let arguments = [&["verify", "-H", header.trim_end()], arguments].concat();
        fed(&mut own(&arguments), &body).ok();
        fed(&mut own(&arguments), &body[1..]).failed(1);
    }
    let ran = Ran::from(own(&["verify", "-H", header.trim_end(), &file]).output().unwrap()).ok();
    assert!(ran.stdout.starts_with("verified: signed by own\ndedupe_key  own::"), "{ran:?}");
    let ran = run("verify -p claimport /nowhere/body").failed(4);
    assert!(ran.stderr.contains("/nowhere/body: No such file"), "{ran:?}");
}

#[test]
fn headers_come_from_arguments_and_files() {
    let folder = Folder::new();
    let header = signed(BODY);
    let (name, value) = header.split_once(": ").unwrap();
    let lines = format!("POST /hooks HTTP/1.1\r\nHost: a\r\n\r\n{name}:\t{value} \r\n");
    for content in [
        lines,
        format!("{name}: {value}"),
        serde_json::json!({"host": "a", "n": 1, (name.to_lowercase()): value}).to_string(),
        serde_json::json!({(name): [value, value]}).to_string(),
        serde_json::json!([["host", "a"], [name, value]]).to_string(),
        // Node's `rawHeaders`.
        serde_json::json!(["Host", "a", name, value]).to_string(),
        // An HTTP archive's and a cloud's log, Charles, Postman; .NET writes its names so.
        serde_json::json!([{"name": "host", "value": "a"}, {"name": name, "value": value}]).to_string(),
        serde_json::json!([{"key": name, "value": value, "type": "text"}]).to_string(),
        serde_json::json!([{"Key": name, "Value": value}]).to_string(),
        serde_json::json!([{"key": name, "value": "x", "disabled": true}, {"key": name, "value": value}]).to_string(),
        // Lambda's events, of version 2 and 1 and of a load balancer, and Lambda@Edge.
        serde_json::json!({"version": "2.0", "headers": {"host": "a", (name.to_lowercase()): value}, "body": "{}"}).to_string(),
        serde_json::json!({"headers": {(name): "the last of several"}, "multiValueHeaders": {(name): [value]}}).to_string(),
        serde_json::json!({"headers": {(name): value}, "multiValueHeaders": {}}).to_string(),
        serde_json::json!({"headers": {(name): value}, "multiValueHeaders": null}).to_string(),
        serde_json::json!({"headers": null, "multiValueHeaders": {(name): [value]}}).to_string(),
        serde_json::json!({"headers": {(name.to_lowercase()): [{"key": name, "value": value}]}}).to_string(),
        // A request as servers log it, of HTTP/2, and an entry of an archive.
        serde_json::json!({"method": "POST", "headers": {":path": "/", "x-none": null, (name): value}}).to_string(),
        serde_json::json!({"method": "POST", "headers": [{"name": name, "value": value}]}).to_string(),
        serde_json::json!({"method": "POST", "header": [{"key": name, "value": value}]}).to_string(),
        // Headers can have these names too.
        serde_json::json!({"headers": "a", "header": ["a", "b"], (name): value}).to_string(),
    ] {
        let file = folder.file("headers", &content);
        let ran = fed(&mut verify(&["--headers-file", &file]), BODY);
        assert_eq!(ran.exit, 0, "{content}: {ran:?}");
    }
    // Both count: given twice with different values, a signature is refused.
    let file = folder.file("headers", &header);
    let ran = fed(&mut verify(&["--headers-file", &file, "-H", &format!("{name}: x")]), BODY);
    assert!(ran.failed(1).stderr.contains("[malformed_header"));
    for (content, said) in [
        ("Host: a\nhunter2", "line 2 has no colon"),
        ("Host: a\n folded", "line 2 begins with white space"),
        ("Ho st: a", "line 1 has a name that HTTP does not allow"),
        ("{\"a\":", "no JSON that is understood"),
        ("{\"a\":{}}", "no JSON that is understood"),
        ("[\"a\"]", "no JSON that is understood"),
        ("[\"a\",1]", "no JSON that is understood"),
        ("[{\"name\":\"a\"}]", "no JSON that is understood"),
        ("[{\"name\":1,\"value\":\"a\"}]", "no JSON that is understood"),
        ("[{\"value\":\"hunter2\"}]", "no JSON that is understood"),
        ("{\"a\":true}", "no JSON that is understood"),
    ] {
        let file = folder.file("headers", content);
        let ran = fed(&mut verify(&["--headers-file", &file]), BODY).failed(4);
        assert!(ran.stderr.contains(said) && !ran.stderr.contains("hunter2"), "{content}: {ran:?}");
    }
    let ran = fed(&mut verify(&["-H", "hunter2"]), BODY).failed(2);
    assert!(ran.stderr.contains("no colon") && !ran.stderr.contains("hunter2"), "{ran:?}");
}

/// On a terminal, as `script` makes one: colours, and no waiting for a body that nobody types.
#[test]
fn a_terminal_is_treated_as_one() {
    let folder = Folder::new();
    let body = folder.file("body", BODY);
    let on_terminal = |arguments: &str, variable: &str| {
        let binary = env!("CARGO_BIN_EXE_hookseal");
        let mut command = Command::new("script");
        command.args(["-qec", &format!("{variable} {binary} {arguments}"), "/dev/null"]);
        command.env("HOOKSEAL_SECRET", SECRET).env("TERM", "xterm").env_remove("NO_COLOR");
        Ran::from(command.stdin(Stdio::null()).output().unwrap())
    };
    let ran = on_terminal("verify -p claimport", "");
    assert_eq!(ran.exit, 2, "{ran:?}");
    assert!(ran.stdout.contains("standard input, which is a terminal"), "{ran:?}");

    let verify = format!("verify -p claimport -H '{}' {body}", signed(BODY));
    let coloured = on_terminal(&verify, "");
    assert_eq!(coloured.exit, 0, "{coloured:?}");
    assert!(coloured.stdout.contains("\x1b[1m\x1b[32mverified\x1b[0m"), "{coloured:?}");
    for (arguments, variable) in
        [(verify.clone(), "NO_COLOR=1"), (format!("{verify} --color never"), "")]
    {
        let plain = on_terminal(&arguments, variable);
        assert!(plain.stdout.contains("verified: signed by ClaimPort"), "{plain:?}");
        assert!(!plain.stdout.contains('\x1b'), "{plain:?}");
    }
    // Data for a reader is laid out; what a terminal would obey never reaches it.
    let data = on_terminal(&format!("{verify} --data"), "NO_COLOR=1");
    assert!(data.stdout.contains("  \"note\": \"a\\u001b[31m\\u009bb\""), "{data:?}");

    let mut piped = hookseal(["verify", "-p", "claimport", "--color=always", "-H", &signed(BODY)]);
    assert!(fed(&mut piped, BODY).ok().stdout.contains("\x1b[32mverified"));
}
