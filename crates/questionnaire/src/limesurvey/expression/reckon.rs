//! Numbers: what LimeSurvey counts, sums and reckons with.

use super::names::{Target, What};
use super::read::{Binary, Expression};
use super::say::{
    ARGUMENTS, Said, Speaker, Why, all, answered, constant, figure, literal, named_sign,
    no_function, written,
};

impl Speaker<'_> {
    /// A numeric expression.
    ///
    /// # Errors
    /// What has no counterpart.
    pub fn number(&self, expression: &Expression) -> Result<String, Why> {
        if let Some(number) = constant(expression) {
            return Ok(figure(number));
        }
        match expression {
            Expression::Number(number) => Ok(figure(*number)),
            Expression::Text(text) => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(figure(number)),
                _ => Err("it joins texts".to_owned()),
            },
            Expression::Minus(inner) => match inner.as_ref() {
                Expression::Number(number) => Ok(figure(-number)),
                inner => Ok(format!("(0 - {})", self.number(inner)?)),
            },
            Expression::Name(name) => self.value(&self.single(name)?),
            Expression::Binary(
                sign @ (Binary::Plus | Binary::Minus | Binary::Times | Binary::Over),
                left,
                right,
            ) => Ok(format!(
                "({} {} {})",
                self.number(left)?,
                written(*sign),
                self.number(right)?
            )),
            Expression::Binary(..) | Expression::Not(_) => {
                if let Ok(Said::Constant(value)) = self.condition(expression, true) {
                    return Ok(u8::from(value).to_string());
                }
                Ok(format!(
                    "({} ? 1 : 0)",
                    self.condition(expression, true)?.text()
                ))
            }
            Expression::Call(name, arguments) => self.reckon(name, arguments),
        }
    }

    fn reckon(&self, name: &str, arguments: &[Expression]) -> Result<String, Why> {
        match (name, arguments) {
            ("count", arguments) => {
                let targets = self.several(arguments)?;
                if let Some(name) = self.whole(&targets, true) {
                    return Ok(self.counted(&name, format!("count({name})")));
                }
                self.ones(&targets, |target| {
                    self.literal(target, Binary::Unequal, "", true)
                })
            }
            ("countif", [value, arguments @ ..]) => {
                let value =
                    literal(value).ok_or("`countif` counts something that is not written out")?;
                let targets = self.several(arguments)?;
                if let Some(name) = self.whole(&targets, false)
                    && let Some(What::Choice(codes)) = targets.first().map(|t| &t.what)
                    && let Some(code) = codes.iter().find(|n| n.code == value)
                {
                    return Ok(self.counted(&name, format!("count({name}, '{}')", code.key)));
                }
                self.ones(&targets, |target| {
                    self.literal(target, Binary::Equal, &value, true)
                })
            }
            ("countifop", [Expression::Text(sign), value, arguments @ ..]) => {
                let sign = named_sign(sign)?;
                let value =
                    literal(value).ok_or("`countifop` counts something that is not written out")?;
                let targets = self.several(arguments)?;
                self.ones(&targets, |target| self.literal(target, sign, &value, true))
            }
            ("sumif" | "sumifop", arguments) => {
                let (sign, value, rest) = match (name, arguments) {
                    ("sumifop", [Expression::Text(sign), value, rest @ ..]) => {
                        (named_sign(sign)?, value, rest)
                    }
                    ("sumif", [value, rest @ ..]) => (Binary::Equal, value, rest),
                    _ => return Err(no_function(name)),
                };
                let value = literal(value).ok_or("it sums what is not written out")?;
                let mut parts = Vec::new();
                for target in self.several(rest)? {
                    let test = self.literal(&target, sign, &value, true)?;
                    let test = all(vec![answered(&target.name), test]);
                    parts.push(format!("({} ? {} : 0)", test.text(), self.value(&target)?));
                }
                Ok(format!("({})", parts.join(" + ")))
            }
            ("sum" | "array_sum", arguments) => {
                if let Ok(targets) = self.several(arguments)
                    && let Some(name) = self.whole(&targets, false)
                    && targets.iter().all(|t| t.what == What::Number)
                {
                    return Ok(self.counted(&name, format!("sum({name})")));
                }
                let parts = self.each(arguments)?;
                Ok(format!("sum({})", parts.join(", ")))
            }
            ("min" | "max", [_, ..]) => Ok(format!("{name}({})", self.each(arguments)?.join(", "))),
            ("if" | "iif", [test, then, otherwise]) => {
                let otherwise = match otherwise {
                    Expression::Text(text) if text.is_empty() => "0".to_owned(),
                    otherwise => self.number(otherwise)?,
                };
                Ok(format!(
                    "({} ? {} : {otherwise})",
                    self.condition(test, true)?.text(),
                    self.number(then)?
                ))
            }
            ("strlen", [Expression::Name(name)]) => {
                let target = self.single(name)?;
                match target.what {
                    What::Text | What::Other { .. } => {
                        Ok(self.counted(&target.name, format!("length({})", target.name)))
                    }
                    _ => Err("the length of an answer that is no text is measured".to_owned()),
                }
            }
            ("abs", [inner]) => {
                let inner = self.number(inner)?;
                Ok(format!("({inner} < 0 ? 0 - {inner} : {inner})"))
            }
            ("floatval", [inner @ Expression::Name(_)]) => self.number(inner),
            ("floor" | "ceil" | "round", [inner]) => Ok(format!("{name}({})", self.number(inner)?)),
            ("intval", [inner]) => Ok(format!("floor({})", self.number(inner)?)),
            _ => Err(no_function(name)),
        }
    }

    /// What is counted or summed: 0 when nothing is answered, as in LimeSurvey; a check looks at answers only.
    fn counted(&self, name: &str, said: String) -> String {
        if self.scope.check {
            said
        } else {
            format!("(answered({name}) ? {said} : 0)")
        }
    }

    fn each(&self, arguments: &[Expression]) -> Result<Vec<String>, Why> {
        let mut parts = Vec::new();
        for argument in arguments {
            match argument {
                Expression::Name(name) => {
                    for target in self.names.find(name, &self.scope)? {
                        parts.push(self.value(&target)?);
                    }
                }
                other => parts.push(self.number(other)?),
            }
        }
        if parts.len() > ARGUMENTS {
            return Err(format!("it looks at more than {ARGUMENTS} answers"));
        }
        Ok(parts)
    }

    fn ones(
        &self,
        targets: &[Target],
        test: impl Fn(&Target) -> Result<Said, Why>,
    ) -> Result<String, Why> {
        let mut parts = Vec::new();
        for target in targets {
            let said = match test(target)? {
                Said::Constant(true) => "1".to_owned(),
                Said::Constant(false) => continue,
                // A condition on an answer that is not there would leave the whole count unknown.
                said => {
                    let name = if matches!(target.what, What::Other { several: true, .. }) {
                        target.name.split('.').next().unwrap_or(&target.name)
                    } else {
                        &target.name
                    };
                    let there = answered(name);
                    let said = if said == there || said.text().contains("answered(") {
                        said
                    } else {
                        all(vec![there, said])
                    };
                    format!("({} ? 1 : 0)", said.text())
                }
            };
            parts.push(said);
        }
        match parts.len() {
            0 => Ok("0".to_owned()),
            1 => Ok(parts.swap_remove(0)),
            _ => Ok(format!("({})", parts.join(" + "))),
        }
    }

    /// The question whose answers these all are.
    fn whole(&self, targets: &[Target], flags: bool) -> Option<String> {
        let first = targets.first()?;
        let is_comment = |t: &Target| t.suffix.ends_with("comment") && t.what == What::Text;
        let own: Vec<Target> = self
            .names
            .of(first.question)
            .into_iter()
            .filter(|t| !is_comment(t))
            .collect();
        let same = own.len() == targets.len() && own.iter().all(|target| targets.contains(target));
        let question = first
            .name
            .split('.')
            .next()
            .unwrap_or(&first.name)
            .to_owned();
        let fits = match &first.what {
            What::Flag { .. } => flags && !first.name.contains('.'),
            What::Rank { .. } => flags,
            What::Choice(_) | What::Number => first.name.matches('.').count() == 1,
            What::Text => flags && first.name.matches('.').count() == 1,
            _ => false,
        };
        (same && fits).then_some(question)
    }
}
