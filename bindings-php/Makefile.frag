# cargo knows best whether the library is current, and leaves it alone if it is.
$(HOOKSEAL_ARCHIVE): hookseal-always
	cd $(HOOKSEAL_ROOT) && CARGO_TARGET_DIR=$(HOOKSEAL_TARGET) $(HOOKSEAL_CARGO) rustc --locked --release \
		--manifest-path bindings-c/Cargo.toml --crate-type staticlib

.PHONY: hookseal-always
hookseal-always:
