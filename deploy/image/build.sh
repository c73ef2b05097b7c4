#!/bin/sh
# Turns a copy of the repository into what an image holds: what runs, and nothing that it was made with or tested by.
# It changes the folder it is started in, so it is for a copy: the Dockerfile's, or that of deploy/image/try.sh.
set -eu

npm ci
node_modules/.bin/tsc -b libs/* apps/*
npm prune --omit=dev

# Workspaces that only tests and measurements need, and the links to them.
rm -rf tests bench node_modules/@sillage/tests node_modules/@sillage/bench
find libs apps -type d \( -name src -o -name testing \) -prune -exec rm -rf {} +
find libs apps -type f \( -name '*.spec.js*' -o -name '*.d.ts*' -o -name '*.tsbuildinfo' -o -name tsconfig.json \) -delete
rm -rf package-lock.json tsconfig.base.json .npmrc
