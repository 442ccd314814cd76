//! What verifying costs from 300 bytes to 4 megabytes, and its parts at three sizes.
//!
//! `cargo bench -p hookseal-bench --bench verify`

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hookseal_bench::{Delivery, PAYLOADS, grown};
use hookseal_json::{to_ecmascript, validate};

/// From 300 B to 4 MB.
const SIZES: [usize; 8] = [300, 1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000, 4_000_000];

fn sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("size");
    for size in SIZES {
        let body = grown(size);
        let delivery = Delivery::new("claimport", &body);
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function(BenchmarkId::new("verify", body.len()), |bencher| {
            bencher.iter(|| black_box(delivery.verify()));
        });
    }
    group.finish();
}

fn parts(criterion: &mut Criterion) {
    for (name, text) in PAYLOADS {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        for provider in ["claimport", "mycover", "stripe"] {
            let Some(delivery) = Delivery::try_new(provider, text) else { continue };
            group.bench_function(BenchmarkId::new("verify", provider), |bencher| {
                bencher.iter(|| black_box(delivery.verify()));
            });
        }
        group.bench_function("validate", |bencher| {
            bencher.iter(|| black_box(validate(black_box(text))));
        });
        group.bench_function("to_ecmascript", |bencher| {
            bencher.iter(|| black_box(to_ecmascript(black_box(text))));
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(30);
    targets = sizes, parts
}
criterion_main!(benches);
