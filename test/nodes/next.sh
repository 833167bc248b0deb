#!/bin/sh
# next.sh SQLC OUTPUT INPUT...: the list of migrations that sqlc makes, and nothing else of it.
sqlc=$1 output=$2
shift 2
folder=$(mktemp -d) || exit 3
trap 'rm -rf "$folder"' EXIT
"$sqlc" "$folder" "$@" && cp "$folder/migrations.c" "$output"
