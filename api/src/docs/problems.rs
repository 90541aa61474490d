//! The page of problems: what each code means, as the texts that callers get say it.

use domain::{
    localized::Language,
    refusal::{Refusal, Rule},
};

use super::html::{escape, page as frame, table};
use crate::{locale, problem::Problem};

/// The page.
pub(super) fn page() -> String {
    let mut main = String::from(
        "<p>Every answer from 400 up is a problem document (RFC 9457). Its <code>code</code> is one of these; its texts are in Finnish, Swedish or English.</p>\n",
    );
    for problem in every() {
        let (status, code) = problem.row();
        let key = locale::key(code);
        main += &format!("<h2 id=\"{code}\"><code>{code}</code></h2>\n");
        for language in [Language::En, Language::Fi, Language::Sv] {
            let title = locale::text(language, &key);
            let detail = locale::find(
                language,
                &format!("{key}.detail"),
                &[("machine", "…"), ("state", "…"), ("action", "…")],
            );
            main += &format!(
                "<p lang=\"{}\"><strong>{}</strong> {}</p>\n",
                locale::tag(language),
                escape(&title),
                escape(&detail.unwrap_or_default()),
            );
        }
        main += &format!("<p>Status {}.</p>\n", status.as_u16());
    }
    main += "<h2>Codes of single fields</h2>\n";
    let row = |key: &str| {
        let text = |language| escape(&locale::text(language, key));
        let code = key.trim_start_matches("field-").replace('-', "_");
        format!(
            "<tr><th scope=\"row\"><code>{code}</code></th><td>{}</td><td lang=\"fi\">{}</td><td lang=\"sv\">{}</td></tr>\n",
            text(Language::En),
            text(Language::Fi),
            text(Language::Sv),
        )
    };
    let rows: String = locale::keys().filter(|key| key.starts_with("field-")).map(row).collect();
    main += &table("Codes of single fields", &["code", "English", "Finnish", "Swedish"], &rows);
    frame("Problems", &main)
}

/// Every problem there is.
fn every() -> Vec<Problem> {
    let mut all = vec![
        Problem::Malformed,
        Problem::Invalid(Vec::new()),
        Problem::InvalidParameters(Vec::new()),
        Problem::BadCursor,
        Problem::BadKey,
        Problem::BadCode,
        Problem::BadRefreshToken,
        Problem::Unauthenticated,
        Problem::BadClient,
        Problem::Forbidden,
        Problem::NotFound,
        Problem::MethodNotAllowed { allow: String::new() },
        Problem::NotAcceptable,
        Problem::TooSlow,
        Problem::Refused(Refusal::OutOfTurn { machine: "", state: "", action: "" }),
        Problem::Stale,
        Problem::Exists,
        Problem::PreconditionFailed,
        Problem::TooLarge,
        Problem::UnsupportedMediaType,
        Problem::KeyReused,
        Problem::PreconditionRequired,
        Problem::TooMany { policies: Vec::new(), retry_after: 0 },
        Problem::Internal("".into()),
        Problem::Overloaded,
    ];
    all.extend(Rule::ALL.iter().map(|rule| Problem::from(*rule)));
    all
}

#[cfg(test)]
mod tests {
    use domain::localized::Language;

    use super::{every, locale};

    #[test]
    fn every_problem_that_has_a_text_is_on_the_page() {
        for key in locale::keys() {
            if locale::find(Language::En, &format!("{key}.detail"), &[]).is_none() {
                continue;
            }
            let listed = every().iter().any(|problem| locale::key(problem.row().1) == key);
            assert!(listed, "{key} is not on the page");
        }
    }
}
