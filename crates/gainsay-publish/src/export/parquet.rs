//! Parquet, a file a noun: the objects of the JSON lines as typed columns (zstd), for pyarrow, DuckDB, pandas and Spark.

use std::io::{self, Write};

use gainsay_tables::{Table, Writer, claims, lines, pieces, reports};
use serde::Serialize;
use serde_json::Value;

use super::{Export, Loss, Noun};

/// About how many bytes an object is.
const BYTES: usize = 2048;

/// Writes the file of a noun.
///
/// # Errors
/// Those of `out`; a row that is not as its table's columns want it.
pub fn write(export: &Export, noun: Noun, out: Box<dyn Write + Send>, loss: &mut Loss) -> io::Result<()> {
    let rows = match noun {
        Noun::Reports => {
            let mut writer = Writer::new(out, Table::Reports.schema()).map_err(fault)?;
            let all: Vec<_> = export.reports.iter().map(|one| one.report.clone()).collect();
            for piece in pieces(&all, reports::size) {
                writer.write(&reports::batch(piece).map_err(fault)?).map_err(fault)?;
            }
            writer.finish().map_err(fault)?.flush()?;
            loss.dropped("reports", "raw", all.len(), "no original bytes; the ledger keeps them");
            loss.dropped(
                "reports",
                "sha256, added",
                all.len(),
                "hashes and custody: jsonl and csv hold them",
            );
            all.len()
        }
        Noun::Claims => {
            let mut writer = Writer::new(out, Table::ClaimLines.schema()).map_err(fault)?;
            for piece in pieces(&export.claims, |said| claims::size(&said.claim)) {
                let rows = piece.iter().map(|said| serde_json::to_value(said).map(claims::row_of_line));
                let rows = rows.collect::<Result<Vec<Value>, _>>()?;
                writer
                    .write(&lines::batch(Table::ClaimLines.schema(), &rows).map_err(fault)?)
                    .map_err(fault)?;
            }
            writer.finish().map_err(fault)?.flush()?;
            export.claims.len()
        }
        Noun::Events => table(Table::Events, &export.events, out)?,
        Noun::Disputes => table(Table::Disputes, &export.disputes, out)?,
        Noun::Sources => table(Table::Sources, &export.sources, out)?,
        Noun::Tally => table(Table::Tally, &export.tallies, out)?,
        Noun::Holdings => table(Table::Holdings, &export.holdings, out)?,
        Noun::Sieges => table(Table::Sieges, &export.sieges, out)?,
        Noun::Ties => table(Table::Ties, &export.ties, out)?,
    };
    loss.wrote(noun.as_str(), rows);
    Ok(())
}

fn table<T: Serialize>(table: Table, rows: &[T], out: Box<dyn Write + Send>) -> io::Result<usize> {
    let mut writer = Writer::new(out, table.schema()).map_err(fault)?;
    for piece in pieces(rows, |_| BYTES) {
        writer.write(&lines::batch(table.schema(), piece).map_err(fault)?).map_err(fault)?;
    }
    writer.finish().map_err(fault)?.flush()?;
    Ok(rows.len())
}

fn fault(error: gainsay_tables::Error) -> io::Error {
    io::Error::other(error)
}
