//! Restoring a backup.

use std::io::{self, BufRead};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{CONTENTS, Done, End, Error, FORMAT, Header, Heading, KEY_CHECK, Sum};
use crate::{
    Database, Session,
    connection::catalogue::{Column, Table},
    data_key::{Fit, fit},
};

/// How much is added at a time, in bytes.
const PORTION: usize = 1 << 20;

/// Restores a backup into a database that is empty: with no schema, or with one that the backup's begins with. The schema
/// becomes that of the backup.
///
/// It is one transaction, which ends well only if the whole backup was read and is what was written.
///
/// # Errors
///
/// See [`Error`]. Nothing remains of what was restored until then.
pub fn restore(database: &Database, source: &mut impl BufRead) -> Result<Done, Error> {
    database.alone(|session| {
        let mut reader = Reader { source, sum: Sum::new(), last: Vec::new(), number: 0 };
        begin(session, &mut reader)?;
        session.conn.out_of_order()?;
        let done = rows(session, &mut reader)?;
        session.conn.in_order().map_err(misfit)?;
        // What the backup says of itself needs only the key that was the first one when it was made.
        match fit(session)? {
            Fit::Any | Fit::Opens => Ok(done),
            Fit::Lacks(_) | Fit::Other => Err(Error::Key),
        }
    })
}

/// Reads the header, and makes the database one that the rest can go into.
fn begin(session: &mut Session<'_>, reader: &mut Reader<'_, impl BufRead>) -> Result<(), Error> {
    let header: Header = match reader.next()? {
        Some(line) => serde_json::from_str(&line)
            .map_err(|_| Error::Damaged("it does not begin as a backup does".to_owned()))?,
        None => return Err(reader.damaged("it has no beginning")),
    };
    if header.format != FORMAT {
        return Err(Error::Schema(format!("it is of the form {}", header.format)));
    }
    let check = STANDARD.decode(&header.key_check).map_err(|_| reader.damaged("its key check"))?;
    match session.unseal(&check) {
        Ok(plain) if plain == KEY_CHECK => (),
        _ => return Err(Error::Key),
    }
    let ahead = session.conn.schema()?.into_iter().find(|name| !header.schema.contains(name));
    if let Some(name) = ahead {
        return Err(Error::Schema(format!("the database has {name}, which the backup has not")));
    }
    if let Some(name) = session.conn.bring_to(&header.schema)?.first() {
        return Err(Error::Schema(format!("this program does not know its migration {name}")));
    }
    for table in session.conn.tables()? {
        if session.conn.has_rows(&table)? {
            return Err(Error::NotEmpty(table.name));
        }
    }
    Ok(())
}

/// Reads the tables and the end.
fn rows(session: &mut Session<'_>, reader: &mut Reader<'_, impl BufRead>) -> Result<Done, Error> {
    let tables = session.conn.tables()?;
    let mut done = Done::default();
    let mut into: Option<Portion> = None;
    loop {
        let line = reader.next()?.ok_or_else(|| reader.damaged("its end is missing"))?;
        if line.starts_with('[') {
            let portion = into.as_mut().ok_or_else(|| reader.damaged("a row is of no table"))?;
            let row: Vec<Option<String>> = reader.parse(&line)?;
            if row.len() != portion.columns.len() {
                return Err(reader.damaged("a row has other columns"));
            }
            done.rows += 1;
            if portion.table == CONTENTS {
                done.attachments += 1;
                if session.has_folder() {
                    keep(session, reader, &row)?;
                    continue;
                }
            }
            portion.add(session, &line)?;
            continue;
        }
        if let Some(mut portion) = into.take() {
            portion.flush(session)?;
        }
        if line.starts_with("{\"table\"") {
            let heading: Heading = reader.parse(&line)?;
            into = Some(Portion::of(&tables, &heading)?);
            continue;
        }
        let end: End = reader.parse(&line)?;
        if end.rows != done.rows || end.sha256 != reader.sum.hex() {
            return Err(reader.damaged("it is not what was written"));
        }
        if reader.next()?.is_some() {
            return Err(reader.damaged("something comes after its end"));
        }
        return Ok(done);
    }
}

/// Writes the content of an attachment to its file in the folder.
fn keep(
    session: &mut Session<'_>,
    reader: &Reader<'_, impl BufRead>,
    row: &[Option<String>],
) -> Result<(), Error> {
    let [Some(id), Some(hex)] = row else { return Err(reader.damaged("a file is not whole")) };
    let id: Uuid = id.parse().map_err(|_| reader.damaged("a file has no name"))?;
    let content = bytes(hex).ok_or_else(|| reader.damaged("a file is not readable"))?;
    let path = session.file(id).ok_or(crate::Error::NotFound)?;
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => Error::FileThere(id.to_string()),
        _ => crate::Error::File(error).into(),
    };
    session.touched.make(path, &content).map_err(failed)
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes().chunks(2);
    digits.map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()).collect()
}

/// What the database says of rows that do not fit: each other, or what it was made for.
fn misfit(error: crate::Error) -> Error {
    match error {
        crate::Error::Database(_) | crate::Error::Exists => Error::Damaged(error.to_string()),
        error => error.into(),
    }
}

/// Rows of one table that wait to be added.
struct Portion {
    table: String,
    columns: Vec<Column>,
    rows: String,
}

impl Portion {
    fn of(tables: &[Table], heading: &Heading) -> Result<Self, Error> {
        let other = || Error::Schema(format!("its table {} is another one", heading.table));
        let table = tables.iter().find(|table| table.name == heading.table).ok_or_else(other)?;
        let find = |name: &String| {
            table.columns.iter().find(|column| column.column_name == *name).cloned()
        };
        let columns: Vec<Column> =
            heading.columns.iter().map(find).collect::<Option<_>>().ok_or_else(other)?;
        if columns.len() != table.columns.len() {
            return Err(other());
        }
        Ok(Self { table: table.name.clone(), columns, rows: String::new() })
    }

    fn add(&mut self, session: &mut Session<'_>, line: &str) -> Result<(), Error> {
        self.rows.push(if self.rows.is_empty() { '[' } else { ',' });
        self.rows.push_str(line);
        if self.rows.len() > PORTION { self.flush(session) } else { Ok(()) }
    }

    fn flush(&mut self, session: &mut Session<'_>) -> Result<(), Error> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = format!("{}]", std::mem::take(&mut self.rows));
        session.conn.add_rows(&self.table, &self.columns, rows).map_err(misfit)
    }
}

/// Reads lines, and adds up those before the present one.
struct Reader<'a, R> {
    source: &'a mut R,
    sum: Sum,
    last: Vec<u8>,
    number: u64,
}

impl<R: BufRead> Reader<'_, R> {
    /// The next line, if there is one.
    fn next(&mut self) -> Result<Option<String>, Error> {
        self.sum.add(&self.last);
        self.last.clear();
        self.number += 1;
        if self.source.read_until(b'\n', &mut self.last)? == 0 {
            return Ok(None);
        }
        let line = self.last.strip_suffix(b"\n").ok_or_else(|| self.damaged("it breaks off"))?;
        let text = std::str::from_utf8(line).map_err(|_| self.damaged("it is not text"))?;
        Ok(Some(text.to_owned()))
    }

    fn parse<T: DeserializeOwned>(&self, line: &str) -> Result<T, Error> {
        serde_json::from_str(line).map_err(|_| self.damaged("it is not readable"))
    }

    fn damaged(&self, what: &str) -> Error {
        Error::Damaged(format!("line {}: {what}", self.number))
    }
}
