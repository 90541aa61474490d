//! What a ledger hides, and that it hides no more than it must.

use super::*;

/// A table whose rows are about so many people each, other people in each, with its total: what is shown of the total
/// and of the rows.
fn shown(rows: &[usize]) -> (Option<i64>, Vec<Option<i64>>) {
    let mut next = 0_u128;
    let mut ledger = Ledger::default();
    let mut everybody = BTreeSet::new();
    let mut cells = Vec::new();
    for people in rows {
        let of_row: BTreeSet<Uuid> =
            (0..*people).map(|n| Uuid::from_u128(next + n as u128)).collect();
        next += *people as u128;
        everybody.extend(of_row.clone());
        cells.push(ledger.enter(*people as i64, of_row));
    }
    let total = ledger.enter(everybody.len() as i64, everybody);
    ledger.adds_up(total, &cells);
    let closed = ledger.close();
    (closed.shown(total), cells.iter().map(|cell| closed.shown(*cell)).collect())
}

#[test]
fn five_people_are_enough() {
    assert_eq!(shown(&[5, 6, 7]), (Some(18), vec![Some(5), Some(6), Some(7)]));
    assert_eq!(shown(&[5]), (Some(5), vec![Some(5)]));
}

#[test]
fn nobody_is_hidden() {
    assert_eq!(shown(&[0, 5, 9]), (Some(14), vec![Some(0), Some(5), Some(9)]));
    assert_eq!(shown(&[0, 0]), (Some(0), vec![Some(0), Some(0)]));
}

#[test]
fn one_to_four_people_take_the_next_smallest_row_with_them() {
    for few in 1..=4 {
        assert_eq!(shown(&[few, 8, 6, 9]).1, [None, Some(8), None, Some(9)]);
    }
}

#[test]
fn few_who_are_all_there_are_hidden_with_their_total() {
    assert_eq!(shown(&[3, 0]), (None, vec![None, Some(0)]));
    assert_eq!(shown(&[1, 1]), (None, vec![None, None]));
}

#[test]
fn few_among_many_small_rows_stay_hidden_and_the_total_is_shown() {
    assert_eq!(shown(&[2, 3, 4, 20]), (Some(29), vec![None, None, None, Some(20)]));
}

#[test]
fn a_figure_about_few_people_is_small_however_often_they_are_counted() {
    let mut ledger = Ledger::default();
    let people = |n: u128| (0..n).map(Uuid::from_u128).collect::<BTreeSet<_>>();
    let [often, enough, none] =
        [(40, 4), (5, 5), (0, 0)].map(|(value, n)| ledger.enter(value, people(n)));
    assert_eq!([often, enough, none].map(|cell| ledger.is_small(cell)), [true, false, false]);
    ledger.hide(enough);
    let closed = ledger.close();
    assert_eq!([often, enough, none].map(|cell| closed.shown(cell)), [None, None, Some(0)]);
}

/// Two tables over the same people: what one hides alone cannot be had from the other.
#[test]
fn a_row_that_is_hidden_in_one_table_is_not_left_to_be_had_from_another() {
    let mut ledger = Ledger::default();
    let people =
        |from: u128, n: u128| (from..from + n).map(Uuid::from_u128).collect::<BTreeSet<_>>();
    let total = ledger.enter(20, people(0, 20));
    let [few, middle, many] =
        [(0, 3), (3, 7), (10, 10)].map(|(from, n)| ledger.enter(n as i64, people(from, n)));
    let [both, rest] = [(0, 10), (10, 10)].map(|(from, n)| ledger.enter(n as i64, people(from, n)));
    ledger.adds_up(total, &[few, middle, many]);
    ledger.adds_up(total, &[both, rest]);
    ledger.adds_up(both, &[few, middle]);
    let closed = ledger.close();
    let shown = [few, middle, many, both, rest, total].map(|cell| closed.shown(cell));
    assert_eq!(shown, [None, None, Some(10), Some(10), Some(10), Some(20)]);
}
