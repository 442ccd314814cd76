//! The engines of sqlx, each of which runs the inbox's statements.

use std::pin::Pin;

use hookseal::inbox::{DatabaseError, Dialect, Placeholder, Reply, Statement};
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
use hookseal::inbox::{StatementKind, Value, ValueType};

/// A database engine that the inbox runs on. It is implemented for the engines of sqlx.
pub trait Engine: sqlx::Database {
    /// How the engine writes SQL.
    const DIALECT: Dialect;
    /// How its driver marks parameters.
    const PLACEHOLDER: Placeholder;

    /// Runs a statement on a connection.
    fn run(
        connection: &mut Self::Connection,
        statement: Statement,
    ) -> Pin<Box<dyn Future<Output = Reply> + Send + '_>>;
}

/// What the driver says of an error. A connection that is lost has no number.
#[cfg_attr(
    not(any(feature = "sqlite", feature = "postgres", feature = "mysql")),
    expect(dead_code, reason = "only engines have errors")
)]
fn database_error(error: &sqlx::Error, code: Option<i64>) -> DatabaseError {
    let database = error.as_database_error();
    let state = database.and_then(sqlx::error::DatabaseError::code);
    DatabaseError {
        sqlstate: state.map(std::borrow::Cow::into_owned).filter(|state| state.len() == 5),
        code,
        message: database.map_or_else(|| error.to_string(), |error| error.message().to_owned()),
    }
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
macro_rules! engine {
    ($database:ty, $dialect:ident, $placeholder:ident, $code:expr) => {
        impl Engine for $database {
            const DIALECT: Dialect = Dialect::$dialect;
            const PLACEHOLDER: Placeholder = Placeholder::$placeholder;

            fn run(
                connection: &mut Self::Connection,
                statement: Statement,
            ) -> Pin<Box<dyn Future<Output = Reply> + Send + '_>> {
                use sqlx::{Column as _, Executor as _, Row as _, TypeInfo as _, ValueRef as _};

                type Row = <$database as sqlx::Database>::Row;

                fn value(row: &Row, index: usize) -> Result<Value, sqlx::Error> {
                    let raw = row.try_get_raw(index)?;
                    if raw.is_null() {
                        return Ok(Value::Null(ValueType::Text));
                    }
                    let name = raw.type_info().name().to_ascii_uppercase();
                    Ok(if name.contains("INT") || name.contains("BOOL") {
                        Value::from(row.try_get_unchecked::<i64, _>(index)?)
                    } else if name.contains("CHAR") || name.contains("TEXT") {
                        Value::from(row.try_get_unchecked::<String, _>(index)?)
                    } else {
                        Value::from(row.try_get_unchecked::<Vec<u8>, _>(index)?)
                    })
                }

                fn values(row: &Row) -> Result<Vec<Value>, sqlx::Error> {
                    row.columns().iter().map(|column| value(row, column.ordinal())).collect()
                }

                Box::pin(async move {
                    let Statement { sql, parameters, kind, .. } = statement;
                    let ran = if parameters.is_empty() {
                        // Some engines prepare no statement of a transaction or a schema.
                        if kind == StatementKind::Query {
                            connection.fetch_all(sqlx::raw_sql(&sql)).await.map(Ran::Rows)
                        } else {
                            connection.execute(sqlx::raw_sql(&sql)).await.map(Ran::Done)
                        }
                    } else {
                        let mut query = sqlx::query::<$database>(&sql);
                        for parameter in parameters {
                            query = match parameter {
                                Value::Integer(number) => query.bind(number),
                                Value::Text(text) => query.bind(text),
                                Value::Bytes(bytes) => query.bind(bytes),
                                Value::Null(ValueType::Integer) => query.bind(None::<i64>),
                                Value::Null(ValueType::Bytes) => query.bind(None::<Vec<u8>>),
                                _ => query.bind(None::<String>),
                            };
                        }
                        if kind == StatementKind::Query {
                            connection.fetch_all(query).await.map(Ran::Rows)
                        } else {
                            connection.execute(query).await.map(Ran::Done)
                        }
                    };
                    let replied = ran.and_then(|ran| match ran {
                        Ran::Done(done) => Ok(Reply::Changed(done.rows_affected())),
                        Ran::Rows(rows) => {
                            rows.iter().map(values).collect::<Result<_, _>>().map(Reply::Rows)
                        }
                    });
                    replied.unwrap_or_else(|error| {
                        let code: fn(&sqlx::Error) -> Option<i64> = $code;
                        Reply::Failed(database_error(&error, code(&error)))
                    })
                })
            }
        }
    };
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
enum Ran<R, D> {
    Rows(Vec<R>),
    Done(D),
}

#[cfg(feature = "sqlite")]
engine!(sqlx::Sqlite, Sqlite, Question, |error| {
    error.as_database_error()?.code()?.parse().ok()
});

#[cfg(feature = "postgres")]
engine!(sqlx::Postgres, Postgresql, Dollar, |_| None);

#[cfg(feature = "mysql")]
engine!(sqlx::MySql, Mysql, Question, |error| {
    let error = error.as_database_error()?.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>()?;
    Some(i64::from(error.number()))
});
