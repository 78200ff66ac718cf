//! Tables as other programs write them: other types of text, number, day and list, other columns, another order.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int8Type;
use arrow_array::{
    Array, ArrayRef, Date64Array, DictionaryArray, Float64Array, Int64Array, LargeStringArray, ListArray,
    NullArray, RecordBatch, StringArray, StringViewArray, StructArray, TimestampMicrosecondArray,
    UInt32Array,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field};
use gainsay_tables::{claims, reports};

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

fn texts(values: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

#[test]
fn any_type_of_text_will_do() {
    let words = ["one", "two"];
    let dictionary: DictionaryArray<Int8Type> = words.into_iter().collect();
    let all: [ArrayRef; 4] = [
        texts(&words),
        Arc::new(LargeStringArray::from(words.to_vec())),
        Arc::new(StringViewArray::from(words.to_vec())),
        Arc::new(dictionary),
    ];
    for array in all {
        let read = reports::rows(&batch(vec![("text", array)]), "t", 1).unwrap();
        let read: Vec<&str> = read.iter().map(|row| row.text.as_deref().unwrap()).collect();
        assert_eq!(read, words);
    }
}

#[test]
fn days_are_dates_moments_or_texts() {
    // 2014-06-03T22:30:00Z, which is the fourth in Damascus.
    let moment = 1_401_834_600_000_000i64;
    let moments = |zone: Option<&str>| -> ArrayRef {
        Arc::new(TimestampMicrosecondArray::from(vec![moment]).with_timezone_opt(zone))
    };
    for (array, day) in [
        (Arc::new(Date64Array::from(vec![moment / 1_000])) as ArrayRef, "2014-06-03"),
        (moments(None), "2014-06-03"),
        (moments(Some("UTC")), "2014-06-03"),
        (moments(Some("+03:00")), "2014-06-04"),
        (texts(&["3 June 2014"]), "3 June 2014"),
        (Arc::new(TimestampMicrosecondArray::from(vec![i64::MAX])), "a day out of bounds"),
    ] {
        let read =
            reports::rows(&batch(vec![("text", texts(&["x"])), ("published", array)]), "t", 1).unwrap();
        assert_eq!(read[0].published.as_deref(), Some(day));
    }
}

#[test]
fn columns_are_found_by_name_and_the_rest_is_null() {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("extra", Arc::new(Float64Array::from(vec![0.5]))),
        ("url", Arc::new(NullArray::new(1))),
        ("text", texts(&["Shells fell."])),
        ("id", Arc::new(Int64Array::from(vec![7]))),
    ];
    let read = reports::rows(&batch(columns), "t", 41).unwrap();
    assert_eq!(
        (read[0].row, read[0].id.as_deref(), read[0].text.as_deref()),
        (41, Some("7"), Some("Shells fell."))
    );
    assert_eq!((&read[0].url, &read[0].title), (&None, &None));
}

/// One row with one list of these items.
fn one_list(items: ArrayRef) -> ArrayRef {
    let field = Arc::new(Field::new("element", items.data_type().clone(), true));
    Arc::new(ListArray::new(field, OffsetBuffer::from_lengths([items.len()]), items, None))
}

fn row(parts: Vec<(&str, ArrayRef)>) -> ArrayRef {
    let part = |(name, array): (&str, ArrayRef)| {
        (Arc::new(Field::new(name, DataType::clone(array.data_type()), true)), array)
    };
    Arc::new(StructArray::from(parts.into_iter().map(part).collect::<Vec<_>>()))
}

fn evidence() -> ArrayRef {
    one_list(row(vec![
        ("exact", texts(&["Shells fell"])),
        ("end", Arc::new(UInt32Array::from(vec![11])) as ArrayRef),
        ("start", Arc::new(UInt32Array::from(vec![0]))),
    ]))
}

fn least() -> Vec<(&'static str, ArrayRef)> {
    vec![("document", texts(&["d"])), ("kind", texts(&["shelling"])), ("evidence", evidence())]
}

#[test]
fn claims_of_a_data_frame() {
    let mut actors = ListBuilder::new(StringBuilder::new());
    actors.values().append_value("the army");
    actors.append(true);
    let mut columns = least();
    columns.push(("actor", Arc::new(actors.finish())));
    // Pandas makes floats of whole numbers among which some are missing.
    let count = vec![
        ("what", texts(&["killed"])),
        ("low", Arc::new(Float64Array::from(vec![Some(5.0)])) as ArrayRef),
        ("high", Arc::new(Float64Array::from(vec![None]))),
    ];
    columns.push(("count", row(count)));
    columns
        .push(("time", row(vec![("start", texts(&["2014-06-03"])), ("end", Arc::new(NullArray::new(1)))])));
    let read = claims::rows(&batch(columns), "t", 1).unwrap().remove(0).unwrap();
    assert_eq!(
        (read.evidence[0].start, read.evidence[0].end, &*read.evidence[0].exact),
        (0, 11, "Shells fell")
    );
    assert_eq!((&*read.actor[0].mention, read.actor[0].id()), ("the army", None));
    let count = read.count.unwrap();
    assert_eq!((count.low, count.high), (Some(5), None));
    assert_eq!(read.time.unwrap().start, Some("2014-06-03".parse().unwrap()));
    assert_eq!(read.status.as_str(), "asserted");
}

#[test]
fn one_bad_row_is_one_warning() {
    for (name, array, says) in [
        (
            "kind",
            texts(&["war"]),
            "t:9: \"war\" is no word for kind; write one of those of the claims format",
        ),
        ("document", texts(&[""]), "t:9: the claim names no report; fill the column \"document\""),
        (
            "time",
            row(vec![("start", texts(&["June"]))]),
            "t:9: \"what is written\" is no day; write it as 2016-01-18",
        ),
        (
            "count",
            row(vec![("what", texts(&["killed"])), ("low", Arc::new(Float64Array::from(vec![5.5])))]),
            "t:9: a count below 0, or not whole; mend it",
        ),
        (
            "count",
            row(vec![("what", texts(&["killed"])), ("low", Arc::new(Int64Array::from(vec![-1])))]),
            "t:9: a count below 0, or not whole; mend it",
        ),
    ] {
        let mut columns = least();
        columns.retain(|(column, _)| *column != name);
        columns.push((name, array));
        let warning = claims::rows(&batch(columns), "t", 9).unwrap().remove(0).unwrap_err();
        assert_eq!(warning.to_string(), says);
    }
}

#[test]
fn a_column_that_is_wrong_is_named() {
    let number: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let error = reports::rows(&batch(vec![("text", number.clone())]), "r.parquet", 1).unwrap_err();
    assert_eq!(error.to_string(), "r.parquet: column \"text\" holds Int64, not text; write it so");
    let error =
        reports::rows(&batch(vec![("body", texts(&["x"])), ("n", number)]), "r.parquet", 1).unwrap_err();
    let says = "r.parquet: no column \"text\" (there are: body, n); name the columns id, text, published, publisher, \
                author, title, url, language";
    assert_eq!(error.to_string(), says);
    let mut columns = least();
    columns[2].1 =
        one_list(row(vec![("start", texts(&["0"])), ("end", texts(&["1"])), ("exact", texts(&["S"]))]));
    let error = claims::rows(&batch(columns), "c.parquet", 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "c.parquet: column \"evidence.start\" holds Utf8, not whole numbers; write it so"
    );
    let error = claims::rows(&batch(least()[..2].to_vec()), "c.parquet", 1).unwrap_err();
    let says = "c.parquet: no column \"evidence\" (there are: document, kind); claims have document, kind and evidence";
    assert_eq!(error.to_string(), says);
}
