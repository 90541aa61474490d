//! Who may ask the database, and how many may wait for it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    problem::{Problem, Result},
    writer::{MOST_TOGETHER, Writer},
};

/// How many files may be on their way here at once.
const MOST_FILES: usize = 16;

/// Lets in as many as there are connections, lets some wait a while, and turns the rest away at once.
#[derive(Clone, Debug)]
pub struct Gate {
    permits: Arc<Semaphore>,
    turn: Arc<Semaphore>,
    /// The one thread that writes, where only one can.
    pub(crate) writer: Writer,
    files: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    most_waiting: usize,
    patience: Duration,
}

impl Gate {
    /// A gate for `connections` at once, with `most_waiting` in the queue, none of them longer than `patience`.
    pub fn new(connections: usize, most_waiting: usize, patience: Duration) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(connections)),
            turn: Arc::new(Semaphore::new(MOST_TOGETHER)),
            writer: Writer::default(),
            files: Arc::new(Semaphore::new(MOST_FILES)),
            waiting: Arc::default(),
            most_waiting,
            patience,
        }
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Lets in whoever sends a file, which is kept in memory until it is stored; or turns them away at once.
    pub(crate) fn take_file(&self) -> Result<OwnedSemaphorePermit> {
        self.files.clone().try_acquire_owned().map_err(|_| Problem::Overloaded)
    }

    /// Waits for a connection.
    pub(crate) async fn enter(&self) -> Result<OwnedSemaphorePermit> {
        self.wait(&self.permits).await
    }

    /// Waits until it is one's turn to write, in the order of coming. A database that takes one writer at a time would let
    /// them ask again and again instead, and the unlucky ones for long.
    pub(crate) async fn take_turn(&self) -> Result<OwnedSemaphorePermit> {
        self.wait(&self.turn).await
    }

    async fn wait(&self, semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit> {
        if let Ok(permit) = semaphore.clone().try_acquire_owned() {
            return Ok(permit);
        }
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= self.most_waiting {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Problem::Overloaded);
        }
        let permit = tokio::time::timeout(self.patience, semaphore.clone().acquire_owned()).await;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        permit.map_err(|_| Problem::Overloaded)?.map_err(Problem::internal)
    }
}
