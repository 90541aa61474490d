//! The thread that writes where only one can at a time. While there is work it goes from one piece to the next, and nobody has
//! to wake it: with a thread for each piece, the database would rest whenever one of them hands over to another.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, OnceLock, mpsc},
    thread,
};

use tokio::sync::oneshot;

use crate::problem::{Problem, Result};

type Work = Box<dyn FnOnce() + Send>;

/// Hands work to the thread, which begins with the first piece and ends with whoever could bring more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writer(Arc<OnceLock<mpsc::Sender<Work>>>);

impl Writer {
    /// Has `work` done after all that was handed over before.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (tell, told) = oneshot::channel();
        let work = Box::new(move || {
            // Whoever asked may have gone; the work is done all the same.
            let _ = tell.send(work());
        });
        self.0.get_or_init(begin).send(work).map_err(|_| gone())?;
        told.await.map_err(|_| gone())?
    }
}

fn begin() -> mpsc::Sender<Work> {
    let (send, receive) = mpsc::channel::<Work>();
    thread::spawn(move || {
        for work in receive {
            // Whoever asked hears of a panic by hearing nothing.
            let _ = catch_unwind(AssertUnwindSafe(work));
        }
    });
    send
}

fn gone() -> Problem {
    Problem::Internal("the work was not done".into())
}
