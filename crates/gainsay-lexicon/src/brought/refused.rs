//! Why a list was not taken: every bad line, the first of them told.

/// How many bad lines are told.
pub const TOLD: usize = 20;

/// A line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    /// File.
    pub file: String,
    /// Line, or number of the feature, counted from 1; 0 for the whole file.
    pub line: u64,
    /// What is wrong and what to do.
    pub what: String,
}

impl std::fmt::Display for Bad {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.what),
            line => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

/// A list that was refused, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refused {
    /// The first bad lines, [`TOLD`] at most, in their order.
    pub lines: Vec<Bad>,
    /// How many there are in all.
    pub count: u64,
}

impl Refused {
    /// Of one reason.
    pub fn because(file: &str, line: u64, what: impl Into<String>) -> Refused {
        let mut refused = Refused::default();
        refused.add(file, line, what);
        refused
    }

    /// Adds a reason.
    pub fn add(&mut self, file: &str, line: u64, what: impl Into<String>) {
        self.count += 1;
        if self.lines.len() < TOLD {
            self.lines.push(Bad { file: file.to_owned(), line, what: what.into() });
        }
    }

    /// Adds what is wrong with a later part.
    pub fn extend(&mut self, other: Refused) {
        self.count += other.count;
        let room = TOLD - self.lines.len();
        self.lines.extend(other.lines.into_iter().take(room));
    }

    /// Nothing, where there is no reason.
    ///
    /// # Errors
    /// Itself, where there is one.
    pub fn or_ok(self) -> Result<(), Refused> {
        if self.count == 0 { Ok(()) } else { Err(self) }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, line) in self.lines.iter().enumerate() {
            write!(f, "{}{line}", if n == 0 { "" } else { "\n" })?;
        }
        let more = self.count - self.lines.len() as u64;
        if more > 0 { write!(f, "\nand {more} more") } else { Ok(()) }
    }
}

impl std::error::Error for Refused {}

impl From<crate::TableError> for Refused {
    fn from(error: crate::TableError) -> Refused {
        Refused::because(&error.file, error.line as u64, error.message)
    }
}
