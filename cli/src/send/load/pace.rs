//! Starts every delivery of a load when it is due.

use std::time::Duration;

use super::plan::Plan;

/// The time after the end in which what was held up may still be sent.
const GRACE: Duration = Duration::from_secs(1);

/// The clock of a load, and its deliveries.
pub(super) trait Pacing {
    /// A place among the deliveries that wait for an answer. It is free again once it is dropped.
    type Place;

    /// Gives the time since the start.
    fn now(&self) -> Duration;

    /// Sleeps so long, or shorter.
    fn sleep(&self, wait: Duration);

    /// Tells whether nothing more is to be started.
    fn is_stopped(&self) -> bool;

    /// Takes a place. Waits so long for one, or shorter, if none is free.
    fn place(&self, wait: Duration) -> Option<Self::Place>;

    /// Starts the delivery that is or was due at this time.
    fn start(&self, due: Duration, place: Self::Place);
}

/// Starts all deliveries, each at its time or, where too many wait for an answer, as soon as one is
/// there.
pub(super) fn pace<P: Pacing>(plan: &Plan, pacing: &P) {
    let end = plan.span() + GRACE;
    for number in 0..plan.count {
        let due = plan.due(number);
        while pacing.now() < due && !pacing.is_stopped() {
            pacing.sleep(due.saturating_sub(pacing.now()));
        }
        let place = loop {
            if pacing.is_stopped() {
                return;
            }
            let left = end.saturating_sub(pacing.now());
            match pacing.place(left) {
                Some(place) => break place,
                None if left.is_zero() => return,
                None => {}
            }
        };
        pacing.start(due, place);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "how a test fails")]

    use std::cell::{Cell, RefCell};

    use reqwest::StatusCode;

    use super::*;
    use crate::send::client::{Answer, Outcome};
    use crate::send::load::tally::Tally;
    use crate::send::policy::RetryPolicy;

    /// An endpoint that takes its time for each answer, on a clock that goes when somebody waits.
    struct Endpoint {
        now: Cell<Duration>,
        answers_after: Duration,
        in_flight: usize,
        /// The times at which the deliveries that wait will be answered.
        waiting: RefCell<Vec<Duration>>,
        started: RefCell<Vec<Duration>>,
        tally: RefCell<Tally>,
        stopped_after: usize,
    }

    impl Endpoint {
        fn new(answers_after: Duration, plan: &Plan) -> Self {
            Self {
                now: Cell::new(Duration::ZERO),
                answers_after,
                in_flight: plan.in_flight as usize,
                waiting: RefCell::default(),
                started: RefCell::default(),
                tally: RefCell::new(Tally::new().unwrap()),
                stopped_after: usize::MAX,
            }
        }
    }

    impl Pacing for Endpoint {
        type Place = ();

        fn now(&self) -> Duration {
            self.now.get()
        }

        fn sleep(&self, wait: Duration) {
            self.now.set(self.now.get() + wait);
        }

        fn is_stopped(&self) -> bool {
            self.started.borrow().len() >= self.stopped_after
        }

        fn place(&self, wait: Duration) -> Option<()> {
            let is_free = || {
                self.waiting.borrow_mut().retain(|answered| *answered > self.now.get());
                self.waiting.borrow().len() < self.in_flight
            };
            if !is_free() {
                let next = self.waiting.borrow().iter().copied().min().unwrap();
                self.now.set(next.min(self.now.get() + wait));
            }
            is_free().then_some(())
        }

        fn start(&self, due: Duration, (): ()) {
            let sent = self.now.get();
            self.started.borrow_mut().push(sent);
            self.waiting.borrow_mut().push(sent + self.answers_after);
            let answer = Answer { status: StatusCode::OK, location: None, body: Vec::new() };
            let outcome = Outcome { took: self.answers_after, answer: Ok(answer) };
            let mut tally = self.tally.borrow_mut();
            tally.sent(due, sent);
            tally.answered(due, sent, &outcome, &RetryPolicy::default());
        }
    }

    fn milliseconds(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn each_is_started_when_it_is_due() {
        let plan = Plan { rate: 100.0, count: 200, in_flight: 64 };
        let endpoint = Endpoint::new(milliseconds(20), &plan);
        pace(&plan, &endpoint);
        let due: Vec<_> = (0..200).map(|number| milliseconds(number * 10)).collect();
        assert_eq!(*endpoint.started.borrow(), due);
        let tally = endpoint.tally.borrow();
        assert_eq!((tally.sent, tally.accepted), (200, 200));
        assert_eq!(tally.most_late, Duration::ZERO);
        assert!((tally.achieved(&plan) - 100.0).abs() < 1e-9);
    }

    /// One at a time, and each takes 100 ms: at 50 in a second the queue grows by 80 ms with each
    /// delivery. Who measured from when each was really sent would see 100 ms throughout.
    #[test]
    fn waiting_to_be_sent_is_part_of_the_latency() {
        let plan = Plan { rate: 50.0, count: 10, in_flight: 1 };
        let endpoint = Endpoint::new(milliseconds(100), &plan);
        pace(&plan, &endpoint);
        let started: Vec<_> = (0..10).map(|number| milliseconds(number * 100)).collect();
        assert_eq!(*endpoint.started.borrow(), started);
        let tally = endpoint.tally.borrow();
        assert_eq!(tally.most_late, milliseconds(720));
        // A histogram keeps three figures.
        assert!(tally.slowest().abs_diff(milliseconds(820)) <= milliseconds(1), "{tally:?}");
        assert!(tally.quantile(0.5).abs_diff(milliseconds(420)) <= milliseconds(1), "{tally:?}");
        assert!(tally.achieved(&plan) < 11.0, "{}", tally.achieved(&plan));
    }

    #[test]
    fn what_cannot_be_sent_until_the_end_and_a_second_is_not_sent() {
        let plan = Plan { rate: 200.0, count: 100, in_flight: 7 };
        let endpoint = Endpoint::new(Duration::from_secs(30), &plan);
        pace(&plan, &endpoint);
        assert_eq!(endpoint.started.borrow().len(), 7);
        assert_eq!(endpoint.now.get(), milliseconds(1500));
        assert_eq!(endpoint.tally.borrow().unsent(&plan), 93);
        // One that answers within the second lets further ones be sent.
        let endpoint = Endpoint::new(milliseconds(1400), &plan);
        pace(&plan, &endpoint);
        assert_eq!(endpoint.started.borrow().len(), 14);
    }

    #[test]
    fn a_stopped_load_starts_nothing_more() {
        let plan = Plan { rate: 50.0, count: 30_000, in_flight: 64 };
        let endpoint = Endpoint { stopped_after: 10, ..Endpoint::new(milliseconds(5), &plan) };
        pace(&plan, &endpoint);
        assert_eq!(endpoint.started.borrow().len(), 10);
        assert_eq!(endpoint.now.get(), milliseconds(180));
    }
}
