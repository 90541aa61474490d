//! A text in the languages of its readers.

use domain::localized::{Language, Localized};

#[test]
fn a_text_that_is_missing_in_a_language_is_shown_in_finnish() {
    let whole = Localized::of("tilaus", "beställning", "order");
    let texts = [Language::Fi, Language::Sv, Language::En].map(|language| whole.text(language));
    assert_eq!(texts, ["tilaus", "beställning", "order"]);
    let finnish = Localized::fi("tilaus");
    let texts = [Language::Fi, Language::Sv, Language::En].map(|language| finnish.text(language));
    assert_eq!(texts, ["tilaus"; 3]);
}
