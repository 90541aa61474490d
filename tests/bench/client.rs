//! A client that costs little itself: one connection, kept open, and no more of HTTP than the server's answers need.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

/// One connection to a server.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

/// What the server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Client {
    /// Connects to the server at `url`.
    pub(crate) fn connect(url: &str) -> Self {
        let place = url.strip_prefix("http://").expect("plain HTTP");
        let stream = TcpStream::connect(place).expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        Self { stream: BufReader::with_capacity(64 * 1024, stream) }
    }

    /// Sends a request, and waits for the whole answer.
    pub(crate) fn ask(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        self.stream.get_mut().write_all(request)?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.get(9..12).and_then(|code| code.parse().ok()).unwrap_or_default();
        let mut length = 0;
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? <= 2 {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or_default();
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, body })
    }
}

/// The bytes of a request.
pub(crate) fn request(method: &str, path: &str, token: &str, body: &str) -> Vec<u8> {
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: bench\r\n");
    if !token.is_empty() {
        request += &format!("authorization: Bearer {token}\r\n");
    }
    if !body.is_empty() {
        request += &format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
    }
    request += "\r\n";
    request += body;
    request.into_bytes()
}
