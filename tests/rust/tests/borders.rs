//! What is signed is one text. Searches random schemes for a text that two different deliveries
//! have, by taking it apart in every way there is; and tries the moves that were once possible.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use fastrand::Rng;
use hookseal::{ErrorCode, Scheme, SignOptions, Webhook};
use serde_json::{Value, json};

const SECRET: &str = "secret";
const NOW: u64 = 1_760_000_000;

/// The values of a delivery: empty where its form does not sign one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Values {
    id: String,
    timestamp: String,
    body: String,
}

/// Forms of one header, told apart by a prefix, and what kind of bodies there are.
#[derive(Debug)]
struct Sender {
    contents: Vec<String>,
    format: &'static str,
}

impl Sender {
    fn new<const FORMS: usize>(contents: [&str; FORMS], format: &'static str) -> Self {
        Self { contents: contents.map(str::to_owned).to_vec(), format }
    }

    fn webhook(&self) -> Result<Webhook, ErrorCode> {
        let form = |(number, content): (usize, &String)| {
            json!({ "header": "X-Sig", "algorithm": "hmac-sha256", "encoding": "hex",
                    "prefix": format!("v{number}="), "content": content })
        };
        let forms: Vec<Value> = self.contents.iter().enumerate().map(form).collect();
        let mut scheme = json!({ "name": "sender", "signature": forms,
            "payload": { "format": self.format }, "event": { "type_required": false } });
        if self.contents.iter().any(|content| content.contains("{id}")) {
            scheme["id"] = json!({ "header": "X-Id" });
        }
        let has_timestamp = self.contents.iter().any(|content| content.contains("{timestamp}"));
        if has_timestamp {
            scheme["timestamp"] = json!({ "header": "X-Time", "unit": "seconds" });
        }
        let scheme = Scheme::parse(&scheme.to_string()).map_err(|error| error.code())?;
        let mut builder = Webhook::builder(scheme);
        if has_timestamp {
            builder = builder.tolerance(Duration::MAX);
        }
        builder.build([SECRET]).map_err(|error| error.code())
    }

    fn text(&self, form: usize, values: &Values) -> String {
        self.contents[form]
            .replace("{id}", "\u{1}")
            .replace("{timestamp}", "\u{2}")
            .replace("{body}", &values.body)
            .replace('\u{1}', &values.id)
            .replace('\u{2}', &values.timestamp)
    }
}

/// The digest of any text.
fn digest(text: &str) -> String {
    let scheme = r#"{"name":"x","signature":{"header":"X-Sig","algorithm":"hmac-sha256",
        "encoding":"hex","content":"{body}"},"payload":{"format":"bytes"},
        "event":{"type_required":false}}"#;
    let webhook = Webhook::builder(Scheme::parse(scheme).unwrap()).build([SECRET]).unwrap();
    webhook.sign(text, &SignOptions::new()).unwrap().remove(0).1
}

fn verifies(
    webhook: &Webhook,
    form: usize,
    values: &Values,
    digest: &str,
) -> Result<(), ErrorCode> {
    let mut headers = vec![("X-Sig", format!("v{form}={digest}"))];
    if !values.id.is_empty() {
        headers.push(("X-Id", values.id.clone()));
    }
    if !values.timestamp.is_empty() {
        headers.push(("X-Time", values.timestamp.clone()));
    }
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    webhook.verify_at(&values.body, &headers, now).map(|_| ()).map_err(|error| error.code())
}

/// All values that give the text by this content.
fn taken_apart(content: &str, text: &str, known: &Values, found: &mut BTreeSet<Values>) {
    let Some(open) = content.find('{') else {
        if content == text {
            found.insert(known.clone());
        }
        return;
    };
    let (literal, rest) = content.split_at(open);
    let Some(text) = text.strip_prefix(literal) else { return };
    let (name, content) = rest.split_once('}').unwrap();
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        let word = text[..end].to_owned();
        let mut known = known.clone();
        let value = match name {
            "{id" => &mut known.id,
            "{timestamp" => &mut known.timestamp,
            _ => &mut known.body,
        };
        if value.is_empty() || *value == word {
            *value = word;
            taken_apart(content, &text[end..], &known, found);
        }
    }
}

/// Returns `true` if the values are what a scheme takes that restricts none of them.
fn could_be_sent(content: &str, format: &str, values: &Values) -> bool {
    let id = !content.contains("{id}") || (!values.id.is_empty() && values.id.trim() == values.id);
    let digits = values.timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let timestamp = !content.contains("{timestamp}")
        || digits
            && !values.timestamp.starts_with('0')
            && (1..=20).contains(&values.timestamp.len());
    let object = serde_json::from_str::<Value>(&values.body).is_ok_and(|value| value.is_object());
    id && timestamp && (format == "bytes" || object)
}

fn content(random: &mut Rng) -> String {
    const LITERALS: [&str; 10] = [".", ":", "::", ".a", "1", "a", ".:.", "v1:", "b", " "];
    let mut variables = vec!["{body}"];
    for variable in ["{id}", "{timestamp}", "{id}"] {
        if random.u8(..5) < 2 {
            variables.insert(random.usize(..=variables.len()), variable);
        }
    }
    let mut content = String::new();
    for variable in variables {
        if random.u8(..20) < 9 {
            content += LITERALS[random.usize(..LITERALS.len())];
        }
        content += variable;
    }
    if random.u8(..5) == 0 {
        content += LITERALS[random.usize(..LITERALS.len())];
    }
    content
}

fn values(random: &mut Rng, sender: &Sender) -> Values {
    const IDS: [&str; 8] = ["a", "1", "a.1", "a:b", "a::", ".a", "a 1", "evt_1760000000"];
    const TIMES: [&str; 5] = ["1", "12", "1760000000", "1760000001", "17600000000"];
    const OBJECTS: [&str; 7] =
        ["{}", " {}", "{} ", r#"{"a":1}"#, r#"{".1.":"{}"}"#, r#"{"a":{}}"#, r#"{"\"":"1 {"}"#];
    const BYTES: [&str; 8] = ["", "1", ".", "a", "1760000000", ".1760000001.x", "a:1", "::a "];
    let body = if sender.format == "json" {
        OBJECTS[random.usize(..OBJECTS.len())]
    } else {
        BYTES[random.usize(..BYTES.len())]
    };
    Values {
        id: IDS[random.usize(..IDS.len())].to_owned(),
        timestamp: TIMES[random.usize(..TIMES.len())].to_owned(),
        body: body.to_owned(),
    }
}

/// What else there is to a text than the values that it was made of: other values of the same
/// form, or of one that signs otherwise.
#[test]
fn no_text_of_a_random_scheme_can_be_taken_apart_in_two_ways() {
    let mut random = Rng::with_seed(1);
    let [mut read, mut refused, mut movable, mut tried, mut accepted] = [0; 5];
    for _ in 0..1500 {
        let contents = (0..random.usize(1..=2)).map(|_| content(&mut random)).collect();
        let format = if random.bool() { "json" } else { "bytes" };
        let sender = Sender { contents, format };
        let webhook = sender.webhook();
        let mut can_be_moved = false;
        for _ in 0..4 {
            let form = random.usize(..sender.contents.len());
            let text = sender.text(form, &values(&mut random, &sender));
            let signature = digest(&text);
            let [mut sent, mut believed] = [BTreeSet::new(), BTreeSet::new()];
            for (number, content) in sender.contents.iter().enumerate() {
                let mut found = BTreeSet::new();
                taken_apart(content, &text, &Values::default(), &mut found);
                for values in found {
                    tried += 1;
                    if could_be_sent(content, format, &values) {
                        sent.insert((content, values.clone()));
                    }
                    if let Ok(webhook) = &webhook
                        && verifies(webhook, number, &values, &signature).is_ok()
                    {
                        believed.insert((content, values));
                    }
                }
            }
            assert!(believed.len() < 2, "{sender:?}: {believed:?}");
            accepted += believed.len();
            can_be_moved |= sent.len() > 1;
        }
        if webhook.is_ok() {
            read += 1;
        } else {
            refused += 1;
            movable += usize::from(can_be_moved);
        }
    }
    assert_eq!((read, refused, movable), (909, 591, 510));
    assert_eq!((tried, accepted), (143_034, 3267));
}

fn moved(
    sender: &Sender,
    genuine: (usize, [&str; 3]),
    forged: (usize, [&str; 3]),
) -> Option<ErrorCode> {
    let values = |[id, timestamp, body]: [&str; 3]| Values {
        id: id.to_owned(),
        timestamp: timestamp.to_owned(),
        body: body.to_owned(),
    };
    let webhook = sender.webhook().unwrap();
    let (genuine, forged) = ((genuine.0, values(genuine.1)), (forged.0, values(forged.1)));
    let text = sender.text(genuine.0, &genuine.1);
    assert_eq!(text, sender.text(forged.0, &forged.1), "the border was moved, and nothing else");
    assert_eq!(verifies(&webhook, genuine.0, &genuine.1, &digest(&text)), Ok(()));
    verifies(&webhook, forged.0, &forged.1, &digest(&text)).err()
}

#[test]
fn a_part_of_one_value_cannot_be_moved_to_another() {
    for (content, format, genuine, forged) in [
        (
            "{body}.{id}",
            "bytes",
            ["evt_1", "", "amount=100.00 to=bob"],
            ["00 to=bob.evt_1", "", "amount=100"],
        ),
        (
            "{body}:{id}.{timestamp}",
            "bytes",
            ["evt_1", "1760000000", "pay:alice"],
            ["alice:evt_1", "1760000000", "pay"],
        ),
        ("{id}::{body}", "bytes", ["a", "", ":x"], ["a:", "", "x"]),
        (
            "{timestamp}.{id}.{body}",
            "bytes",
            ["a", "1760000000", "x.y"],
            ["a.x", "1760000000", "y"],
        ),
        ("{id}.{body}", "bytes", ["a", "", "x.y"], ["a.x", "", "y"]),
        (
            "{id}{timestamp}{body}",
            "json",
            ["evt_7", "1760000000", "{}"],
            ["evt_", "71760000000", "{}"],
        ),
        ("{timestamp}{body}", "bytes", ["", "1760000000", "1"], ["", "17600000001", ""]),
        ("{id} {body}", "bytes", ["a", "", "b c"], ["a b", "", "c"]),
    ] {
        let sender = Sender::new([content], format);
        let refused = moved(&sender, (0, genuine), (0, forged));
        assert_eq!(refused, Some(ErrorCode::MalformedHeader), "{content}");
    }
}

#[test]
fn schemes_whose_borders_can_be_moved_are_refused() {
    for (contents, format) in [
        (vec!["{id}{timestamp}.{body}"], "bytes"),
        (vec!["{id}{body}"], "bytes"),
        (vec!["{body}{id}"], "bytes"),
        (vec!["{id}.{body}{id}"], "bytes"),
        (vec!["{body}", "{timestamp}.{body}"], "bytes"),
        (vec!["{id}.{timestamp}.{body}", "{id}.{body}"], "json"),
        (vec!["{timestamp}.{body}", "{timestamp}.{id}.{body}"], "bytes"),
        (vec!["{body}.", "{id}.{body}."], "bytes"),
    ] {
        let contents = contents.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let sender = Sender { contents, format };
        assert_eq!(sender.webhook().err(), Some(ErrorCode::InvalidScheme), "{sender:?}");
    }
}

#[test]
fn schemes_whose_borders_are_certain_restrict_nothing() {
    for (content, format, values) in [
        ("{id}.{timestamp}.{body}", "json", ["msg.1.2", "1760000000", r#"{"a":".3.{}"}"#]),
        ("{id}.{timestamp}.{body}", "json", ["a", "17600000000000", "{}"]),
        ("{timestamp}.{body}", "bytes", ["", "1", ".2"]),
        ("{id}{body}", "json", [r#"a{"b":"#, "", "{}"]),
        ("{body}{id}", "json", ["}", "", "{} "]),
        ("{timestamp}{body}", "json", ["", "17600000000", "{}"]),
    ] {
        let sender = Sender::new([content], format);
        let [id, timestamp, body] = values.map(str::to_owned);
        let values = Values { id, timestamp, body };
        let signature = digest(&sender.text(0, &values));
        assert_eq!(
            verifies(&sender.webhook().unwrap(), 0, &values, &signature),
            Ok(()),
            "{content}"
        );
    }
    for (contents, format) in [
        (["{body}", "{timestamp}.{body}"], "json"),
        (["v1:{body}", "v2:{id}.{body}"], "bytes"),
        (["{body}.a", "{id}.{body}.b"], "bytes"),
        (["{timestamp}.{body}", "{timestamp}:{body}"], "bytes"),
        (["{id}.{body}", "{id}.{body}"], "bytes"),
    ] {
        assert!(Sender::new(contents, format).webhook().is_ok(), "{contents:?}");
    }
}

/// A time that the scheme does not take cannot be signed either.
#[test]
fn what_would_be_refused_is_not_signed() {
    let at = |seconds| {
        SignOptions::new().timestamp(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
    };
    let exact = Sender::new(["{timestamp}{body}"], "bytes").webhook().unwrap();
    assert!(exact.sign("1", &at(NOW)).is_ok());
    for seconds in [0, 999_999_999, 10_000_000_000] {
        let error = exact.sign("1", &at(seconds)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::MalformedHeader);
        assert!(error.message().contains("10 of them"), "{error}");
    }
    let free = Sender::new(["{timestamp}.{body}"], "bytes").webhook().unwrap();
    assert!(free.sign("1", &at(1)).is_ok());
    let dotted = Sender::new(["{id}.{body}"], "bytes").webhook().unwrap();
    let error = dotted.sign("1", &SignOptions::new().id("a.b")).unwrap_err();
    assert!(error.message().contains("separates"), "{error}");
}
