//! The labels of the model: what a mention is, and where in it a word stands.

/// What a mention names: the classes of the labelled sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum MentionClass {
    Organisation,
    Location,
    Person,
    Temporal,
    Quantity,
    Weapon,
    MilitaryPlatform,
    DocumentReference,
    Nationality,
    Money,
}

impl MentionClass {
    /// Every class, in the order of its states.
    pub const ALL: [MentionClass; 10] = [
        MentionClass::Organisation,
        MentionClass::Location,
        MentionClass::Person,
        MentionClass::Temporal,
        MentionClass::Quantity,
        MentionClass::Weapon,
        MentionClass::MilitaryPlatform,
        MentionClass::DocumentReference,
        MentionClass::Nationality,
        MentionClass::Money,
    ];

    /// The class as the labelled sentences write it.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionClass::Organisation => "Organisation",
            MentionClass::Location => "Location",
            MentionClass::Person => "Person",
            MentionClass::Temporal => "Temporal",
            MentionClass::Quantity => "Quantity",
            MentionClass::Weapon => "Weapon",
            MentionClass::MilitaryPlatform => "MilitaryPlatform",
            MentionClass::DocumentReference => "DocumentReference",
            MentionClass::Nationality => "Nationality",
            MentionClass::Money => "Money",
        }
    }

    /// The class that is written so.
    pub fn parse(text: &str) -> Option<MentionClass> {
        MentionClass::ALL.into_iter().find(|class| class.as_str() == text)
    }
}

/// How many states there are: outside, and for each class alone, first, inside, last.
pub const STATES: usize = 1 + 4 * MentionClass::ALL.len();

/// A word in no mention.
pub const OUTSIDE: usize = 0;

/// Where in a mention a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The whole of it.
    Alone,
    /// Its first word.
    First,
    /// Neither first nor last.
    Inside,
    /// Its last word.
    Last,
}

/// The state of a word in a mention.
pub fn state(class: MentionClass, standing: Standing) -> usize {
    1 + 4 * class as usize + standing as usize
}

/// Class and standing of a state; `None` for [`OUTSIDE`].
pub fn of_state(state: usize) -> Option<(MentionClass, Standing)> {
    let at = state.checked_sub(1)?;
    let standing = [Standing::Alone, Standing::First, Standing::Inside, Standing::Last][at % 4];
    Some((*MentionClass::ALL.get(at / 4)?, standing))
}

/// Whether a word in state `next` may follow one in state `state`.
pub fn may_follow(state: usize, next: usize) -> bool {
    match (of_state(state), of_state(next)) {
        (Some((class, Standing::First | Standing::Inside)), to) => {
            matches!(to, Some((own, Standing::Inside | Standing::Last)) if own == class)
        }
        (_, to) => opens(to),
    }
}

fn opens(to: Option<(MentionClass, Standing)>) -> bool {
    !matches!(to, Some((_, Standing::Inside | Standing::Last)))
}

/// Whether a sentence may begin with this state.
pub fn may_begin(state: usize) -> bool {
    opens(of_state(state))
}

/// Whether a sentence may end with this state.
pub fn may_end(state: usize) -> bool {
    !matches!(of_state(state), Some((_, Standing::First | Standing::Inside)))
}

/// A sum no sequence can reach.
const NEVER: i32 = i32::MIN / 4;

/// For each word and state the best sum of the words before it and itself, with the state it came from.
fn forward(scores: &[i32], steps: &[i32]) -> Vec<(i32, u8)> {
    let mut sums = vec![(NEVER, 0); scores.len()];
    for (at, row) in scores.chunks_exact(STATES).enumerate() {
        let (done, own) = sums.split_at_mut(at * STATES);
        let last = done.rchunks_exact(STATES).next();
        for (next, sum) in own.iter_mut().take(STATES).enumerate() {
            let Some(last) = last else {
                let first = if may_begin(next) { row[next] } else { NEVER };
                *sum = (first, 0);
                continue;
            };
            let mut best = (NEVER, 0);
            let mut offer = |state: usize| {
                let sum = last[state].0 + steps[state * STATES + next];
                if sum > best.0 {
                    best = (sum, state as u8);
                }
            };
            match of_state(next) {
                Some((class, Standing::Inside | Standing::Last)) => {
                    offer(state(class, Standing::First));
                    offer(state(class, Standing::Inside));
                }
                _ => CLOSED.iter().for_each(|&state| offer(state)),
            }
            *sum = ((best.0 + row[next]).max(NEVER), best.1);
        }
    }
    sums
}

/// The states that close a mention or are outside one.
const CLOSED: [usize; 1 + 2 * MentionClass::ALL.len()] = outside_or(Standing::Last);

/// The states that open a mention or are outside one.
const OPENING: [usize; 1 + 2 * MentionClass::ALL.len()] = outside_or(Standing::First);

/// Outside, and for each class alone and `standing`.
const fn outside_or(standing: Standing) -> [usize; 1 + 2 * MentionClass::ALL.len()] {
    let mut states = [OUTSIDE; 1 + 2 * MentionClass::ALL.len()];
    let mut class = 0;
    while class < MentionClass::ALL.len() {
        states[1 + 2 * class] = 1 + 4 * class + Standing::Alone as usize;
        states[2 + 2 * class] = 1 + 4 * class + standing as usize;
        class += 1;
    }
    states
}

/// The best sequence of states (Viterbi 1967), given the score of each state for each word and of each step from a
/// state to the next. Of equals, the first.
pub fn best(scores: &[i32], steps: &[i32]) -> Vec<usize> {
    let sums = forward(scores, steps);
    let words = scores.len() / STATES;
    let mut found = vec![OUTSIDE; words];
    let Some(last) = sums.rchunks_exact(STATES).next() else { return found };
    let mut state = OUTSIDE;
    for end in CLOSED {
        if last[end].0 > last[state].0 || last[end].0 == last[state].0 && end < state {
            state = end;
        }
    }
    for at in (0..words).rev() {
        found[at] = state;
        state = usize::from(sums[at * STATES + state].1);
    }
    found
}

/// For each word and state the sum of the best sequence that goes through it.
pub fn through(scores: &[i32], steps: &[i32]) -> Vec<i32> {
    let before = forward(scores, steps);
    let words = scores.len() / STATES;
    let mut behind = vec![NEVER; scores.len()];
    let mut rest = [0; STATES];
    for at in (0..words).rev() {
        let next = (at + 1) * STATES;
        if at + 1 < words {
            rest.iter_mut().enumerate().for_each(|(to, sum)| *sum = scores[next + to] + behind[next + to]);
        }
        for own in 0..STATES {
            let via = |to: usize| steps[own * STATES + to] + rest[to];
            let value = match of_state(own) {
                _ if at + 1 == words => {
                    if may_end(own) {
                        0
                    } else {
                        NEVER
                    }
                }
                Some((class, Standing::First | Standing::Inside)) => {
                    via(state(class, Standing::Inside)).max(via(state(class, Standing::Last)))
                }
                _ => OPENING.iter().map(|&to| via(to)).max().unwrap_or(NEVER),
            };
            behind[at * STATES + own] = value.max(NEVER);
        }
    }
    before.iter().zip(&behind).map(|(before, behind)| before.0.saturating_add(*behind)).collect()
}

/// The mentions that a sequence of states spells: first word, word behind the last, class.
pub fn runs(states: &[usize]) -> Vec<(usize, usize, MentionClass)> {
    let mut made = Vec::new();
    let mut start = 0;
    for (at, &state) in states.iter().enumerate() {
        match of_state(state) {
            Some((class, Standing::Alone)) => made.push((at, at + 1, class)),
            Some((_, Standing::First)) => start = at,
            Some((class, Standing::Last)) => made.push((start, at + 1, class)),
            _ => {}
        }
    }
    made
}
