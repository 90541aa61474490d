//! Where the head of a request ends: at the first empty line after anything that is none.
//!
//! This only paces what is read. What a head says, and whether it is one, the HTTP library alone decides: if it sees no head
//! where one ends here, the connection ends a little later.

/// A head as far as it has come.
#[derive(Debug)]
pub(crate) struct Head {
    length: usize,
    has_begun: bool,
    /// Whether there is nothing in the line so far.
    is_empty_line: bool,
}

impl Default for Head {
    fn default() -> Self {
        Self { length: 0, has_begun: false, is_empty_line: true }
    }
}

impl Head {
    /// How many bytes have been seen of it.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// How many of `bytes` belong to it, and whether it ends with them.
    pub(crate) fn scan(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' if self.has_begun && self.is_empty_line => {
                    self.length += at + 1;
                    return (at + 1, true);
                }
                b'\n' => self.is_empty_line = true,
                b'\r' => (),
                _ => (self.has_begun, self.is_empty_line) = (true, false),
            }
        }
        self.length += bytes.len();
        (bytes.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lengths of the heads in `bytes`, which come in pieces of `size`.
    fn heads(bytes: &[u8], size: usize) -> Vec<usize> {
        let (mut found, mut head) = (Vec::new(), Head::default());
        for mut piece in bytes.chunks(size) {
            while !piece.is_empty() {
                let (length, ends) = head.scan(piece);
                piece = &piece[length..];
                if ends {
                    found.push(head.length());
                    head = Head::default();
                }
            }
        }
        found
    }

    #[test]
    fn a_head_ends_at_its_empty_line_however_it_comes() {
        for size in 1..40 {
            let two = b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /a HTTP/1.1\r\n\r\nGET";
            assert_eq!(heads(two, size), [27, 19]);
            assert_eq!(
                heads(b"\r\n\r\nGET / HTTP/1.1\r\n\r\n", size),
                [22],
                "empty lines before are none"
            );
            assert_eq!(
                heads(b"GET / HTTP/1.1\nHost: x\n\n", size),
                [24],
                "lines may end without a carriage return"
            );
            assert_eq!(heads(b"GET / HTTP/1.1\r\nX: \r\n", size), [0_usize; 0]);
        }
    }
}
