//! An offer as a page for people, in plain words.

use std::sync::LazyLock;

use domain::{codes, localized::Language, order::PlaceKind};

use super::link::OfferLinkView;
use crate::{
    call::name_of,
    routes::agreements::{
        page::{Page, policy},
        write,
    },
};

/// The content security policy of the page: its own style and its own form, and nothing else.
pub(super) static POLICY: LazyLock<String> = LazyLock::new(|| policy("'self'"));

/// The page of an offer.
pub(super) fn page(language: Language, offer: &OfferLinkView) -> String {
    let mut page = Page::new(language, "offer-page-title");
    page.tag("<h1>");
    page.text(&offer.task.title);
    page.tag("</h1>\n<p class=\"state\">");
    page.word(match (offer.open, offer.state) {
        (true, _) => "offer-page-open",
        (_, "accepted") => "offer-page-accepted",
        (_, "declined") => "offer-page-declined",
        _ => "offer-page-over",
    });
    page.tag("</p>\n");
    if let Some(message) = &offer.message {
        page.paragraph(message);
    }
    facts(&mut page, language, offer);
    if offer.open {
        answers(&mut page, &offer.description_digest);
    }
    page.finish()
}

fn facts(page: &mut Page, language: Language, offer: &OfferLinkView) {
    let task = &offer.task;
    let by: Vec<&str> = offer.ordered_by.iter().map(|name| name.text(language)).collect();
    let place = task.place.as_ref().map(|place| {
        let remote = matches!(place.kind, PlaceKind::Remote | PlaceKind::Anywhere);
        let parts = [place.address.as_deref().filter(|_| !remote), place.details.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let when = task.when.as_ref().map(|when| {
        let span = [when.start, when.end].into_iter().flatten();
        let span: Vec<_> = span.map(|at| write::moment(language, at)).collect();
        let parts = [Some(span.join(" – ")), when.flexible.clone()];
        parts.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    });
    let basis = write::code(language, codes::FEE_BASES, &name_of(&task.fee_basis));
    let fee = task.fee.map(|fee| {
        let unit = write::code(language, codes::FEE_UNITS, &name_of(&fee.unit));
        format!("{} / {unit}", write::money(language, fee.amount))
    });
    let fee = [Some(basis), fee].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let until = offer.expires_at.map(|at| write::moment(language, at));
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    page.tag("<dl>\n");
    page.entry("offer-page-what", Some(&task.what));
    page.entry("offer-page-who", Some(&by.join(", ")));
    page.entry("offer-page-for-whom", task.for_whom.as_deref());
    page.entry("offer-page-where", given(place).as_deref());
    page.entry("offer-page-when", given(when).as_deref());
    page.entry("offer-page-fee", Some(&fee));
    page.entry("offer-page-until", until.as_deref());
    page.tag("</dl>\n");
}

fn answers(page: &mut Page, digest: &str) {
    page.tag("<p>");
    page.word("offer-page-free");
    page.tag("</p>\n<p>");
    page.word("offer-page-told");
    page.tag(
        "</p>\n<form method=\"post\"><input type=\"hidden\" name=\"description_digest\" value=\"",
    );
    page.text(digest);
    page.tag("\">\n<p><button name=\"answer\" value=\"accept\">");
    page.word("offer-page-accept");
    page.tag("</button> <button name=\"answer\" value=\"decline\">");
    page.word("offer-page-decline");
    page.tag("</button></p>\n</form>\n");
}
