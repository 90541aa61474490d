//! Texts for people, in Finnish, Swedish and English.

use std::{collections::HashMap, sync::LazyLock};

use domain::localized::Language;
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<HashMap<Language, Bundle>> = LazyLock::new(|| {
    [
        (Language::Fi, "fi", include_str!("../locales/fi.ftl")),
        (Language::Sv, "sv", include_str!("../locales/sv.ftl")),
        (Language::En, "en", include_str!("../locales/en.ftl")),
    ]
    .into_iter()
    .map(|(language, tag, source)| (language, bundle(tag, source)))
    .collect()
});

/// Every language that texts are written in.
pub(crate) const LANGUAGES: [Language; 3] = [Language::Fi, Language::Sv, Language::En];

fn bundle(tag: &str, source: &str) -> Bundle {
    let resource = match FluentResource::try_new(source.to_owned()) {
        Ok(resource) => resource,
        Err((_, errors)) => panic!("the {tag} texts are well-formed: {errors:?}"),
    };
    let tag = tag.parse().expect("a language tag");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).expect("no text is there twice");
    bundle
}

/// The text with this key, such as `own-claim`, or one of its attributes, such as `own-claim.detail`.
pub(crate) fn find(language: Language, key: &str, values: &[(&str, &str)]) -> Option<String> {
    let mut arguments = FluentArgs::new();
    for (name, value) in values {
        arguments.set(*name, *value);
    }
    filled(language, key, &arguments)
}

/// The same with numbers, which words go by: 1 hour, 2 hours.
pub(crate) fn counted(
    language: Language,
    key: &str,
    numbers: &[(&'static str, i32)],
) -> Option<String> {
    let mut arguments = FluentArgs::new();
    for (name, number) in numbers {
        arguments.set(*name, *number);
    }
    filled(language, key, &arguments)
}

fn filled(language: Language, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
    let bundle = BUNDLES.get(&language)?;
    let (id, attribute) = match key.split_once('.') {
        Some((id, attribute)) => (id, Some(attribute)),
        None => (key, None),
    };
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned())
}

/// Each text that says the same whenever it is said.
static FIXED: LazyLock<HashMap<Language, HashMap<&'static str, String>>> = LazyLock::new(|| {
    let fixed = |bundle: &'static Bundle| {
        keys().filter_map(|key| {
            let mut errors = Vec::new();
            let pattern = bundle.get_message(key)?.value()?;
            let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
            // What has values to be filled in is no whole text without them.
            errors.is_empty().then_some((key, text))
        })
    };
    BUNDLES.iter().map(|(language, bundle)| (*language, fixed(bundle).collect())).collect()
});

/// The text with this key, if it has no values to be filled in.
fn fixed(language: Language, key: &str) -> Option<&'static str> {
    FIXED.get(&language)?.get(key).map(String::as_str)
}

/// The text with this key. A missing text shows as its key, and a test sees to it that none is missing.
pub(crate) fn text(language: Language, key: &str) -> String {
    let fixed = fixed(language, key).map(str::to_owned);
    fixed.or_else(|| find(language, key, &[])).unwrap_or_else(|| key.to_owned())
}

/// The key of the texts about something with this code.
pub(crate) fn key(code: &str) -> String {
    code.replace('_', "-")
}

/// The key of every text, in the order of the English ones.
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    include_str!("../locales/en.ftl")
        .lines()
        .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
}

/// The best language for an `Accept-Language` header; English if it names none that we have.
pub(crate) fn negotiate(accepted: Option<&str>) -> Language {
    let mut best = (0.0, Language::En);
    for part in accepted.unwrap_or_default().split(',') {
        let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
        let weight: f32 = weight
            .trim()
            .strip_prefix("q=")
            .map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        let tag = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let language = match tag.as_str() {
            "fi" => Language::Fi,
            "sv" => Language::Sv,
            "en" => Language::En,
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

/// The tag of a language, as in `Content-Language`.
pub(crate) const fn tag(language: Language) -> &'static str {
    match language {
        Language::Fi => "fi",
        Language::Sv => "sv",
        Language::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::refusal::Rule;

    use super::*;

    /// The keys of a file of texts: messages, and their attributes behind a dot.
    fn keys(source: &str) -> BTreeSet<String> {
        let mut message = String::new();
        let mut keys = BTreeSet::new();
        for line in source.lines() {
            let Some((name, _)) = line.split_once(" =") else { continue };
            match name.trim_start().strip_prefix('.') {
                Some(attribute) => keys.insert(format!("{message}.{attribute}")),
                None => {
                    name.clone_into(&mut message);
                    keys.insert(message.clone())
                }
            };
        }
        keys
    }

    #[test]
    fn every_language_has_the_same_texts() {
        let finnish = keys(include_str!("../locales/fi.ftl"));
        assert!(finnish.len() > 50);
        assert_eq!(finnish, keys(include_str!("../locales/sv.ftl")));
        assert_eq!(finnish, keys(include_str!("../locales/en.ftl")));
    }

    #[test]
    fn nothing_is_said_twice() {
        for source in [
            include_str!("../locales/fi.ftl"),
            include_str!("../locales/sv.ftl"),
            include_str!("../locales/en.ftl"),
        ] {
            let said =
                source.lines().filter(|line| !line.starts_with('#') && line.contains(" =")).count();
            assert_eq!(said, keys(source).len(), "of two the last one would be shown");
        }
    }

    #[test]
    fn every_rule_has_a_title_and_a_detail() {
        for code in Rule::ALL.iter().map(|rule| rule.code()) {
            for language in LANGUAGES {
                let key = key(code);
                assert!(find(language, &key, &[]).is_some(), "{key} has no title in {language:?}");
                let detail =
                    find(language, &format!("{key}.detail"), &[("action", ""), ("state", "")]);
                assert!(detail.is_some(), "{key} has no detail in {language:?}");
            }
        }
    }

    #[test]
    fn words_go_by_the_number_before_them() {
        let said = |language, hours, percent| {
            let numbers = [("hours", hours), ("percent", percent)];
            counted(language, "agreement-print-cancellation", &numbers).expect("a text")
        };
        for (language, one, several) in [
            (
                Language::Fi,
                ["1 tunti ennen", "1 prosentti."],
                ["48 tuntia ennen", "50 prosenttia."],
            ),
            (Language::Sv, ["1 timme innan", "1 procent av"], ["48 timmar innan", "50 procent av"]),
            (
                Language::En,
                ["1 hour before", "1 per cent of"],
                ["48 hours before", "50 per cent of"],
            ),
        ] {
            let (few, many) = (said(language, 1, 1), said(language, 48, 50));
            assert!(one.iter().all(|words| few.contains(words)), "{few}");
            assert!(several.iter().all(|words| many.contains(words)), "{many}");
        }
    }

    /// What the glossary calls the person whom all of this is about, and what the code sets call a few things.
    #[test]
    fn swedish_has_one_word_for_one_thing() {
        let said = |line: &'static str| line.split_once(" = ").map_or(line, |(_, text)| text);
        let lines = include_str!("../locales/sv.ftl").lines();
        let swedish: String =
            lines.map(|line| format!("{}\n", said(line).to_lowercase())).collect();
        for other in
            ["expert", "användarrätt", "återtagits", "öppen ansökan", " handledning", "ställts in"]
        {
            assert!(!swedish.contains(other), "{other}");
        }
    }

    #[test]
    fn every_notice_has_its_text() {
        for kind in domain::notice::Kind::ALL {
            assert!(find(Language::Fi, kind.key(), &[]).is_some(), "{} has no text", kind.key());
        }
    }

    #[test]
    fn the_language_is_the_best_that_the_caller_accepts() {
        for (accepted, language) in [
            (None, Language::En),
            (Some("fi"), Language::Fi),
            (Some("sv-FI,sv;q=0.9,en;q=0.5"), Language::Sv),
            (Some("de,fr;q=0.9,fi;q=0.1"), Language::Fi),
            (Some("*"), Language::En),
            (Some(";;q=,,"), Language::En),
        ] {
            assert_eq!(negotiate(accepted), language, "{accepted:?}");
        }
    }
}
