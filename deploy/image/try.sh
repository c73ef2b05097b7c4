#!/bin/sh
# Goes through the image's build where there is no Docker: the same files in a temporary folder, the same script, then a
# start of what came out with nothing else around it. Needs git, npm and the Node of the image's line.
# Usage: deploy/image/try.sh
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# What .dockerignore lets through, of what git knows.
cd "$root"
git ls-files -z --cached --others --exclude-standard -- \
  apps libs tests/package.json bench/package.json package.json package-lock.json .npmrc tsconfig.base.json deploy/image |
  xargs -0 cp --parents -t "$folder"

cd "$folder"
sh deploy/image/build.sh
du -sh node_modules libs apps
du -sk node_modules/* node_modules/@*/* 2>/dev/null | sort -rn | head -n 8

for entry in apps/*/dist/main.js; do
  # A process that has what it needs says what its configuration lacks and ends (1), shows its help (0), or runs until it
  # is stopped (124, or 0). One that lacks a package throws.
  status=0
  said=$(env -i PATH="$PATH" HOME="$folder" SILLAGE_DATA_DIR="$folder/data" SILLAGE_PORT=0 timeout 10 \
    node --enable-source-maps --disable-warning=ExperimentalWarning "$entry" --help 2>&1) || status=$?
  echo "$entry: exit code $status: $(echo "$said" | head -n 1)"
  case $said in *ERR_MODULE_NOT_FOUND*) exit 1 ;; esac
  case $status in 0 | 1 | 124) ;; *) exit 1 ;; esac
done
