//! Requests as bytes, for what no well-behaved client would send.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    time::{Duration, Instant},
};

/// A connection that does what it likes.
pub struct Raw(TcpStream);

/// What came back until the server closed, or time was up.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Back {
    pub bytes: Vec<u8>,
    pub closed: bool,
    pub took: Duration,
}

impl Raw {
    /// Connects to the server at `url`.
    pub fn connect(url: &str) -> Self {
        Self::try_connect(url).expect("it connects")
    }

    /// Connects to the server at `url`, which may have no room.
    ///
    /// # Errors
    ///
    /// If it has none.
    pub fn try_connect(url: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(url.trim_start_matches("http://"))?;
        stream.set_nodelay(true)?;
        Ok(Self(stream))
    }

    /// The same connection, for somebody who reads while another one sends: whoever only sends is cut off when nobody has
    /// taken the answers for a while.
    #[must_use]
    pub fn twin(&self) -> Self {
        Self(self.0.try_clone().expect("a second handle"))
    }

    /// Sends bytes, and tells whether the server still took them.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.0.set_write_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        self.0.write_all(bytes).is_ok()
    }

    /// Sends as much as the server takes at once, and tells how much.
    pub fn send_without_waiting(&mut self, bytes: &[u8]) -> usize {
        self.0.set_nonblocking(true).expect("it can");
        let sent = self.0.write(bytes).unwrap_or(0);
        self.0.set_nonblocking(false).expect("it can");
        sent
    }

    /// Says that nothing more will come.
    pub fn half_close(&self) {
        // The server may have closed already.
        let _ = self.0.shutdown(Shutdown::Write);
    }

    /// Reads until the server closes, for `patience` at the most.
    pub fn read(&mut self, patience: Duration) -> Back {
        let began = Instant::now();
        let (mut bytes, mut closed) = (Vec::new(), false);
        let mut buffer = [0; 16 * 1024];
        while let Some(left) = patience.checked_sub(began.elapsed()).filter(|left| !left.is_zero())
        {
            self.0.set_read_timeout(Some(left)).expect("a timeout");
            match self.0.read(&mut buffer) {
                Ok(0) => closed = true,
                Ok(count) => bytes.extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => closed = true,
                Err(_) => break,
            }
            if closed {
                break;
            }
        }
        Back { bytes, closed, took: began.elapsed() }
    }

    /// Sends bytes, and reads what comes of them.
    pub fn ask(url: &str, bytes: &[u8]) -> Back {
        let mut raw = Self::connect(url);
        raw.send(bytes);
        raw.half_close();
        raw.read(Duration::from_secs(20))
    }
}

impl Back {
    /// The statuses of the answers in it.
    pub fn statuses(&self) -> Vec<u16> {
        let text = String::from_utf8_lossy(&self.bytes);
        let status = |rest: &str| rest.get(..3)?.parse().ok();
        text.split("HTTP/1.1 ").skip(1).filter_map(status).collect()
    }

    /// What came, as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}
