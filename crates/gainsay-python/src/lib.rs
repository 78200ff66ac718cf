//! gainsay for Python.
