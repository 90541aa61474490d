//! Lines that are written together: to write one costs the server, and whoever reads it, as much as a tenth of a request.

use std::{
    io::Write,
    mem,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// How long a line waits for others.
const PAUSE: Duration = Duration::from_millis(20);

/// How many bytes wait at the most; whoever adds more writes them.
const MOST: usize = 64 * 1024;

/// Lines on their way to where they are written.
pub(super) struct Gathered<W> {
    waiting: Mutex<Vec<u8>>,
    some: Condvar,
    out: Mutex<W>,
}

impl<W: Write> Gathered<W> {
    pub(super) fn new(out: W) -> Self {
        Self { waiting: Mutex::default(), some: Condvar::new(), out: Mutex::new(out) }
    }

    /// Adds a line.
    pub(super) fn add(&self, line: &[u8]) {
        let mut waiting = held(&self.waiting);
        let first = waiting.is_empty();
        waiting.extend_from_slice(line);
        let full = waiting.len() >= MOST;
        drop(waiting);
        if full {
            self.write();
        } else if first {
            self.some.notify_one();
        }
    }

    /// Writes what waits.
    pub(super) fn write(&self) {
        // Who holds this writes all that came before, so that lines stay in the order in which they came.
        let mut out = held(&self.out);
        let lines = mem::take(&mut *held(&self.waiting));
        // Whoever read the log may have gone. There is nobody else to tell.
        let _ = out.write_all(&lines);
    }

    /// Writes what waits, again and again.
    pub(super) fn keep_writing(&self) -> ! {
        loop {
            let waiting = held(&self.waiting);
            drop(self.some.wait_while(waiting, |lines| lines.is_empty()));
            thread::sleep(PAUSE);
            self.write();
        }
    }
}

/// Whoever panics with a part of a line in hand leaves it there; the next one goes on after it.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::{Gathered, MOST, Write, held, thread};

    #[test]
    fn lines_are_written_in_the_order_in_which_they_came() {
        let lines = Gathered::new(Vec::new());
        lines.add(b"one\n");
        lines.add(b"two\n");
        assert!(held(&lines.out).is_empty());
        lines.write();
        lines.add(b"three\n");
        lines.write();
        assert_eq!(*held(&lines.out), b"one\ntwo\nthree\n");
    }

    #[test]
    fn no_more_wait_than_there_is_room_for() {
        let lines = Gathered::new(Vec::new());
        lines.add(&[b'x'; MOST]);
        assert_eq!(held(&lines.out).len(), MOST);
        assert!(held(&lines.waiting).is_empty());
    }

    #[test]
    fn what_waits_is_written_without_anybody_asking() {
        struct Told(mpsc::Sender<Vec<u8>>);
        impl Write for Told {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.send(bytes.to_vec()).map_err(std::io::Error::other)?;
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let (sender, told) = mpsc::channel();
        let lines: &Gathered<_> = Box::leak(Box::new(Gathered::new(Told(sender))));
        thread::spawn(|| lines.keep_writing());
        for line in [b"one\n", b"two\n"] {
            lines.add(line);
            assert_eq!(told.recv().expect("it is written"), line);
        }
    }
}
