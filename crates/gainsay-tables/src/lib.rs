//! Reports, claims and answers as Arrow tables, and Parquet files of them.
