//! Whether refusing a forged delivery takes the same time wherever its signature is wrong.
//!
//! ```text
//! cargo run --release -p hookseal-tests --example dudect [measurements]
//! ```
//!
//! The method is that of dudect (Reparaz, Balasch, Verbauwhede: "dude, is my code constant
//! time?"): two classes of input in random order, and Welch's t-test on how long each took. In one
//! class the first byte of the digest is wrong, in the other the last one. It fails at |t| >= 4.5,
//! and also if it does not notice a comparison that ends at the first difference.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use base64ct::{Base64, Encoding as _};
use fastrand::Rng;
use hookseal::{ErrorCode, SignOptions, Webhook};
use hookseal_tests::documents::seed;

const MEASUREMENTS: usize = 2_000_000;

/// Not counted: until caches and branch predictors have settled.
const WARM_UP: usize = 10_000;

/// How many inputs are made at once.
const BATCH: usize = 5_000;

const THRESHOLD: f64 = 4.5;

/// Which share of the measurements is kept, from the fastest on. The slow ones were interrupted.
const CROPS: [f64; 4] = [0.5, 0.9, 0.99, 1.0];

const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const BODY: &[u8] =
    br#"{"type":"policy.created","event":"purchase.successful","data":{"premium":299}}"#;

const NAIVE: &str = "naive comparison";

fn main() -> ExitCode {
    let measurements = match std::env::args().nth(1).map(|text| text.parse()) {
        None => MEASUREMENTS,
        Some(Ok(measurements)) => measurements,
        Some(Err(error)) => {
            println!("the number of measurements: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut passed = true;
    for target in targets() {
        let t = worst_t(&measure(&target, measurements));
        let constant = t < THRESHOLD;
        let right = constant != (target.name == NAIVE);
        passed &= right;
        println!(
            "{:<20} |t| = {t:>8.2}  {}{}",
            target.name,
            if constant { "takes the same time" } else { "tells where it differs" },
            if right { "" } else { ", WRONG" },
        );
    }
    println!("{measurements} measurements each; the threshold is {THRESHOLD}");
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What is measured: how one signature value is refused.
struct Target {
    name: &'static str,
    /// The signature that would be right.
    digest: Vec<u8>,
    /// How a digest stands in the header.
    write: Box<Write>,
    refuse: Box<dyn Fn(&str)>,
}

type Write = dyn Fn(&[u8]) -> String;

fn targets() -> Vec<Target> {
    vec![
        target("kasko", "X-KASKO-Signature", "sha1="),
        target("claimport", "X-ClaimPort-Signature", "sha256="),
        target("mycover", "x-mycoverai-signature", ""),
        target("stripe", "Stripe-Signature", "t=1760000000,v1="),
        target("standard-webhooks", "webhook-signature", "v1,"),
        naive(),
    ]
}

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_760_000_000)
}

fn target(provider: &'static str, header: &'static str, prefix: &'static str) -> Target {
    let webhook = Webhook::new(provider, [SECRET]).expect("a usual secret");
    let options = SignOptions::new().event_type("policy.created").timestamp(now());
    let genuine = webhook.sign(BODY, &options).expect("the options fit");
    let at = genuine.iter().position(|(name, _)| name == header).expect("it is signed");
    let text = genuine[at].1.strip_prefix(prefix).expect("the value has it").to_owned();
    let base64 = provider == "standard-webhooks";
    let digest = if base64 {
        Base64::decode_vec(&text).expect("it is base64")
    } else {
        (0..text.len() / 2)
            .map(|byte| u8::from_str_radix(&text[2 * byte..2 * byte + 2], 16))
            .collect::<Result<_, _>>()
            .expect("it is hexadecimal")
    };
    let write = move |digest: &[u8]| {
        let text = if base64 { Base64::encode_string(digest) } else { hex(digest) };
        format!("{prefix}{text}")
    };
    assert_eq!(write(&digest), genuine[at].1);
    let refuse = move |value: &str| {
        let headers: [(&str, &str); 4] = core::array::from_fn(|index| match genuine.get(index) {
            Some((name, _)) if index == at => (name.as_str(), value),
            Some((name, value)) => (name.as_str(), value.as_str()),
            None => ("X-Other", ""),
        });
        let result = webhook.verify_at(black_box(BODY), black_box(&headers), now());
        let code = result.map(|_| ()).map_err(|error| error.code());
        assert_eq!(black_box(code), Err(ErrorCode::SignatureMismatch));
    };
    Target { name: provider, digest, write: Box::new(write), refuse: Box::new(refuse) }
}

/// What must be noticed: the right signature is made, and compared up to the first difference.
fn naive() -> Target {
    let webhook = Webhook::new("claimport", [SECRET]).expect("a usual secret");
    let refuse = move |value: &str| {
        let right = webhook.sign(black_box(BODY), &SignOptions::new()).expect("it fits");
        let pairs = right[0].1.bytes().zip(value.bytes());
        assert!(pairs.into_iter().any(|(right, given)| black_box(right) != black_box(given)));
    };
    Target {
        name: NAIVE,
        refuse: Box::new(refuse),
        ..target("claimport", "X-ClaimPort-Signature", "sha256=")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// How many nanoseconds it took, and whether the last byte was the wrong one.
type Measurement = (u32, bool);

fn measure(target: &Target, count: usize) -> Vec<Measurement> {
    let mut rng = Rng::with_seed(seed());
    let mut measurements = Vec::with_capacity(WARM_UP + count + BATCH);
    // Always the same memory, so that only what stands in it can matter.
    let mut value = String::with_capacity((target.write)(&target.digest).len());
    while measurements.len() < WARM_UP + count {
        // All made beforehand: what making one does to caches and branch predictors may depend on
        // its class, and must be forgotten before it is measured.
        let inputs: Vec<(String, bool)> = (0..BATCH).map(|_| input(target, &mut rng)).collect();
        for (input, late) in &inputs {
            value.clear();
            value.push_str(input);
            let start = Instant::now();
            (target.refuse)(black_box(&value));
            let took = start.elapsed();
            measurements.push((u32::try_from(took.as_nanos()).unwrap_or(u32::MAX), *late));
        }
    }
    measurements.split_off(WARM_UP)
}

/// A forged signature, and whether its last byte is the wrong one.
fn input(target: &Target, rng: &mut Rng) -> (String, bool) {
    let late = rng.bool();
    let mut digest = target.digest.clone();
    let wrong = if late { digest.len() - 1 } else { 0 };
    digest[wrong] ^= rng.u8(1..);
    ((target.write)(&digest), late)
}

/// The largest |t| of all crops.
fn worst_t(measurements: &[Measurement]) -> f64 {
    let mut sorted: Vec<u32> = measurements.iter().map(|(took, _)| *took).collect();
    sorted.sort_unstable();
    let crop = |share: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss,
            reason = "an index, and a share of it"
        )]
        let last = ((sorted.len() - 1) as f64 * share) as usize;
        let limit = sorted[last];
        let of = |class: bool| {
            let kept =
                measurements.iter().filter(move |(took, late)| *late == class && *took <= limit);
            Summary::of(kept.map(|(took, _)| f64::from(*took)))
        };
        of(false).welch(&of(true)).abs()
    };
    CROPS.into_iter().map(crop).fold(0.0, f64::max)
}

#[derive(Default)]
struct Summary {
    count: f64,
    mean: f64,
    /// The sum of the squared distances from the mean.
    squares: f64,
}

impl Summary {
    /// By Welford's method.
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut summary = Self::default();
        for value in values {
            summary.count += 1.0;
            let distance = value - summary.mean;
            summary.mean += distance / summary.count;
            summary.squares += distance * (value - summary.mean);
        }
        summary
    }

    fn variance_of_mean(&self) -> f64 {
        self.squares / (self.count - 1.0) / self.count
    }

    fn welch(&self, other: &Self) -> f64 {
        (self.mean - other.mean) / (self.variance_of_mean() + other.variance_of_mean()).sqrt()
    }
}
