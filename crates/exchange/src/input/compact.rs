//! A numeric column that grows only as wide as its values.

use statistics::request::Column;

/// A column that is being read.
pub(super) struct Compact(Column);

impl Compact {
    pub(super) fn new(rows: usize) -> Self {
        Self(Column::Byte(Vec::with_capacity(rows)))
    }

    pub(super) fn finish(self) -> Column {
        self.0
    }

    pub(super) fn push_missing(&mut self) {
        match &mut self.0 {
            Column::Byte(values) => values.push(i8::MIN),
            Column::Short(values) => values.push(i16::MIN),
            Column::Int(values) => values.push(i32::MIN),
            Column::Number(values) => values.push(f64::NAN),
            Column::Text { .. } => {}
        }
    }

    pub(super) fn push(&mut self, value: f64) {
        if value.fract() == 0.0
            && value.abs() < f64::from(i32::MAX)
            && !(value == 0.0 && value.is_sign_negative())
        {
            self.push_whole(value as i32);
        } else {
            self.widen_to_numbers();
            if let Column::Number(values) = &mut self.0 {
                values.push(value);
            }
        }
    }

    pub(super) fn push_whole(&mut self, value: i32) {
        match &mut self.0 {
            Column::Byte(values) => match i8::try_from(value) {
                Ok(value) if value != i8::MIN => return values.push(value),
                _ => self.widen(),
            },
            Column::Short(values) => match i16::try_from(value) {
                Ok(value) if value != i16::MIN => return values.push(value),
                _ => self.widen(),
            },
            Column::Int(values) if value != i32::MIN => return values.push(value),
            Column::Number(values) => return values.push(f64::from(value)),
            Column::Int(_) => self.widen(),
            Column::Text { .. } => return,
        }
        self.push_whole(value);
    }

    /// Appends many whole numbers at once.
    pub(super) fn extend(&mut self, batch: &[i32]) {
        let (mut low, mut high) = (i32::MAX, i32::MIN);
        for value in batch {
            low = low.min(*value);
            high = high.max(*value);
        }
        loop {
            match &mut self.0 {
                Column::Byte(values) if low > i32::from(i8::MIN) && high <= i32::from(i8::MAX) => {
                    return values.extend(batch.iter().map(|v| *v as i8));
                }
                Column::Short(values)
                    if low > i32::from(i16::MIN) && high <= i32::from(i16::MAX) =>
                {
                    return values.extend(batch.iter().map(|v| *v as i16));
                }
                Column::Int(values) if low > i32::MIN => return values.extend_from_slice(batch),
                Column::Number(values) => {
                    return values.extend(batch.iter().map(|v| f64::from(*v)));
                }
                Column::Text { .. } => return,
                _ if batch.is_empty() => return,
                _ => self.widen(),
            }
        }
    }

    /// Room for numbers of more bytes.
    fn widen(&mut self) {
        let spare = |length: usize, capacity: usize| capacity.max(length);
        self.0 = match &self.0 {
            Column::Byte(values) => {
                let mut wider = Vec::with_capacity(spare(values.len(), values.capacity()));
                let wide = |v: &i8| {
                    if *v == i8::MIN {
                        i16::MIN
                    } else {
                        i16::from(*v)
                    }
                };
                wider.extend(values.iter().map(wide));
                Column::Short(wider)
            }
            Column::Short(values) => {
                let mut wider = Vec::with_capacity(spare(values.len(), values.capacity()));
                let wide = |v: &i16| {
                    if *v == i16::MIN {
                        i32::MIN
                    } else {
                        i32::from(*v)
                    }
                };
                wider.extend(values.iter().map(wide));
                Column::Int(wider)
            }
            Column::Int(values) => {
                let mut wider = Vec::with_capacity(spare(values.len(), values.capacity()));
                let wide = |v: &i32| {
                    if *v == i32::MIN {
                        f64::NAN
                    } else {
                        f64::from(*v)
                    }
                };
                wider.extend(values.iter().map(wide));
                Column::Number(wider)
            }
            Column::Number(_) | Column::Text { .. } => return,
        };
    }

    pub(super) fn widen_to_numbers(&mut self) {
        while !matches!(self.0, Column::Number(_) | Column::Text { .. }) {
            self.widen();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widens_only_where_it_must() {
        let mut column = Compact::new(4);
        column.push(3.0);
        column.push_missing();
        assert_eq!(column.0, Column::Byte(vec![3, i8::MIN]));
        column.push(-128.0);
        assert_eq!(column.0, Column::Short(vec![3, i16::MIN, -128]));
        column.extend(&[70_000, 1]);
        assert_eq!(column.0, Column::Int(vec![3, i32::MIN, -128, 70_000, 1]));
        column.push(0.5);
        let Column::Number(values) = column.finish() else {
            panic!()
        };
        assert_eq!(values[2..], [-128.0, 70_000.0, 1.0, 0.5]);
        assert!(values[1].is_nan());
    }
}
