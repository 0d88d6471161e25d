#!/usr/bin/env bash
# One would guess: a list of 64-bit hashes, `hash IN (5, 6, 9223372036854775813)`, is looked up in the
# index of a BIGINT UNSIGNED column value by value, as a list of small ones and one of large ones are.
# Behaviour: a list of three values or more in which some are below 2^63 and some are not has no
# ranges in the index: the server means to read all rows. With two values, or with values of one
# kind, it reads as many rows as there are values.
# Version: MariaDB 10.11 (Debian 12).
# For a translation server: a translation memory that finds sentences by a 64-bit hash answers one
# sentence at once and a passage of twenty after a second, since about half of all hashes have the
# highest bit. Hashes of 63 bits, or a column of bytes, are looked up.
set -euo pipefail
for program in mariadbd mariadb-install-db mariadb; do
    command -v "$program" >/dev/null || { echo 'This needs MariaDB (Debian: mariadb-server).' >&2; exit 2; }
done
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; rm -rf "$work"' EXIT
mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$work/data" --auth-root-authentication-method=normal \
    --skip-test-db >"$work/install.log" 2>&1
mariadbd --no-defaults --user="$(id -un)" --datadir="$work/data" --socket="$work/s" --skip-networking \
    --pid-file="$work/pid" >"$work/server.log" 2>&1 &
server=$!
until mariadb --no-defaults --user=root --socket="$work/s" --execute 'SELECT 1' >/dev/null 2>&1; do
    kill -0 "$server" || { tail "$work/server.log" >&2; exit 2; }
    sleep 0.1
done
sql() { mariadb --no-defaults --user=root --socket="$work/s" --batch --skip-column-names "$@"; }
sql --execute 'CREATE DATABASE memory'
sql memory >/dev/null <<'SQL'
CREATE TABLE entries (id INT PRIMARY KEY, hash BIGINT UNSIGNED NOT NULL, KEY hash (hash));
INSERT INTO entries SELECT seq, CAST(CONV(SUBSTRING(MD5(seq), 1, 16), 16, 10) AS UNSIGNED) FROM seq_1_to_100000;
ANALYZE TABLE entries;
SQL
rows() { # rows CONDITION: how many rows the server means to read
    sql memory --execute "EXPLAIN SELECT id FROM entries WHERE $1" | awk -F '\t' '{print $9}'
}
found=
for condition in 'hash IN (5, 6, 7)' 'hash IN (9223372036854775813, 9223372036854775814, 9223372036854775815)' \
    'hash IN (5, 9223372036854775813)' 'hash IN (5, 6, 9223372036854775813)'; do
    read=$(rows "$condition")
    ((read > 1000)) && way='all rows' || way="$read rows"
    found+="$condition: $way"$'\n'
done
printf %s "$found"
[[ $found == 'hash IN (5, 6, 7): 3 rows
hash IN (9223372036854775813, 9223372036854775814, 9223372036854775815): 3 rows
hash IN (5, 9223372036854775813): 2 rows
hash IN (5, 6, 9223372036854775813): all rows
' ]] || { echo 'The behaviour has changed.' >&2; exit 1; }
