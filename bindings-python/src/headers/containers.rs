//! The frameworks' own containers of headers, which can be asked for a header by its name or have
//! all of them in a form that is quick to go through.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

/// How to read a container.
#[derive(Clone, Copy)]
pub(super) enum Access {
    /// The container wraps a WSGI environ, its attribute `environ`.
    Environ,
    /// The container returns a header's values from `getall(name, default)`.
    GetAll,
    /// The container returns a header's value, of which there is only one, from `get(name)`.
    Get,
    /// The container has its pairs as a list, `raw`.
    Raw,
    /// The container is an iterable of pairs.
    Pairs,
}

/// A container's type, by where its users import it from.
struct Container {
    module: &'static str,
    name: &'static str,
    access: Access,
    /// The type, once one was met.
    class: PyOnceLock<Py<PyType>>,
}

/// Subclasses are not meant: they may answer otherwise.
static CONTAINERS: [Container; 7] = [
    Container::new("werkzeug.datastructures", "EnvironHeaders", Access::Environ),
    Container::new("starlette.datastructures", "Headers", Access::Raw),
    Container::new("django.http.request", "HttpHeaders", Access::Get),
    Container::new("werkzeug.datastructures", "Headers", Access::Pairs),
    Container::new("litestar.datastructures", "Headers", Access::GetAll),
    Container::new("multidict", "CIMultiDictProxy", Access::GetAll),
    Container::new("multidict", "CIMultiDict", Access::GetAll),
];

impl Container {
    const fn new(module: &'static str, name: &'static str, access: Access) -> Self {
        Self { module, name, access, class: PyOnceLock::new() }
    }

    /// Returns `true` if this type is the one that the module has under the name. There is no
    /// object of a type in a module that is not imported yet.
    fn is_class(&self, class: &Bound<'_, PyType>) -> PyResult<bool> {
        let py = class.py();
        let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
        let Some(module) = modules.cast::<PyDict>()?.get_item(self.module)? else {
            return Ok(false);
        };
        Ok(module.getattr_opt(self.name)?.is_some_and(|known| known.is(class)))
    }
}

/// How to read this container, `None` if its type is not a known one.
#[inline]
pub(super) fn access(headers: &Bound<'_, PyAny>) -> PyResult<Option<Access>> {
    let class = headers.get_type_ptr();
    let py = headers.py();
    for container in &CONTAINERS {
        if let Some(known) = container.class.get(py)
            && core::ptr::eq(known.as_ptr().cast(), class)
        {
            return Ok(Some(container.access));
        }
    }
    recognise(&headers.get_type())
}

#[cold]
fn recognise(class: &Bound<'_, PyType>) -> PyResult<Option<Access>> {
    let name = class.name()?;
    for container in &CONTAINERS {
        if name == container.name && container.is_class(class)? {
            container.class.get_or_init(class.py(), || class.clone().unbind());
            return Ok(Some(container.access));
        }
    }
    Ok(None)
}
