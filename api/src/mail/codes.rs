//! Those who send codes: a few threads of their own, so that a mail server that is slow, or hangs, takes no thread that the
//! database needs, and none that answers requests.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        mpsc::{self, Receiver, SyncSender},
    },
    thread,
};

/// How many are sent at once.
const AT_ONCE: usize = 4;

/// How many may wait to be sent. If each of those before takes [`super::PATIENCE`], the last is sent before its code runs out,
/// after ten minutes: 200 ÷ 4 × 10 s is a little more than eight.
const MOST_WAITING: usize = 200;

/// What sends one.
type Work = Box<dyn FnOnce() + Send>;

/// Hands work to the threads, which begin with the first piece and end with whoever could bring more.
#[derive(Clone, Debug, Default)]
pub(super) struct Codes(Arc<OnceLock<SyncSender<Work>>>);

impl Codes {
    /// Has `work` done as soon as there is a thread for it, and tells whether it will be: not if too much waits already.
    pub(super) fn take(&self, work: impl FnOnce() + Send + 'static) -> bool {
        self.0.get_or_init(begin).try_send(Box::new(work)).is_ok()
    }
}

fn begin() -> SyncSender<Work> {
    let (send, receive) = mpsc::sync_channel(MOST_WAITING);
    let receive = Arc::new(Mutex::new(receive));
    for _ in 0..AT_ONCE {
        let receive = receive.clone();
        thread::spawn(move || {
            while let Some(work) = next(&receive) {
                // Whatever becomes of it, the next one has its turn.
                if catch_unwind(AssertUnwindSafe(work)).is_err() {
                    log::error!("what sends a code panicked");
                }
            }
        });
    }
    send
}

/// The next piece, as soon as there is one; nothing once nobody can bring more.
fn next(receive: &Mutex<Receiver<Work>>) -> Option<Work> {
    receive.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn what_is_too_much_is_turned_away_and_all_else_is_done_even_after_a_panic() {
        let codes = Codes::default();
        let (open, opened) = channel::<()>();
        let opened = Arc::new(Mutex::new(opened));
        let (begin, begun) = channel();
        for number in 0..AT_ONCE {
            let (opened, begin) = (opened.clone(), begin.clone());
            assert!(codes.take(move || {
                begin.send(()).expect("the test waits");
                // Whoever waits for the door goes when it is taken away.
                let _ = opened.lock().unwrap_or_else(PoisonError::into_inner).recv();
                assert!(number > 0, "one of them panics");
            }));
        }
        (0..AT_ONCE).for_each(|_| begun.recv().expect("each thread has one"));
        let (tell, told) = channel();
        let work = |number| {
            let tell = tell.clone();
            move || tell.send(number).expect("the test waits")
        };
        assert!((0..MOST_WAITING).all(|number| codes.take(work(number))));
        assert!(!codes.take(work(MOST_WAITING)), "there is no room");
        drop((open, tell));
        let mut done: Vec<usize> = told.iter().take(MOST_WAITING).collect();
        done.sort_unstable();
        assert_eq!(done, Vec::from_iter(0..MOST_WAITING));
    }
}
