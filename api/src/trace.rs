//! Trace context ([W3C](https://www.w3.org/TR/trace-context/)): which chain of calls a request belongs to.

use std::fmt;

use crate::secret::random_id;

/// A place in a chain of calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Trace {
    /// The chain.
    id: u128,
    /// This request within it.
    span: u64,
    flags: u8,
}

impl Trace {
    /// Goes on with the chain that `traceparent` names, or begins one.
    pub(crate) fn of(traceparent: Option<&str>) -> Self {
        let (begun, span) = (random_id().as_u128(), random_id().as_u64_pair().1);
        let (id, flags) = traceparent.and_then(parse).unwrap_or((begun, 0));
        Self { id, span: span.max(1), flags }
    }

    /// The name of the chain, 32 hexadecimal digits.
    pub(crate) fn id(&self) -> String {
        format!("{:032x}", self.id)
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.id, self.span, self.flags)
    }
}

/// The chain, and whether its beginner keeps it. What is not understood is ignored, as the standard has it.
pub(crate) fn parse(text: &str) -> Option<(u128, u8)> {
    let part = |from: usize, to: usize| {
        text.get(from..to).filter(|part| {
            part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        })
    };
    let dashes = [2, 35, 52].iter().all(|at| text.as_bytes().get(*at) == Some(&b'-'));
    let version = part(0, 2)?;
    // A later version may say more, behind another dash.
    let length = match version {
        "00" => text.len() == 55,
        _ => text.len() == 55 || text.as_bytes().get(55) == Some(&b'-'),
    };
    if !dashes || !length || version == "ff" {
        return None;
    }
    let id = u128::from_str_radix(part(3, 35)?, 16).ok().filter(|id| *id != 0)?;
    u64::from_str_radix(part(36, 52)?, 16).ok().filter(|span| *span != 0)?;
    let flags = u8::from_str_radix(part(53, 55)?, 16).ok()?;
    Some((id, flags & 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_chain_goes_on_with_a_span_of_its_own() {
        let trace = Trace::of(Some(GOOD));
        assert_eq!(trace.id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        let text = trace.to_string();
        assert_eq!(parse(&text), parse(GOOD));
        assert_ne!(text, GOOD);
    }

    #[test]
    fn what_is_malformed_begins_a_new_chain() {
        for odd in [
            "",
            "00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473ä-00f067aa0ba902b7-01",
            "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
        ] {
            assert_eq!(parse(odd), None, "{odd}");
        }
        assert!(parse("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more").is_some());
        assert_ne!(Trace::of(None).id(), Trace::of(None).id());
    }
}
