# What the scripts here share: Pythons, virtual environments, and maturin in one. To be sourced, with `build` set.
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1

# version: the path of its interpreter, or nothing if that is not on the machine
interpreter() {
  local found
  for found in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1".*/bin/python3 "$(command -v "python$1" || true)"; do
    if [ -x "$found" ]; then printf '%s\n' "$found"; return; fi
  done
}

# Sets `pythons` to the interpreters of all versions that are supported and here, or else to the one that is.
find_pythons() {
  local version found
  pythons=()
  for version in 3.10 3.11 3.12 3.13 3.14; do
    found=$(interpreter "$version")
    if [ -n "$found" ]; then pythons+=("$found"); fi
  done
  [ ${#pythons[@]} -gt 0 ] || pythons=("$(command -v python3)")
}

# interpreter folder: a new virtual environment
environment() {
  rm -rf "$2"
  "$1" -m venv "$2"
}

# Sets `tools` to an environment with maturin.
find_tools() {
  tools=$build/tools
  [ -x "$tools/bin/maturin" ] || { environment "$(command -v python3)" "$tools"; "$tools/bin/pip" install --quiet 'maturin>=1.9.4,<2'; }
}
