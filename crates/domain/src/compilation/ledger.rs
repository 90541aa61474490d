//! Suppression: which figures may be shown so that none about fewer than five people can be had, not even by
//! subtracting figures from each other (`process.md`, invariant 11).
//!
//! All figures of a compilation stand in one ledger, as cells, with the equations that hold between them: the rows of a
//! table add up to its total, and tables over the same people share one total. [`Ledger::close`] hides
//!
//! 1. every cell about one to four people, and
//! 2. as long as something hidden can be inferred from what is shown, one more cell: the one about the fewest people in
//!    the same equation.
//!
//! What can be inferred is audited as an adversary would do it who knows every equation: by elimination over the hidden
//! cells, by the bounds that follow from no cell being negative, and by the sum of what is hidden within a total.

use std::collections::BTreeSet;

use uuid::Uuid;

/// How many people a figure must be about to be shown.
pub const THRESHOLD: usize = 5;

/// How many values a hidden count must at least be able to have, seen from what is shown.
const DOUBT: i64 = 4;

const UNBOUNDED: i64 = i64::MAX / 1024;

/// Figures, and how they hang together.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    cells: Vec<Cell>,
    equations: Vec<Equation>,
}

/// A figure in a [`Ledger`].
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct CellId(usize);

#[derive(Clone, Debug)]
struct Cell {
    value: i64,
    people: BTreeSet<Uuid>,
    hidden: bool,
    /// Whether it may be zero for all that the reader knows: hidden whatever it is.
    forced: bool,
}

/// `whole` is the sum of `parts`.
#[derive(Clone, Debug)]
struct Equation {
    whole: usize,
    parts: Vec<usize>,
}

impl Ledger {
    /// Enters a figure and whom it is about.
    pub fn enter(&mut self, value: i64, people: BTreeSet<Uuid>) -> CellId {
        self.cells.push(Cell { value, people, hidden: false, forced: false });
        CellId(self.cells.len() - 1)
    }

    /// Enters that `parts` add up to `whole`.
    pub fn adds_up(&mut self, whole: CellId, parts: &[CellId]) {
        let parts = parts.iter().map(|part| part.0).collect();
        self.equations.push(Equation { whole: whole.0, parts });
    }

    /// Hides a figure whatever it is.
    pub fn hide(&mut self, cell: CellId) {
        self.cells[cell.0].hidden = true;
        self.cells[cell.0].forced = true;
    }

    /// Whether a figure is about one to four people.
    pub fn is_small(&self, cell: CellId) -> bool {
        self.cells[cell.0].is_small()
    }

    /// How many people some figures are about together.
    pub(super) fn people_of(&self, cells: impl Iterator<Item = CellId>) -> usize {
        let people: BTreeSet<_> = cells.flat_map(|cell| &self.cells[cell.0].people).collect();
        people.len()
    }

    /// The figure, hidden or not.
    pub(super) fn true_value(&self, cell: CellId) -> i64 {
        self.cells[cell.0].value
    }

    /// The figure, unless it is hidden.
    pub fn shown(&self, cell: CellId) -> Option<i64> {
        let cell = &self.cells[cell.0];
        (!cell.hidden).then_some(cell.value)
    }

    /// Hides what must not be shown.
    #[must_use]
    pub fn close(mut self) -> Self {
        for cell in &mut self.cells {
            cell.hidden |= cell.is_small();
        }
        while let Some(leak) = self.leak() {
            let Some(next) = self.sacrifice(leak) else { break };
            self.cells[next].hidden = true;
        }
        self
    }

    /// A hidden cell that can be inferred from what is shown.
    fn leak(&self) -> Option<usize> {
        self.small_rest().or_else(|| self.narrow()).or_else(|| self.determined())
    }

    /// What is hidden within a shown total is itself a figure: it must not be about one to four people.
    fn small_rest(&self) -> Option<usize> {
        self.equations.iter().find_map(|equation| {
            if self.cells[equation.whole].hidden {
                return None;
            }
            let hidden = || equation.parts.iter().copied().filter(|part| self.cells[*part].hidden);
            let people: BTreeSet<_> = hidden().flat_map(|part| &self.cells[part].people).collect();
            let small = (1..THRESHOLD).contains(&people.len());
            if small { hidden().next() } else { None }
        })
    }

    /// A hidden cell with too few possible values, by the bounds.
    fn narrow(&self) -> Option<usize> {
        let bounds = self.bounds();
        (0..self.cells.len()).find(|&cell| {
            let (low, high) = bounds[cell];
            self.cells[cell].hidden && self.cells[cell].value > 0 && high - low + 1 < DOUBT
        })
    }

    fn bounds(&self) -> Vec<(i64, i64)> {
        let mut bounds: Vec<(i64, i64)> = self
            .cells
            .iter()
            .map(|cell| match cell {
                Cell { hidden: false, value, .. } => (*value, *value),
                Cell { forced: true, .. } => (0, UNBOUNDED),
                Cell { .. } => (1, UNBOUNDED),
            })
            .collect();
        // Each round tightens by what the round before found; the equations hang together by few links.
        for _ in 0..self.equations.len().clamp(1, 32) {
            for equation in &self.equations {
                let low: i64 = equation.parts.iter().map(|&part| bounds[part].0).sum();
                let high: i64 =
                    equation.parts.iter().map(|&part| bounds[part].1).sum::<i64>().min(UNBOUNDED);
                let whole = &mut bounds[equation.whole];
                *whole = (whole.0.max(low), whole.1.min(high));
                let whole = *whole;
                for &part in &equation.parts {
                    let others_low = low - bounds[part].0;
                    let unbounded_others = equation
                        .parts
                        .iter()
                        .any(|&other| other != part && bounds[other].1 >= UNBOUNDED);
                    let others_high = equation
                        .parts
                        .iter()
                        .filter(|&&other| other != part)
                        .map(|&other| bounds[other].1)
                        .sum::<i64>();
                    let part = &mut bounds[part];
                    part.1 = part.1.min(whole.1 - others_low);
                    if !unbounded_others {
                        part.0 = part.0.max(whole.0 - others_high);
                    }
                }
            }
        }
        bounds
    }

    /// A hidden cell that elimination over the equations solves.
    fn determined(&self) -> Option<usize> {
        let hidden: Vec<usize> =
            (0..self.cells.len()).filter(|&cell| self.cells[cell].hidden).collect();
        let column = |cell: usize| hidden.binary_search(&cell).ok();
        let mut rows: Vec<Vec<i128>> = self
            .equations
            .iter()
            .map(|equation| {
                let mut row = vec![0; hidden.len()];
                for part in equation.parts.iter().filter_map(|&part| column(part)) {
                    row[part] += 1;
                }
                if let Some(whole) = column(equation.whole) {
                    row[whole] -= 1;
                }
                row
            })
            .collect();
        reduce(&mut rows, hidden.len());
        rows.iter().find_map(|row| {
            let mut known = (0..hidden.len()).filter(|&at| row[at] != 0);
            let only = known.next()?;
            known.next().is_none().then(|| hidden[only])
        })
    }

    /// The cell to hide so that `leak` is better protected.
    fn sacrifice(&self, leak: usize) -> Option<usize> {
        let near = self
            .equations
            .iter()
            .filter(|equation| equation.whole == leak || equation.parts.contains(&leak));
        let part = near
            .clone()
            .flat_map(|equation| &equation.parts)
            .copied()
            .filter(|&part| self.can_go(part))
            .min_by_key(|&part| (self.cells[part].people.len(), self.cells[part].value, part));
        let whole = || near.map(|equation| equation.whole).find(|&whole| self.can_go(whole));
        let any = || (0..self.cells.len()).find(|&cell| self.can_go(cell));
        part.or_else(whole).or_else(any)
    }

    fn can_go(&self, cell: usize) -> bool {
        !self.cells[cell].hidden && self.cells[cell].value > 0
    }
}

impl Cell {
    fn is_small(&self) -> bool {
        self.value != 0 && self.people.len() < THRESHOLD
    }
}

/// Brings the rows to reduced echelon form, in whole numbers.
fn reduce(rows: &mut [Vec<i128>], width: usize) {
    let mut done = 0;
    for column in 0..width {
        let Some(pivot) = (done..rows.len()).find(|&row| rows[row][column] != 0) else { continue };
        rows.swap(done, pivot);
        let pivot = rows[done].clone();
        for (n, row) in rows.iter_mut().enumerate() {
            if n == done || row[column] == 0 {
                continue;
            }
            let (mine, theirs) = (row[column], pivot[column]);
            for at in 0..width {
                row[at] = row[at] * theirs - pivot[at] * mine;
            }
            let divisor = row.iter().fold(0, |divisor, value| common(divisor, value.abs()));
            if divisor > 1 {
                row.iter_mut().for_each(|value| *value /= divisor);
            }
        }
        done += 1;
    }
}

const fn common(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
