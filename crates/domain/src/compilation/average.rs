//! When an average may be shown.
//!
//! An average is one more equation over the rows of its table. It is shown if all rows are, since then it tells nothing
//! new; or if none is, and of every row it leaves open whether anybody at all is in it, or at least five are.

use super::{
    ledger::{CellId, Ledger, THRESHOLD},
    sheet::SheetRow,
};

/// The average of a table of numbers from one to five, to one decimal, if it may be shown. `truth` is the ledger before
/// it was closed.
pub(super) fn of_scale(rows: &[SheetRow], truth: &Ledger, shown: &Ledger) -> Option<f64> {
    let values: Vec<(i64, CellId)> =
        rows.iter().filter_map(|(code, _, cell)| Some((code.parse().ok()?, *cell))).collect();
    let count = |cell: CellId| truth.true_value(cell);
    let n: i64 = values.iter().map(|(_, cell)| count(*cell)).sum();
    let sum: i64 = values.iter().map(|(value, cell)| value * count(*cell)).sum();
    if n == 0 {
        return None;
    }
    let tenths = rounded_tenths(sum, n);
    let hidden = values.iter().filter(|(_, cell)| shown.shown(*cell).is_none()).count();
    let may = match hidden {
        0 => true,
        all if all == values.len() => {
            truth.people_of(values.iter().map(|(_, cell)| *cell)) >= THRESHOLD
                && leaves_open(n, tenths)
        }
        _ => false,
    };
    // At most fifty: exact.
    may.then(|| f64::from(i32::try_from(tenths).unwrap_or_default()) / 10.0)
}

const fn rounded_tenths(sum: i64, n: i64) -> i64 {
    (sum * 20 + n).div_euclid(n * 2)
}

/// Whether `n` answers with this average leave it open, for each of the five, if it was given by one to four people.
pub fn leaves_open(n: i64, tenths: i64) -> bool {
    let sums: Vec<i64> = (n..=n * 5).filter(|sum| rounded_tenths(*sum, n) == tenths).collect();
    (1..=5).all(|value| {
        let possible = |k: i64| sums.iter().any(|sum| reachable(value, n - k, sum - value * k));
        let few = 1..i64::try_from(THRESHOLD).unwrap_or(5);
        let otherwise = (0..=n).filter(|k| !few.contains(k)).any(possible);
        otherwise || !few.clone().any(possible)
    })
}

/// Whether `m` numbers from one to five other than `without` can add up to `sum`.
const fn reachable(without: i64, m: i64, sum: i64) -> bool {
    let (low, high) = match without {
        1 => (2, 5),
        5 => (1, 4),
        _ => (1, 5),
    };
    if sum < low * m || sum > high * m {
        return false;
    }
    match without {
        2 => sum != m + 1,
        3 => m != 1 || sum != 3,
        4 => sum != 5 * m - 1,
        _ => true,
    }
}
