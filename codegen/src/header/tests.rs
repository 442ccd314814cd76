#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn crate_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(CRATE)
}

fn lowered(source: &str) -> String {
    let item = syn::parse_str(source).unwrap();
    exports::declaration(item).unwrap().into_token_stream().to_string()
}

#[test]
fn functions_are_lowered_as_the_macro_does_it() {
    let plain = lowered("ffi_fn! { fn f<'t>(thing: &'t T, index: usize) -> hookseal_str<'t> {} }");
    let plain_c = "pub unsafe extern \"C\" fn f (thing : * const T , index : usize) \
                   -> hookseal_str < 't > { }";
    assert!(plain.ends_with(plain_c), "{plain}");

    let fallible = lowered(
        "ffi_fn! { fn f(name: &str, body[len]: &[u8], items[n]: &[I], opt: Option<&T>, \
         place: Out<'_, i64>, options: Options<O<'_>>) -> out handle: H {} }",
    );
    let fallible_c = "(name : hookseal_str , body : * const c_void , len : usize , \
                      items : * const I , n : usize , opt : * const T , place : * mut i64 , \
                      options : * const O < '_ > , handle : * mut * mut H , error : * mut * mut hookseal_error) \
                      -> hookseal_status { }";
    assert!(fallible.ends_with(fallible_c), "{fallible}");
    assert!(fallible.starts_with("# [must_use]"), "{fallible}");

    let free = lowered("ffi_fn! { fn f(handle: Option<Box<H>>) {} }");
    assert!(free.ends_with("fn f (handle : * mut H) { }"), "{free}");
}

/// The header has what `ffi_fn!` declares, so what is exported otherwise would be missing there;
/// here it is found before it is built.
#[test]
fn nothing_is_exported_but_by_the_macro() {
    let mut files = 0;
    for entry in fs::read_dir(crate_folder().join("src")).unwrap() {
        let path = entry.unwrap().path();
        // Its unit tests, which are not in the library.
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        files += 1;
        let exports =
            ["no_mangle", "export_name", "extern \"C\""].map(|word| text.matches(word).count());
        let uses_unsafe = text.contains("unsafe");
        match path.file_name().unwrap().to_str().unwrap() {
            // One for each of the macro's two forms.
            "boundary.rs" => assert_eq!(exports, [2, 0, 2]),
            // Pointers of C's, and that threads may share them.
            "strings.rs" | "tokens.rs" => assert_eq!(exports, [0; 3]),
            name => assert!(exports == [0; 3] && !uses_unsafe, "{name} goes round `ffi_fn!`"),
        }
    }
    assert!(files > 8, "{files} files");
}
