//! The statements of a dialect, by name, with a prefix put before the tables' names.

use std::collections::HashMap;

use super::dialect::{Dialect, Placeholder};

/// The version of the tables that this library makes and uses.
pub const SCHEMA_VERSION: i64 = 1;

/// The statements that an inbox runs.
#[derive(Debug)]
pub(super) struct Statements {
    texts: HashMap<&'static str, String>,
    placeholder: Placeholder,
}

const fn source(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => include_str!("sql/sqlite.sql"),
        Dialect::Postgresql => include_str!("sql/postgresql.sql"),
        Dialect::Mysql => include_str!("sql/mysql.sql"),
    }
}

const fn schema_source(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => include_str!("schema/sqlite.sql"),
        Dialect::Postgresql => include_str!("schema/postgresql.sql"),
        Dialect::Mysql => include_str!("schema/mysql.sql"),
    }
}

/// What makes the tables, as a text for a migration.
pub(super) fn schema(dialect: Dialect, prefix: &str) -> String {
    named(schema_source(dialect), prefix)
}

/// What makes the tables, one statement each.
pub(super) fn schema_statements(dialect: Dialect, prefix: &str) -> Vec<String> {
    let text: Vec<&str> =
        schema_source(dialect).lines().filter(|line| !line.starts_with("--")).collect();
    named(&text.join("\n"), prefix)
        .split(';')
        .map(|statement| statement.trim().to_owned())
        .filter(|statement| !statement.is_empty())
        .collect()
}

/// Puts the prefix before tables' names. An index is in its table's schema, and not named with it.
fn named(text: &str, prefix: &str) -> String {
    let index = prefix.rsplit('.').next().unwrap_or_default();
    text.replace("{prefix}", prefix).replace("{index}", index)
}

impl Statements {
    pub(super) fn new(dialect: Dialect, placeholder: Placeholder, prefix: &str) -> Self {
        let mut texts: HashMap<&'static str, String> = HashMap::new();
        let mut name = None;
        for line in source(dialect).lines() {
            if let Some(next) = line.strip_prefix("-- name: ") {
                name = Some(next);
            } else if let Some(name) = name.filter(|_| !line.starts_with("--") && !line.is_empty())
            {
                let text = texts.entry(name).or_default();
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(line);
            }
        }
        let now = texts.get("now").cloned().unwrap_or_default();
        for text in texts.values_mut() {
            *text = text.replace("{now}", &now).replace("{prefix}", prefix);
        }
        Self { texts, placeholder }
    }

    /// The statement with this name.
    pub(super) fn get(&self, name: &str) -> String {
        self.placeholder.mark(self.text(name))
    }

    /// The statement with this name, with `count` parameters in its list and a limit.
    pub(super) fn with(&self, name: &str, count: usize, limit: usize) -> String {
        let list = vec!["?"; count].join(", ");
        let text = self.text(name).replace("{list}", &list).replace("{limit}", &limit.to_string());
        self.placeholder.mark(&text)
    }

    fn text(&self, name: &str) -> &str {
        self.texts.get(name).map(String::as_str).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Statements, schema_statements};
    use crate::inbox::dialect::{Dialect, Placeholder};

    /// What only some engines need.
    const OWN: [&str; 5] = ["isolation", "largest_row", "lock_key", "probe_end", "store_job"];

    #[test]
    fn the_dialects_have_the_same_statements_with_the_same_parameters() {
        let all = Dialect::ALL
            .map(|dialect| Statements::new(dialect, Placeholder::default(), "hookseal_").texts);
        let names = |index: usize| -> BTreeSet<&str> {
            all[index].keys().copied().filter(|name| !OWN.contains(name)).collect()
        };
        assert_eq!(names(0).len(), 45);
        assert!(names(0) == names(1) && names(1) == names(2));
        for name in names(0).into_iter().filter(|name| !name.starts_with("store_")) {
            let count = |index: usize| all[index][name].matches('?').count();
            assert!(count(0) == count(1) && count(1) == count(2), "{name}");
        }
    }

    #[test]
    fn no_statement_has_a_percent_sign_or_an_open_variable() {
        for dialect in Dialect::ALL {
            let statements = Statements::new(dialect, Placeholder::default(), "p_");
            for (name, text) in &statements.texts {
                assert!(!text.contains('%') && !text.contains("{prefix}"), "{dialect} {name}");
                assert!(!text.contains(';'), "{dialect} {name}");
            }
            assert_eq!(schema_statements(dialect, "p_").len(), 9, "{dialect}");
        }
    }
}
