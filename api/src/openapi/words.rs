//! Names in the document's ways of writing them.

/// `fee_form` and `fee-form` as `FeeForm`.
pub(super) fn camel(name: &str) -> String {
    let words = name.split(['_', '-', ' ', '.']).filter(|word| !word.is_empty());
    words.map(capital).collect()
}

/// `fee-forms` as `fee-form`.
pub(super) fn singular(plural: &str) -> &str {
    plural.strip_suffix('s').unwrap_or(plural)
}

/// `one`, `one or other`, `one, another or a third`, each as code.
pub(super) fn either(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The word with a capital.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{camel, either, singular};

    #[test]
    fn names_are_written_as_the_document_writes_them() {
        assert_eq!(camel("fee_form"), "FeeForm");
        assert_eq!(camel("Accept-Language"), "AcceptLanguage");
        assert_eq!(singular("fee-forms"), "fee-form");
        assert_eq!(either(&["a"]), "`a`");
        assert_eq!(either(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
