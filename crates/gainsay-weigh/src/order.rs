//! Values as bytes that sort as the values do, so that whoever sorts bytes sorts them alike: one program or many.

use gainsay_model::Date;

/// A list of values as bytes; of two lists of the same types the lesser has the lesser bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    bytes: Vec<u8>,
}

impl Order {
    /// A small number.
    pub(crate) fn small(&mut self, n: u8) -> &mut Order {
        self.bytes.push(n);
        self
    }

    /// False before true.
    pub(crate) fn flag(&mut self, flag: bool) -> &mut Order {
        self.small(u8::from(flag))
    }

    /// A number.
    pub(crate) fn number(&mut self, n: u64) -> &mut Order {
        self.bytes.extend(n.to_be_bytes());
        self
    }

    /// A number, the greatest first.
    pub(crate) fn greatest(&mut self, n: u64) -> &mut Order {
        self.number(u64::MAX - n)
    }

    /// A number that may be negative.
    pub(crate) fn signed(&mut self, n: i64) -> &mut Order {
        self.number(n.cast_unsigned() ^ (1 << 63))
    }

    /// A day.
    pub(crate) fn day(&mut self, day: Date) -> &mut Order {
        self.bytes.extend((day.year().cast_unsigned() ^ (1 << 15)).to_be_bytes());
        self.small(day.month().cast_unsigned()).small(day.day().cast_unsigned())
    }

    /// Nothing before anything.
    pub(crate) fn maybe<T>(
        &mut self,
        value: Option<T>,
        put: impl FnOnce(&mut Order, T) -> &mut Order,
    ) -> &mut Order {
        self.flag(value.is_some());
        match value {
            Some(value) => put(self, value),
            None => self,
        }
    }

    /// A text, by its bytes.
    pub(crate) fn text(&mut self, text: &str) -> &mut Order {
        for byte in text.bytes() {
            self.bytes.push(byte);
            if byte == 0 {
                self.bytes.push(u8::MAX);
            }
        }
        self.bytes.extend([0, 0]);
        self
    }

    /// A list of texts; a list comes before those that it begins.
    pub(crate) fn texts(&mut self, texts: &[String]) -> &mut Order {
        for text in texts {
            self.small(1).text(text);
        }
        self.small(0)
    }

    /// The bytes.
    pub(crate) fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    type Value = (u8, bool, u64, i64, Option<(i16, i8)>, String, Vec<String>, Option<u64>);

    fn value() -> impl Strategy<Value = Value> {
        let text = || prop_oneof!["[a-b\u{0}]{0,3}", "[aé]{0,2}"].prop_map(String::from);
        let day = prop::option::of((-3000..3000_i16, 1..13_i8));
        let list = prop::collection::vec(text(), 0..3);
        let n = || prop_oneof![0..3_u64, Just(u64::MAX)];
        let signed = prop_oneof![-2..2_i64, Just(i64::MIN), Just(i64::MAX)];
        (0..2_u8, any::<bool>(), n(), signed, day, text(), list, prop::option::of(n()))
    }

    fn bytes((small, flag, greatest, signed, day, text, texts, maybe): &Value) -> Vec<u8> {
        let mut order = Order::default();
        order.small(*small).flag(*flag).greatest(*greatest).signed(*signed);
        order.maybe(*day, |order, (y, m)| order.day(date(y, m, 1))).text(text).texts(texts);
        order.maybe(*maybe, |order, n| order.number(n));
        order.bytes()
    }

    proptest! {
        #[test]
        fn bytes_sort_as_values_do(a in value(), b in value()) {
            let values = |v: &Value| {
                let v = v.clone();
                (v.0, v.1, std::cmp::Reverse(v.2), v.3, v.4, v.5, v.6, v.7)
            };
            prop_assert_eq!(bytes(&a).cmp(&bytes(&b)), values(&a).cmp(&values(&b)));
        }
    }
}
