//! Tables on their way to a compilation: their cells are in the ledger, and it is not known yet which may be shown.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{
    average,
    content::{AnswerTable, Content, Row, SumRow, SumTable, Table},
    ledger::{CellId, Ledger},
};
use crate::{
    feedback::{
        Side,
        question_set::{Kind, Question},
    },
    localized::Localized,
    money::Money,
};

/// The row of those who did not answer.
pub(super) const NO_ANSWER: &str = "no_answer";

/// Tables whose cells are in the ledger, before it is known which may be shown.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) ledger: Ledger,
    pub(super) tables: Vec<SheetTable>,
}

/// A table of the sheet.
pub(super) struct SheetTable {
    of: Of,
    name: String,
    pub(super) rows: Vec<SheetRow>,
    total: CellId,
}

/// A row of a table: its code, its name if it has no code, and its figure.
pub(super) type SheetRow = (String, Option<Localized>, CellId);

/// What a table is of.
pub(super) enum Of {
    Counts,
    Sums,
    Answers { side: Side, question: Question },
}

/// One thing counted: its row, and whom it is about.
pub(super) struct Counted<'a> {
    pub(super) row: &'a str,
    pub(super) amount: i64,
    pub(super) person: Uuid,
}

impl Sheet {
    /// Cells for the rows named, and for those that occur beside them.
    pub(super) fn rows<'a>(
        &mut self,
        named: &[&str],
        counted: impl Iterator<Item = Counted<'a>>,
    ) -> Vec<SheetRow> {
        let mut found: BTreeMap<String, (i64, BTreeSet<Uuid>)> = BTreeMap::new();
        for Counted { row, amount, person } in counted {
            let row = found.entry(row.to_owned()).or_default();
            row.0 += amount;
            if amount != 0 {
                row.1.insert(person);
            }
        }
        let mut rows = Vec::new();
        for row in named {
            let (amount, people) = found.remove(*row).unwrap_or_default();
            rows.push(((*row).to_owned(), None, self.ledger.enter(amount, people)));
        }
        for (row, (amount, people)) in found {
            rows.push((row, None, self.ledger.enter(amount, people)));
        }
        rows
    }

    /// A table whose rows add up to `total`.
    pub(super) fn table(&mut self, of: Of, name: &str, rows: Vec<SheetRow>, total: CellId) {
        let cells: Vec<_> = rows.iter().map(|(.., cell)| *cell).collect();
        self.ledger.adds_up(total, &cells);
        self.tables.push(SheetTable { of, name: name.to_owned(), rows, total });
    }

    /// A table of answers. Of numbers from one to five the average says more than what a suppressed table would leave,
    /// and both together would say too much: if one row is too small, all of them go.
    pub(super) fn answer_table(
        &mut self,
        side: Side,
        question: Question,
        rows: Vec<SheetRow>,
        total: CellId,
    ) {
        let small = rows.iter().any(|(.., cell)| self.ledger.is_small(*cell));
        if question.kind == Kind::Scale && small {
            for (.., cell) in rows.iter().filter(|(code, ..)| code != NO_ANSWER) {
                self.ledger.hide(*cell);
            }
        }
        let name = question.key.clone();
        self.table(Of::Answers { side, question }, &name, rows, total);
    }

    /// What may be shown.
    pub(super) fn close(self) -> Content {
        // The averages need the true counts even where they are hidden.
        let truth = self.ledger.clone();
        let ledger = self.ledger.close();
        let mut content = Content::default();
        for SheetTable { of, name, rows, total } in self.tables {
            match of {
                Of::Sums => content.sums.push(SumTable {
                    name,
                    rows: rows
                        .into_iter()
                        .map(|(code, _, cell)| SumRow {
                            code,
                            sum: ledger.shown(cell).map(Money::eur),
                        })
                        .collect(),
                    total: ledger.shown(total).map(Money::eur),
                }),
                Of::Counts => content.tables.push(counts(name, rows, total, &ledger)),
                Of::Answers { side, question } => {
                    let average = (question.kind == Kind::Scale)
                        .then(|| average::of_scale(&rows, &truth, &ledger))
                        .flatten();
                    content.answers.push(AnswerTable {
                        side,
                        question: question.key,
                        text: question.text,
                        table: counts(name, rows, total, &ledger),
                        average,
                    });
                }
            }
        }
        content
    }
}

fn counts(name: String, rows: Vec<SheetRow>, total: CellId, ledger: &Ledger) -> Table {
    let rows = rows
        .into_iter()
        .map(|(code, name, cell)| Row { code, name, count: ledger.shown(cell) })
        .collect();
    Table { name, rows, total: ledger.shown(total) }
}
