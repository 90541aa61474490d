//! A connection, as the HTTP library sees it: one request at a time, and nobody who is waited for without an end.
//!
//! Left to itself, the library takes apart at once whatever has come, be it thousands of tiny requests in one breath, and
//! keeps all of them until the first is answered; and once it has answered one request, it waits for the rest of the next
//! as long as that takes, and for whoever does not read their answer, too. So what comes goes through here:
//!
//! **Invariant:** the library is not given the next request before the last one has been answered, and of a body no more
//! than is wanted.
//!
//! **Invariant:** a head that does not come to its end, and an answer that is not taken, end the connection.

mod alarm;
mod head;
mod turn;

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use actix_web::rt::net::TcpStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use self::{
    alarm::Alarm,
    turn::{Phase, Rest},
};
pub(crate) use self::{
    head::Head,
    turn::{Serving, Turn, begin},
};

/// How many bytes are read at once.
const AT_ONCE: usize = 8 * 1024;

/// How many bytes of a body without a length the library is given before it is asked what it made of them: as many requests
/// as fit into them may follow such a body too early.
const OF_UNKNOWN: usize = 1024;

/// How long a head may be. The library refuses what is four times as long.
const LONGEST_HEAD: usize = 32 * 1024;

/// How long the first head of a connection may take: the library sees to it, and says 408.
pub(crate) const FIRST_HEAD_TIME: Duration = Duration::from_secs(5);

/// How long any head may take from its first byte on: a little longer, so that 408 is said where it can be.
const HEAD_TIME: Duration = Duration::from_secs(6);

/// How long the rest of a body that nobody wants is thrown away, so that whoever sends it can read why.
const REFUSED_TIME: Duration = Duration::from_secs(2);

/// One connection.
pub(crate) struct Line {
    stream: TcpStream,
    turn: Turn,
    head: Head,
    /// What has been read and not yet given.
    store: Box<[u8]>,
    from: usize,
    to: usize,
    /// How many requests had begun when the alarm for reading was set.
    begun: u64,
    /// Whether the library has something to think about first.
    pausing: bool,
    reading: Alarm,
    writing: Alarm,
    answer_time: Duration,
}

impl Line {
    /// A connection whose other end may take nothing of an answer for `answer_time`.
    pub(crate) fn new(stream: TcpStream, answer_time: Duration) -> Self {
        Self {
            stream,
            turn: Turn::default(),
            head: Head::default(),
            store: vec![0; AT_ONCE].into(),
            from: 0,
            to: 0,
            begun: 0,
            pausing: false,
            reading: Alarm::default(),
            writing: Alarm::default(),
            answer_time,
        }
    }

    /// Whose turn it is here, for those who handle the requests.
    pub(crate) fn turn(&self) -> Turn {
        self.turn.clone()
    }

    /// Reads if nothing is left of what has been read. Tells whether there is anything.
    fn poll_fill(&mut self, context: &mut Context<'_>) -> Poll<io::Result<bool>> {
        if self.from == self.to {
            let mut into = ReadBuf::new(&mut self.store);
            ready!(Pin::new(&mut self.stream).poll_read(context, &mut into))?;
            (self.from, self.to) = (0, into.filled().len());
        }
        Poll::Ready(Ok(self.from < self.to))
    }

    /// Gives at most `most` of what has been read, and tells how much that was.
    fn give(&mut self, buffer: &mut ReadBuf<'_>, most: usize) -> usize {
        let count = most.min(self.to - self.from).min(buffer.remaining());
        buffer.put_slice(&self.store[self.from..self.from + count]);
        self.from += count;
        count
    }

    fn poll_head(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.head.length() >= LONGEST_HEAD {
            // What is too long is made so long that the library sees it, too, and says so.
            buffer.put_slice(&vec![b'a'; buffer.remaining().min(AT_ONCE)]);
            return Poll::Ready(Ok(()));
        }
        if self.head.length() > 0 && self.reading.is_up(context, HEAD_TIME) {
            return Poll::Ready(Ok(()));
        }
        if !ready!(self.poll_fill(context))? {
            return Poll::Ready(Ok(()));
        }
        let come = &self.store[self.from..self.to];
        let (length, ends) = self.head.scan(&come[..come.len().min(buffer.remaining())]);
        self.give(buffer, length);
        if ends {
            self.head = Head::default();
            self.turn.set(Phase::Given);
        }
        Poll::Ready(Ok(()))
    }

    fn poll_body(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
        rest: Rest,
    ) -> Poll<io::Result<()>> {
        if std::mem::take(&mut self.pausing) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if !ready!(self.poll_fill(context))? {
            return Poll::Ready(Ok(()));
        }
        match rest {
            Rest::Known(left) => {
                let given = self.give(buffer, usize::try_from(left).unwrap_or(usize::MAX));
                self.turn.take(given as u64);
            }
            Rest::Unknown => {
                self.give(buffer, OF_UNKNOWN);
                self.pausing = true;
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Throws away what comes, for a while; then it is as if nothing came any more.
    fn poll_refused(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.reading.is_up(context, REFUSED_TIME) {
            self.from = self.to;
            if !ready!(self.poll_fill(context))? {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Line {
    /// Reads nothing, which is the end of the connection, when whoever should send has taken too long.
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let (phase, begun) = this.turn.look(context.waker());
        if this.begun != begun {
            this.begun = begun;
            this.reading.stop();
        }
        match phase {
            Phase::Head => this.poll_head(context, buffer),
            // Nobody takes it up only if the one before is still being answered, to someone who reads slowly.
            Phase::Given if this.reading.is_up(context, HEAD_TIME) => Poll::Ready(Ok(())),
            Phase::Given | Phase::Handled => Poll::Pending,
            Phase::Body(rest) => this.poll_body(context, buffer, rest),
            Phase::Refused => this.poll_refused(context),
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        if written.is_ready() {
            this.writing.stop();
            return written;
        }
        if this.writing.is_up(context, this.answer_time) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
