//! An offer as a page for people, in plain words.

use std::sync::LazyLock;

use domain::{codes, localized::Language, order::PlaceKind};

use super::link::OfferLinkView;
use crate::{
    call::name_of,
    locale,
    routes::agreements::{
        page::{Page, policy},
        write,
    },
};

/// The content security policy of the page: its own style and its own form, and nothing else.
pub(super) static POLICY: LazyLock<String> = LazyLock::new(|| policy("'self'"));

/// The page of an offer.
///
/// `why` is the key of what stood in the way of the answer that was just given, if something did.
pub(super) fn page(language: Language, offer: &OfferLinkView, why: Option<&str>) -> String {
    let mut page = Page::new(language, "offer-page-title");
    if let Some(why) = why {
        page.tag("<p class=\"state\" role=\"alert\">");
        page.word(why);
        page.tag("</p>\n");
    }
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

/// A page that says one thing, and nothing of any offer.
pub(super) fn bare(language: Language, said: &str) -> String {
    let mut page = Page::new(language, "offer-page-title");
    page.tag("<h1>");
    page.word("offer-page-title");
    page.tag("</h1>\n<p>");
    page.word(said);
    page.tag("</p>\n");
    page.finish()
}

fn facts(page: &mut Page, language: Language, offer: &OfferLinkView) {
    let task = &offer.task;
    let by: Vec<&str> = offer.ordered_by.iter().map(|name| name.text(language)).collect();
    let place = task.place.as_ref().map(|place| {
        let remote = matches!(place.kind, PlaceKind::Remote | PlaceKind::Anywhere);
        let kind = locale::text(language, word_of(place.kind));
        let address = place.address.as_deref().filter(|_| !remote);
        let parts = [Some(kind.as_str()), address, place.details.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let when = task.when.as_ref().map(|when| {
        let span = [when.start, when.end].into_iter().flatten();
        let span: Vec<_> = span.map(|at| write::moment(language, at)).collect();
        let parts = [Some(span.join(" – ")), when.flexible.clone()];
        parts.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    });
    let length = task.length.map(|length| {
        let prepared = minutes(language, length.preparation_minutes).map(|time| {
            locale::find(language, "offer-page-preparation", &[("time", &time)]).unwrap_or(time)
        });
        let parts = [minutes(language, length.minutes), prepared];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let languages: Vec<_> =
        task.languages.iter().map(|one| write::code(language, codes::LANGUAGES, one)).collect();
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
    page.entry("offer-page-length", given(length).as_deref());
    page.entry("offer-page-languages", given(Some(languages.join(", "))).as_deref());
    page.entry("offer-page-fee", Some(&fee));
    page.entry("offer-page-until", until.as_deref());
    page.tag("</dl>\n");
}

const fn word_of(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::OnSite => "offer-page-on-site",
        PlaceKind::Remote => "offer-page-remote",
        PlaceKind::Hybrid => "offer-page-hybrid",
        PlaceKind::Anywhere => "offer-page-anywhere",
    }
}

/// So many minutes in hours and minutes, unless there are none: 1 h 30 min.
fn minutes(language: Language, minutes: u32) -> Option<String> {
    let hour = match language {
        Language::Fi => "t",
        Language::Sv | Language::En => "h",
    };
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let parts = [(hours, hour), (minutes, "min")].into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts.map(|(count, unit)| format!("{count} {unit}")).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
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
