//! The database engines that the inbox speaks to.

use core::fmt;

/// A database engine's way of writing SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// SQLite 3.40 or later, embedded.
    Sqlite,
    /// PostgreSQL 13 or later.
    Postgresql,
    /// MariaDB 10.6 or later, and MySQL 8.
    Mysql,
}

impl Dialect {
    /// All dialects.
    pub const ALL: [Self; 3] = [Self::Sqlite, Self::Postgresql, Self::Mysql];

    /// Returns the dialect with this name: `sqlite`, `postgresql` or `mysql`, or as drivers and
    /// URLs name them: `sqlite3`, `postgres`, `pgsql`, `mariadb`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "sqlite" | "sqlite3" => Self::Sqlite,
            "postgresql" | "postgres" | "pgsql" => Self::Postgresql,
            "mysql" | "mariadb" => Self::Mysql,
            _ => return None,
        })
    }

    /// Returns the dialect's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgresql => "postgresql",
            Self::Mysql => "mysql",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The form in which a driver wants a statement's parameters to be marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Placeholder {
    /// `?` for each.
    #[default]
    Question,
    /// `%s` for each, as Python's drivers for servers have it.
    Percent,
    /// `$1`, `$2` and so on.
    Dollar,
}

impl Placeholder {
    /// Returns the placeholder with this name: `question`, `percent` or `dollar`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "question" => Self::Question,
            "percent" => Self::Percent,
            "dollar" => Self::Dollar,
            _ => return None,
        })
    }

    /// Returns `sql`, whose parameters are marked by `?`, with the driver's marks.
    pub(super) fn mark(self, sql: &str) -> String {
        let mut marked = String::with_capacity(sql.len() + 16);
        let mut count = 0;
        for (index, part) in sql.split('?').enumerate() {
            if index > 0 {
                count += 1;
                match self {
                    Self::Question => marked.push('?'),
                    Self::Percent => marked.push_str("%s"),
                    Self::Dollar => {
                        marked.push('$');
                        marked.push_str(&count.to_string());
                    }
                }
            }
            marked.push_str(part);
        }
        marked
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Placeholder};

    #[test]
    fn parameters_are_marked_as_each_driver_wants_them() {
        let sql = "INSERT INTO t VALUES (?, ?)";
        assert_eq!(Placeholder::Question.mark(sql), sql);
        assert_eq!(Placeholder::Percent.mark(sql), "INSERT INTO t VALUES (%s, %s)");
        assert_eq!(Placeholder::Dollar.mark(sql), "INSERT INTO t VALUES ($1, $2)");
    }

    #[test]
    fn each_dialect_is_found_by_its_name() {
        for dialect in Dialect::ALL {
            assert_eq!(Dialect::from_name(dialect.as_str()), Some(dialect));
        }
        assert_eq!(Dialect::from_name("oracle"), None);
    }
}
