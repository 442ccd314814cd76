dnl Configures the extension. It links the hookseal library statically and keeps its symbols to itself.

PHP_ARG_WITH([hookseal],
  [for hookseal],
  [AS_HELP_STRING([--with-hookseal[=DIR]],
    [Build the hookseal extension; DIR holds a prebuilt lib/libhookseal.a and include/hookseal.h, else cargo builds them])],
  [yes])

if test "$PHP_HOOKSEAL" != "no"; then
  AC_MSG_CHECKING([the version of hookseal])
  hookseal_root=`cd "$abs_srcdir/.." && pwd`
  hookseal_version=`sed -n 's/^version = "\(.*\)"$/\1/p' "$hookseal_root/Cargo.toml" 2>/dev/null | head -n 1`
  if test -z "$hookseal_version"; then
    AC_MSG_ERROR([$hookseal_root/Cargo.toml is not there: build in the folder bindings-php of the whole repository])
  fi
  AC_MSG_RESULT([$hookseal_version])
  AC_DEFINE_UNQUOTED([PHP_HOOKSEAL_VERSION], ["$hookseal_version"], [The version of the extension])

  if test "$PHP_HOOKSEAL" = "yes"; then
    hookseal_least=`sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$hookseal_root/Cargo.toml"`
    AC_PATH_PROG([HOOKSEAL_CARGO], [cargo], [], [$PATH$PATH_SEPARATOR$HOME/.cargo/bin])
    if test -z "$HOOKSEAL_CARGO"; then
      AC_MSG_ERROR([cargo, which builds the hookseal library, is missing: install Rust $hookseal_least or later from https://rustup.rs, or give a prebuilt library with --with-hookseal=DIR])
    fi
    AC_MSG_CHECKING([for Rust $hookseal_least or later])
    hookseal_rust=`cd "$hookseal_root" && "$HOOKSEAL_CARGO" --version 2>/dev/null | cut -d ' ' -f 2`
    hookseal_rust_minor=`echo "$hookseal_rust" | cut -d . -f 2`
    if test "0$hookseal_rust_minor" -lt "`echo "$hookseal_least" | cut -d . -f 2`"; then
      AC_MSG_ERROR([$HOOKSEAL_CARGO is of version "$hookseal_rust", and $hookseal_least or later is needed: run "rustup update", or give a prebuilt library with --with-hookseal=DIR])
    fi
    AC_MSG_RESULT([$hookseal_rust])
    HOOKSEAL_ROOT="$hookseal_root"
    HOOKSEAL_TARGET="${CARGO_TARGET_DIR:-$hookseal_root/target}"
    HOOKSEAL_ARCHIVE="$HOOKSEAL_TARGET/release/libhookseal.a"
    PHP_ADD_INCLUDE([$hookseal_root/include])
    PHP_SUBST([HOOKSEAL_CARGO])
    PHP_SUBST([HOOKSEAL_ROOT])
    PHP_SUBST([HOOKSEAL_TARGET])
  else
    HOOKSEAL_ARCHIVE="$PHP_HOOKSEAL/lib/libhookseal.a"
    AC_MSG_CHECKING([for a prebuilt hookseal library])
    if test ! -r "$HOOKSEAL_ARCHIVE"; then
      AC_MSG_ERROR([$HOOKSEAL_ARCHIVE is not there: "cargo cinstall --release --manifest-path bindings-c/Cargo.toml --prefix DIR" makes it])
    fi
    if test ! -r "$PHP_HOOKSEAL/include/hookseal.h"; then
      AC_MSG_ERROR([$PHP_HOOKSEAL/include/hookseal.h is not there])
    fi
    AC_MSG_RESULT([$HOOKSEAL_ARCHIVE])
    PHP_ADD_INCLUDE([$PHP_HOOKSEAL/include])
  fi
  PHP_SUBST([HOOKSEAL_ARCHIVE])

  dnl What the Rust standard library is linked with, and nothing of the archive exported. Addresses of functions are
  dnl resolved when the module is loaded, and cannot be written to after.
  case $host_os in
    darwin*)
      HOOKSEAL_SHARED_LIBADD="$HOOKSEAL_ARCHIVE -Wl,-exported_symbol,_get_module -Wl,-dead_strip"
      ;;
    *)
      HOOKSEAL_SHARED_LIBADD="$HOOKSEAL_ARCHIVE -Wl,--exclude-libs,ALL -Wl,--gc-sections -Wl,-z,relro,-z,now -lgcc_s -lpthread -ldl -lm"
      ;;
  esac
  HOOKSEAL_SHARED_DEPENDENCIES="$HOOKSEAL_ARCHIVE"
  PHP_SUBST([HOOKSEAL_SHARED_LIBADD])
  PHP_SUBST([HOOKSEAL_SHARED_DEPENDENCIES])

  PHP_NEW_EXTENSION([hookseal],
    [src/module.c src/webhook.c src/event.c src/scheme.c src/exception.c src/headers.c src/containers.c src/data.c src/json.c src/body.c src/lazy.c src/keys.c src/schemes.c src/prepared.c src/moment.c src/secrets.c src/definition.c src/named.c src/options.c src/extras.c src/hints.c src/report.c src/inbox.c src/sources.c src/operation.c src/delivery.c],
    [$ext_shared],,
    [-std=gnu11 -Wall -Wextra -Wno-unused-parameter -fvisibility=hidden -fstack-protector-strong -DZEND_ENABLE_STATIC_TSRMLS_CACHE=1])
  PHP_ADD_BUILD_DIR([$ext_builddir/src])
  if test "$PHP_HOOKSEAL" = "yes"; then
    PHP_ADD_MAKEFILE_FRAGMENT
  fi
  PHP_ADD_EXTENSION_DEP([hookseal], [date])
  PHP_ADD_EXTENSION_DEP([hookseal], [json])
  PHP_ADD_EXTENSION_DEP([hookseal], [spl])
fi
