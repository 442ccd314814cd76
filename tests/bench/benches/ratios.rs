//! The Rust and C rows of the speed table, each as a ratio of medians that were taken in turn.
//!
//! `make bench`, or with `libverify.so` compiled from `c/verify.c`:
//! `HOOKSEAL_BENCH_C=…/libverify.so cargo bench -p hookseal-bench --bench ratios`

use std::hint::black_box;
use std::path::PathBuf;

use hmac::{Hmac, KeyInit as _, Mac as _};
use hookseal_bench::paired::{Contender, compare};
use hookseal_bench::{Delivery, PAYLOADS, SECRET, c};
use serde::de::IgnoredAny;
use sha2::Sha256;

const ROUNDS: usize = 400;

/// How many times C's sample verifies in one call.
const C_REPEATS: u32 = 16;

fn main() {
    let library = std::env::var_os("HOOKSEAL_BENCH_C").map(PathBuf::from);
    println!("\nmedians of {ROUNDS} rounds, each thing in turn, in nanoseconds");
    for (name, body) in PAYLOADS {
        println!("\n{name}, {} bytes", body.len());
        rust(body);
        if let Some(library) = &library {
            c_abi(library, body);
        }
    }
    if library.is_none() {
        println!("\nno C row: HOOKSEAL_BENCH_C does not say where the C side is");
    }
}

/// `verify` against a keyed HMAC of the same bytes plus one strict validation pass.
fn rust(body: &str) {
    let delivery = Delivery::new("claimport", body);
    let keyed = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key");
    let bytes = body.as_bytes();
    let hmac = || {
        let mut mac = keyed.clone();
        mac.update(black_box(bytes));
        black_box(mac.finalize());
    };
    let serde_json = || {
        let text = core::str::from_utf8(black_box(bytes)).expect("UTF-8");
        black_box(serde_json::from_str::<IgnoredAny>(text).expect("JSON"));
    };
    let sonic = || {
        black_box(sonic_rs::from_slice::<IgnoredAny>(black_box(bytes)).expect("JSON"));
    };
    let own = || {
        let text = core::str::from_utf8(black_box(bytes)).expect("UTF-8");
        black_box(hookseal_json::validate(text)).expect("JSON");
    };
    let map = delivery.header_map();
    let from_map = || {
        let event = delivery.webhook.verify(body, &map).expect("the delivery verifies");
        drop(black_box(event));
    };
    let medians = compare(
        &mut [
            Contender::new("verify, from pairs", || drop(black_box(delivery.verify()))),
            Contender::new("verify, from http::HeaderMap", from_map),
            Contender::new("keyed HMAC-SHA256", hmac),
            Contender::new("serde_json, strict validation", serde_json),
            Contender::new("sonic-rs, strict validation", sonic),
            Contender::new("hookseal-json, strict validation", own),
            Contender::new("HMAC, then serde_json", || {
                hmac();
                serde_json();
            }),
            Contender::new("HMAC, then sonic-rs", || {
                hmac();
                sonic();
            }),
            Contender::new("HMAC, then hookseal-json", || {
                hmac();
                own();
            }),
        ],
        ROUNDS,
    );
    medians.print();
}

/// `verify` through the C ABI against Rust's.
fn c_abi(library: &std::path::Path, body: &str) {
    let rust = Delivery::new("claimport", body);
    let c = c::Delivery::new(library, "claimport", body, &rust.headers);
    let medians = compare(
        &mut [
            Contender::new("C, verify and free", || c.verify(C_REPEATS)),
            Contender::new("Rust, verify and drop", || {
                for _ in 0..C_REPEATS {
                    drop(black_box(rust.verify()));
                }
            }),
            Contender::new("Rust, verify to keep", || {
                for _ in 0..C_REPEATS {
                    drop(black_box(rust.verify().into_owned()));
                }
            }),
        ],
        ROUNDS,
    );
    medians.per(C_REPEATS).print();
}
