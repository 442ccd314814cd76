# What installs hookseal into empty projects shares: a place to work, and one event verified in each language. To be
# sourced, with `root` set.
use=$root/tests/install/use
sample=$root/core/providers/kasko/samples/policy.created.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
export PIP_DISABLE_PIP_VERSION_CHECK=1 COMPOSER_ALLOW_SUPERUSER=1

fail() { printf '%s: %s\n' "${0#"$root/"}" "$*" >&2; exit 1; }

# quietly COMMAND…: says nothing unless it fails
quietly() { "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "this failed: $*"; }; }

# project NAME: goes to a new and empty folder
project() { mkdir "$work/$1"; cd "$work/$1"; }

# The secret, the signature and the body of the sample.
delivery=()
# macOS' bash has no mapfile.
while IFS= read -r -d '' field; do delivery+=("$field"); done < <(python3 -c '
import json, sys
sample = json.load(open(sys.argv[1], encoding="utf-8"))
headers = dict(sample["headers"])
sys.stdout.write("".join(f"{field}\0" for field in (sample["secrets"][0], headers["X-KASKO-Signature"], sample["body"])))' "$sample")

passed=0
# verified WHAT SAID: that the event's type was said
verified() {
  [ "$2" = policy.created ] || fail "$1 said: $2"
  printf 'verified an event: %s\n' "$1"
  passed=$((passed + 1))
}

# Each of these is given what is installed.
use_python() { "$1" "$use/use.py" "$sample"; }
use_node() { cp "$use/use.mjs" . && node use.mjs "$sample"; }
use_php() { php -n -d extension="$1" "$use/use.php" "$sample"; }
use_c() {
  # shellcheck disable=SC2046
  PKG_CONFIG_PATH=$1/lib/pkgconfig cc -Wall -Wextra -Werror "$use/use.c" -o use \
    $(PKG_CONFIG_PATH=$1/lib/pkgconfig pkg-config --define-prefix --cflags --libs hookseal) -Wl,-rpath,"$1/lib"
  ./use "${delivery[@]}"
}
use_command() {
  printf '%s' "${delivery[2]}" >body.json
  printf 'X-KASKO-Signature: %s\nX-KASKO-Event: policy.created\n' "${delivery[1]}" >headers
  HOOKSEAL_SECRET=${delivery[0]} "$1" verify --provider kasko --headers-file headers --json body.json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["type"])'
}
# In a project that depends on hookseal.
use_rust() { cp "$use/use.rs" src/main.rs && cargo run --quiet -- "${delivery[@]}"; }

# A Composer project with both packages, from the folders where they lie.
compose() {
  printf '{"repositories": [{"type": "path", "url": "%s"}, {"type": "path", "url": "%s"}, {"packagist.org": false}]}\n' "$2" "$3" >composer.json
  quietly php -d extension="$1" "$(command -v composer)" --no-interaction --no-plugins \
    require hookseal/http:@dev hookseal/stubs:@dev
  quietly php -n -l vendor/hookseal/stubs/hookseal.stub.php
}
