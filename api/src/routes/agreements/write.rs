//! How days, amounts and codes are written for people.

use chrono::{Datelike, NaiveDate};
use domain::{
    codes::CodeSet,
    localized::Language,
    money::Money,
    time::{Day, Moment},
};

/// A day: 15.1.2027, in English 15/01/2027 as in Ireland.
pub(in crate::routes) fn day(language: Language, day: Day) -> String {
    let day = NaiveDate::from(day);
    match language {
        Language::Fi | Language::Sv => format!("{}.{}.{}", day.day(), day.month(), day.year()),
        Language::En => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
    }
}

/// A moment, in the time of Finland.
pub(crate) fn moment(language: Language, at: Moment) -> String {
    let (hour, minute) = at.clock();
    let day = day(language, at.day());
    match language {
        Language::Fi => format!("{day} klo {hour}.{minute:02}"),
        Language::Sv => format!("{day} kl. {hour}.{minute:02}"),
        Language::En => format!("{day} {hour:02}:{minute:02}"),
    }
}

/// An amount of money.
pub(in crate::routes) fn money(language: Language, money: Money) -> String {
    let (euros, cents) = (money.cents / 100, money.cents % 100);
    match language {
        Language::Fi | Language::Sv => format!("{euros},{cents:02} €"),
        Language::En => format!("€{euros}.{cents:02}"),
    }
}

/// A quantity in tenths.
pub(in crate::routes) fn tenths(language: Language, tenths: i64) -> String {
    let (whole, tenth) = (tenths / 10, tenths % 10);
    match (language, tenth) {
        (_, 0) => whole.to_string(),
        (Language::En, _) => format!("{whole}.{tenth}"),
        (Language::Fi | Language::Sv, _) => format!("{whole},{tenth}"),
    }
}

/// The label of a code.
pub(in crate::routes) fn code(language: Language, set: CodeSet, code: &str) -> String {
    set.find(code).map_or(code, |entry| entry.label(language)).to_owned()
}
