//! What `ffi_fn!` declares, as the C function that it becomes. The rules are those of the macro and
//! of the trait `Param` in `bindings-c/src/boundary.rs`.

use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, GenericArgument, Ident, Item, Lifetime, PathArguments, Token, Type};

/// The item as C sees it, `None` if C does not.
pub(super) fn declaration(mut item: Item) -> syn::Result<Option<Item>> {
    let (name, visibility) = match &mut item {
        Item::Macro(call) if call.mac.path.is_ident("ffi_fn") => {
            let export: Export = call.mac.parse_body()?;
            return export.lower().map(Some);
        }
        Item::Const(constant) => (&constant.ident, &mut constant.vis),
        Item::Struct(structure) => (&structure.ident, &mut structure.vis),
        Item::Union(union) => (&union.ident, &mut union.vis),
        Item::Type(alias) => (&alias.ident, &mut alias.vis),
        _ => return Ok(None),
    };
    *visibility = syn::parse_quote!(pub);
    let is_c = name.to_string().to_ascii_lowercase().starts_with("hookseal_");
    Ok(is_c.then_some(item))
}

/// `fn name<'l>(parameter: Type, array[length]: &[Type]) -> out result: Type { … }`
struct Export {
    attributes: Vec<Attribute>,
    name: Ident,
    parameters: Punctuated<Parameter, Token![,]>,
    result: Result,
}

struct Parameter {
    name: Ident,
    length: Option<Ident>,
    kind: Type,
}

enum Result {
    Nothing,
    Plain(Type),
    Out { name: Ident, handle: Type },
}

impl Parse for Export {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Token![fn]>()?;
        let name = input.parse()?;
        if input.peek(Token![<]) {
            input.parse::<Token![<]>()?;
            input.parse::<Lifetime>()?;
            input.parse::<Token![>]>()?;
        }
        let content;
        syn::parenthesized!(content in input);
        let parameters = content.parse_terminated(Parameter::parse, Token![,])?;
        let result = input.parse()?;
        input.parse::<syn::Block>()?;
        Ok(Self { attributes, name, parameters, result })
    }
}

impl Parse for Parameter {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let length = if input.peek(syn::token::Bracket) {
            let content;
            syn::bracketed!(content in input);
            Some(content.parse()?)
        } else {
            None
        };
        input.parse::<Token![:]>()?;
        Ok(Self { name, length, kind: input.parse()? })
    }
}

impl Parse for Result {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(Token![->]) {
            return Ok(Self::Nothing);
        }
        input.parse::<Token![->]>()?;
        // `out` is followed by the name of the parameter, a plain type by the body.
        if !input.peek2(Ident) {
            return Ok(Self::Plain(input.parse()?));
        }
        let out: Ident = input.parse()?;
        if out != "out" {
            return Err(syn::Error::new(out.span(), "expected `out`"));
        }
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        Ok(Self::Out { name, handle: input.parse()? })
    }
}

impl Export {
    fn lower(self) -> syn::Result<Item> {
        let Self { attributes, name, parameters, result } = self;
        let mut lowered = Vec::new();
        for Parameter { name, length, kind } in parameters {
            let kind = pointer(&kind)?.unwrap_or_else(|| quote!(#kind));
            lowered.push(quote!(#name: #kind));
            lowered.extend(length.map(|length| quote!(#length: usize)));
        }
        let (must_use, returned) = match result {
            Result::Nothing => (None, None),
            Result::Plain(kind) => (None, Some(quote!(-> #kind))),
            Result::Out { name, handle } => {
                lowered.push(quote!(#name: *mut *mut #handle));
                lowered.push(quote!(error: *mut *mut hookseal_error));
                (Some(quote!(#[must_use])), Some(quote!(-> hookseal_status)))
            }
        };
        syn::parse2(quote! {
            #(#attributes)*
            #must_use
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn #name(#(#lowered),*) #returned {}
        })
    }
}

/// What C passes for a parameter of this type, `None` if it passes the same.
fn pointer(kind: &Type) -> syn::Result<Option<proc_macro2::TokenStream>> {
    Ok(match kind {
        Type::Reference(reference) => Some(match &*reference.elem {
            Type::Slice(slice) if is(&slice.elem, "u8") => quote!(*const c_void),
            Type::Slice(slice) => {
                let item = &slice.elem;
                quote!(*const #item)
            }
            text if is(text, "str") => quote!(hookseal_str),
            pointee => quote!(*const #pointee),
        }),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return Ok(None) };
            match (last.ident.to_string().as_str(), argument(&last.arguments)) {
                ("Option", Some(inner)) => match inner {
                    Type::Path(path) => match path.path.segments.last() {
                        Some(boxed) if boxed.ident == "Box" => {
                            argument(&boxed.arguments).map(|pointee| quote!(*mut #pointee))
                        }
                        _ => return Err(unknown(kind)),
                    },
                    inner => pointer(inner)?,
                },
                ("Out", Some(place)) => Some(quote!(*mut #place)),
                ("Options", Some(options)) => Some(quote!(*const #options)),
                _ => None,
            }
        }
        _ => return Err(unknown(kind)),
    })
}

fn is(kind: &Type, name: &str) -> bool {
    matches!(kind, Type::Path(path) if path.path.is_ident(name))
}

/// The type in `Outer<'_, Type>`.
fn argument(arguments: &PathArguments) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}

fn unknown(kind: &Type) -> syn::Error {
    syn::Error::new_spanned(kind, "what C passes for this type is not known")
}
