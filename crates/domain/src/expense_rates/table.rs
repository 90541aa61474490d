//! The figures. To add a year, add its figures with their sources below the last one.

use super::{Figure, RateKind, YearRates};
use crate::money::Money;

const NAPAPIIRI: &str = "https://www.napapiirintilipalvelut.fi/nosto-etusivulle/";
const UPSI: &str = "https://www.upsioy.fi/verottomat-korvaukset-2022.html";
const MIETTINEN: &str = "http://www.kirjanpitopalvelumiettinen.fi/kulukorvaukset/";
const PROCOUNTOR: &str = "https://procountor.fi/blogi/kilometrikorvaus-paivaraha-ateriakorvaus/";
const ARAVUORI: &str = "https://www.aravuorikirjanpito.fi/www/1166_kilometrikorvaukset";
const TALOUSHALLINTO: &str = "https://taloushallintoliitto.fi/tietopankki/yrityksen-muistilista-vuodelle-2026/matkakustannusten-korvaukset/";
const PRO_RATIO: &str =
    "https://www.pro-ratio.fi/artikkelit/verovapaat-matkakustannusten-korvaukset-vuonna-2026";
const UNREAD: &str = "not read at a source";

const CHECK_MEAL_2023: &str =
    "the source says 12.30 for one meal and 24.00 for two, which do not fit together";
const CHECK_MEAL_2026: &str =
    "one source says 13.20 and another 13.50; both say 27.00 for two meals, which fits the latter";

/// Every year that is known, the first one first.
pub const YEARS: &[YearRates] = &[
    YearRates {
        year: 2021,
        figures: &[
            read(RateKind::KilometreCar, 44, NAPAPIIRI),
            read(RateKind::PerDiemFull, 4400, NAPAPIIRI),
            read(RateKind::PerDiemPartial, 2000, NAPAPIIRI),
            read(RateKind::MealOne, 1100, NAPAPIIRI),
        ],
    },
    YearRates {
        year: 2022,
        figures: &[
            read(RateKind::KilometreCar, 46, UPSI),
            read(RateKind::KilometrePassenger, 3, UPSI),
            read(RateKind::PerDiemFull, 4500, UPSI),
            read(RateKind::PerDiemPartial, 2000, UPSI),
            read(RateKind::MealOne, 1125, UPSI),
            read(RateKind::MealTwo, 2250, UPSI),
        ],
    },
    YearRates {
        year: 2023,
        figures: &[
            read(RateKind::KilometreCar, 53, MIETTINEN),
            read(RateKind::PerDiemFull, 4800, MIETTINEN),
            read(RateKind::PerDiemPartial, 2200, MIETTINEN),
            doubtful(RateKind::MealOne, 1230, MIETTINEN, CHECK_MEAL_2023),
            doubtful(RateKind::MealTwo, 2400, MIETTINEN, CHECK_MEAL_2023),
            read(RateKind::Night, 1500, MIETTINEN),
        ],
    },
    YearRates {
        year: 2024,
        figures: &[
            read(RateKind::KilometreCar, 57, MIETTINEN),
            read(RateKind::KilometreMotorcycle, 44, PROCOUNTOR),
            read(RateKind::KilometreMoped, 23, PROCOUNTOR),
            read(RateKind::KilometreOther, 14, PROCOUNTOR),
            read(RateKind::KilometrePassenger, 4, MIETTINEN),
            read(RateKind::PerDiemFull, 5100, MIETTINEN),
            read(RateKind::PerDiemPartial, 2400, MIETTINEN),
            read(RateKind::MealOne, 1275, MIETTINEN),
            read(RateKind::MealTwo, 2550, MIETTINEN),
            read(RateKind::Night, 1600, MIETTINEN),
        ],
    },
    YearRates {
        year: 2025,
        figures: &[
            read(RateKind::KilometreCar, 59, ARAVUORI),
            unread(RateKind::PerDiemFull, 5300),
            unread(RateKind::PerDiemPartial, 2400),
            unread(RateKind::MealOne, 1325),
            unread(RateKind::MealTwo, 2650),
            unread(RateKind::Night, 1600),
        ],
    },
    YearRates {
        year: 2026,
        figures: &[
            read(RateKind::KilometreCar, 55, TALOUSHALLINTO),
            read(RateKind::KilometreMotorcycle, 42, TALOUSHALLINTO),
            read(RateKind::KilometrePassenger, 4, TALOUSHALLINTO),
            read(RateKind::PerDiemFull, 5400, TALOUSHALLINTO),
            read(RateKind::PerDiemPartial, 2500, TALOUSHALLINTO),
            doubtful(RateKind::MealOne, 1350, PRO_RATIO, CHECK_MEAL_2026),
            read(RateKind::MealTwo, 2700, PRO_RATIO),
            read(RateKind::Night, 1600, TALOUSHALLINTO),
        ],
    },
];

const fn read(kind: RateKind, cents: i64, source: &'static str) -> Figure {
    Figure { kind, amount: Money::eur(cents), source, verified: true, note: None }
}

const fn unread(kind: RateKind, cents: i64) -> Figure {
    Figure { kind, amount: Money::eur(cents), source: UNREAD, verified: false, note: None }
}

const fn doubtful(kind: RateKind, cents: i64, source: &'static str, note: &'static str) -> Figure {
    Figure { kind, amount: Money::eur(cents), source, verified: false, note: Some(note) }
}
