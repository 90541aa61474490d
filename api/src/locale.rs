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
pub const LANGUAGES: [Language; 3] = [Language::Fi, Language::Sv, Language::En];

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
    let mut arguments = FluentArgs::new();
    for (name, value) in values {
        arguments.set(*name, *value);
    }
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
}

/// The text with this key. A missing text shows as its key, and a test sees to it that none is missing.
pub(crate) fn text(language: Language, key: &str) -> String {
    find(language, key, &[]).unwrap_or_else(|| key.to_owned())
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
        let language = match tag.trim().split('-').next().unwrap_or_default() {
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
