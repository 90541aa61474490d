//! How a body is kept: as a text if it is one, which takes a quarter of the room of a list of bytes.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Kept<T, B> {
    Text(T),
    Bytes(B),
}

pub(super) fn serialize<S: Serializer>(body: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    std::str::from_utf8(body).map_or(Kept::Bytes(body), Kept::Text).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    Ok(match Kept::<String, Vec<u8>>::deserialize(deserializer)? {
        Kept::Text(text) => text.into_bytes(),
        Kept::Bytes(bytes) => bytes,
    })
}

#[cfg(test)]
mod tests {
    use crate::answer::Answer;

    #[test]
    fn what_is_kept_of_an_answer_is_read_again_whatever_its_body_is() {
        for body in
            [&b""[..], "{\"name\":\"K\u{e4}rki \\\"1\\\"\"}".as_bytes(), b"%PDF-1.7\xff\x00"]
        {
            let answer = Answer { version: Some(3), ..Answer::content("text/plain", body) };
            let kept = serde_json::to_string(&answer).expect("JSON");
            assert_eq!(serde_json::from_str::<Answer>(&kept).expect("an answer"), answer);
        }
    }

    #[test]
    fn an_answer_that_was_kept_as_a_list_of_bytes_with_its_tag_is_read() {
        let before = r#"{"status":200,"headers":[["etag","\"1.0123\""]],"body":[123,125]}"#;
        let answer: Answer = serde_json::from_str(before).expect("an answer");
        assert_eq!((answer.body.as_slice(), answer.find("etag")), (&b"{}"[..], Some("\"1.0123\"")));
    }
}
