//! Decimal numbers in integers: no float takes part in a score or an order, so that every machine agrees.

use std::fmt;

/// A number of at most three decimals, kept in thousandths; from 0 to 10¹².
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub u64);

/// Thousandths in one.
pub const ONE: u64 = 1000;

impl Decimal {
    /// The largest number that is read.
    pub const MAX: Decimal = Decimal(1_000_000_000_000 * ONE);

    /// Reads `3`, `2.5`, `.5`, `1_000`, `1,000` or `80%` (which is 0.8). Negative numbers, more than three decimals that
    /// are not zero, and anything else is none.
    pub fn parse(text: &str) -> Option<Decimal> {
        let text = text.trim();
        let (text, percent) = match text.strip_suffix('%') {
            Some(rest) => (rest.trim_end(), true),
            None => (text, false),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let whole = if grouped(whole) { whole.replace([',', '_'], "") } else { whole.to_owned() };
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fraction = fraction.trim_end_matches('0');
        let places = if percent { 1 } else { 3 };
        if !all_digits(&whole) || !all_digits(fraction) || fraction.len() > places || whole.len() > 15 {
            return None;
        }
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let mut thousandths = 0;
        for index in 0..places {
            thousandths = thousandths * 10 + fraction.as_bytes().get(index).map_or(0, |digit| u64::from(digit - b'0'));
        }
        let unit = if percent { ONE / 100 } else { ONE };
        let number = Decimal(whole.checked_mul(unit)?.checked_add(thousandths)?);
        (number <= Decimal::MAX).then_some(number)
    }

    /// The whole number `number`.
    pub fn whole(number: u64) -> Decimal {
        Decimal(number.saturating_mul(ONE))
    }

    /// `self ÷ divisor`, rounded half up to thousandths; none where the divisor is 0.
    pub fn divided_by(self, divisor: Decimal) -> Option<Decimal> {
        if divisor.0 == 0 {
            return None;
        }
        let scaled = u128::from(self.0) * u128::from(ONE);
        let rounded = (scaled + u128::from(divisor.0) / 2) / u128::from(divisor.0);
        Some(Decimal(u64::try_from(rounded).unwrap_or(u64::MAX)))
    }

    /// `self + other`, at most the largest number there is.
    #[must_use]
    pub fn plus(self, other: Decimal) -> Decimal {
        Decimal(self.0.saturating_add(other.0))
    }
}

/// Digits in groups of three behind `,` or `_`: `1,000`, `12_000`.
fn grouped(whole: &str) -> bool {
    let mut groups = whole.split([',', '_']);
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    first && groups.all(|group| group.len() == 3)
}

impl fmt::Display for Decimal {
    /// Without needless zeros: `2.5`, `13`. A precision rounds half up: `{:.1}` of 0.25 is `0.3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = f.precision().unwrap_or(3).min(3);
        let step = 10_u64.pow(3 - u32::try_from(places).unwrap_or(3));
        let rounded = self.0.saturating_add(step / 2) / step * step;
        let (whole, rest) = (rounded / ONE, rounded % ONE);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{rest:03}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}
