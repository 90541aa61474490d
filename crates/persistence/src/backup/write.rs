//! Writing a backup.

use std::io::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use diesel::prelude::*;
use domain::time::Moment;
use serde::Serialize;

use super::{CONTENTS, Done, End, Error, FORMAT, Header, Heading, KEY_CHECK, Missing, Sum};
use crate::{
    Database, Session,
    connection::{ask, catalogue::Table},
    data_key::{Fit, fit},
    schema::{attachment_contents, attachments},
};

/// Writes a backup of everything to `target`, while others read and write.
///
/// # Errors
///
/// [`Error::Key`] if the data key is not the one of this database; [`Error::NoFile`] if attachments have no content, unless
/// they are `allowed`; [`Error::Io`] if `target` takes no more. What was written until then has no end, and is not restored.
pub fn write(
    database: &Database,
    target: &mut impl Write,
    allowed: Missing,
    now: Moment,
) -> Result<Done, Error> {
    let mut sink = Sink { target, sum: Sum::new(), done: Done::default(), missing: Vec::new() };
    database.snapshot(|session| sink.all(session, now))?;
    // What somebody has discarded since the snapshot is not lost.
    if allowed == Missing::None
        && let lost @ 1.. = database.read(|session| still_there(session, &sink.missing))?
    {
        return Err(Error::NoFile(lost));
    }
    sink.end()
}

/// How many of these attachments there are now.
fn still_there(session: &mut Session<'_>, ids: &[String]) -> crate::Result<u64> {
    let mut there = 0;
    for id in ids {
        let found = attachments::table.filter(attachments::id.eq(id)).count();
        there += ask!(session, |conn| found.get_result::<i64>(conn))?.unsigned_abs();
    }
    Ok(there)
}

struct Sink<'a, W> {
    target: &'a mut W,
    sum: Sum,
    done: Done,
    /// The attachments without a content.
    missing: Vec<String>,
}

impl<W: Write> Sink<'_, W> {
    /// Writes the header, and every table.
    fn all(&mut self, session: &mut Session<'_>, now: Moment) -> Result<(), Error> {
        session.conn.take_time()?;
        let header = Header {
            format: FORMAT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: now,
            schema: session.conn.schema()?,
            key_check: STANDARD.encode(session.seal(KEY_CHECK)?),
        };
        self.say(&header)?;
        // With another one, the backup could not be used.
        if matches!(fit(session)?, Fit::Lacks(_) | Fit::Other) {
            return Err(Error::Key);
        }
        for table in &session.conn.tables()? {
            let columns = table.columns.iter().map(|column| column.column_name.clone()).collect();
            self.say(&Heading { table: table.name.clone(), columns })?;
            let rows = self.table(session, table)?;
            if table.name == CONTENTS {
                self.done.attachments = rows;
                self.files(session)?;
            }
        }
        Ok(())
    }

    fn say(&mut self, what: &impl Serialize) -> Result<(), Error> {
        self.line(&serde_json::to_string(what).expect("plain values are JSON"))
    }

    fn line(&mut self, line: &str) -> Result<(), Error> {
        let line = format!("{line}\n");
        self.sum.add(line.as_bytes());
        Ok(self.target.write_all(line.as_bytes())?)
    }

    /// Writes the rows of a table, and tells how many there were.
    fn table(&mut self, session: &mut Session<'_>, table: &Table) -> Result<u64, Error> {
        let (mut last, mut rows): (Option<Vec<String>>, u64) = (None, 0);
        loop {
            let lines = session.conn.rows_after(table, last.as_deref())?;
            let Some(newest) = lines.last() else { return Ok(rows) };
            last = Some(key(table, newest)?);
            for line in &lines {
                self.line(line)?;
                rows += 1;
            }
            self.done.rows += lines.len() as u64;
        }
    }

    /// Writes the content that is kept in the folder as if it were kept in the database.
    fn files(&mut self, session: &mut Session<'_>) -> Result<(), Error> {
        let inside = attachment_contents::table.select(attachment_contents::id);
        let outside: Vec<String> = attachments::table
            .filter(attachments::id.ne_all(inside))
            .order(attachments::id)
            .select(attachments::id)
            .load(session.conn)
            .map_err(crate::Error::from)?;
        for id in outside {
            let file = id.parse().ok().and_then(|id| session.file(id));
            match file.map(std::fs::read) {
                Some(Ok(content)) => {
                    let hex: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
                    self.say(&[id, hex])?;
                    self.done.rows += 1;
                    self.done.attachments += 1;
                }
                Some(Err(error)) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(crate::Error::File(error).into());
                }
                Some(Err(_)) | None => {
                    self.done.missing += 1;
                    self.missing.push(id);
                }
            }
        }
        Ok(())
    }

    fn end(self) -> Result<Done, Error> {
        let end = End { rows: self.done.rows, sha256: self.sum.hex() };
        let line = serde_json::to_string(&end).expect("plain values are JSON");
        writeln!(self.target, "{line}")?;
        self.target.flush()?;
        Ok(self.done)
    }
}

/// The key of a row.
fn key(table: &Table, line: &str) -> Result<Vec<String>, Error> {
    let corrupt = || crate::Error::corrupt("backup", &table.name, "key");
    let row: Vec<Option<String>> = serde_json::from_str(line).map_err(|_| corrupt())?;
    let key = table.key().map(|(index, _)| row.get(index).cloned().flatten().ok_or_else(corrupt));
    Ok(key.collect::<crate::Result<_>>()?)
}
