# shellcheck shell=bash disable=SC2154 # run: the folder of the data and the socket
# A private MariaDB in $run, made from the files of db/ as the MySQL image does it.

start_database() { # start_database DATA-FOLDER
    start database mariadbd --defaults-file="$PWD/db/server.cnf" --user="$(id -un)" --datadir="$1" \
        --socket="$run/db.sock" --pid-file="$run/mariadbd.pid" --tmpdir="$run"
}

sql() { # sql USER PASSWORD-FILE, statements from standard input; no password in any process list
    local password
    password=$(sed 's/[\\"]/\\&/g' "$2")
    mariadb --defaults-file=<(printf '[client]\nuser="%s"\npassword="%s"\n' "$1" "$password") \
        --socket="$run/db.sock" --default-character-set=utf8mb4 "${@:3}"
}

as_root() { sql root /dev/null "$@"; }

make_database() { # in a folder that gets its name when it is complete: all of db/ or nothing
    say 'making the database'
    finish database 60 # of a run that was broken off here
    rm -rf "$run/data.new"
    mariadb-install-db --defaults-file="$PWD/db/server.cnf" --user="$(id -un)" --datadir="$run/data.new" \
        --auth-root-authentication-method=normal --skip-test-db >"$run/database.log" 2>&1 ||
        die 'the database could not be made:' "$(tail -n 8 "$run/database.log")"
    start_database "$run/data.new"
    await database as_root --execute 'SELECT 1'
    as_root <<<'CREATE DATABASE translation'
    local file
    for file in db/[0-9]*; do
        case $file in
            *.sql) as_root translation <"$file" ;;
            *.sh) MYSQL_UNIX_PORT=$run/db.sock bash -euo pipefail "$file" ;;
        esac || die "$file failed (see above)." 'The database was not made; run scripts/up again when that is mended.'
    done
    as_root <<<"DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost'; FLUSH PRIVILEGES;
        ALTER USER root@localhost IDENTIFIED BY '$(sed "s/[\\\\']/\\\\&/g" "$SECRETS_DIR/db_root_password")'"
    finish database 60
    mv "$run/data.new" "$run/data"
}

migrate() { # migrate COMMAND...: run the missing files of db/; COMMAND takes SQL and prints rows
    local file number applied
    applied=" $("$@" <<<'SELECT number FROM schema_migrations' | tr '\n' ' ')"
    for file in db/[0-9]*.sql; do
        number=${file#db/} number=$((10#${number%%-*}))
        [[ $applied == *" $number "* ]] && continue
        say "running $file"
        "$@" <"$file" || die "$file failed (see above)." 'Mend that, then run scripts/migrate again.'
    done
}

migrate_processes() { migrate sql root "$SECRETS_DIR/db_root_password" translation --skip-column-names --batch; }

migrate_containers() {
    # shellcheck disable=SC2016 # the container's shell reads the password, from its file
    migrate docker compose exec -T database bash -c 'exec mysql --defaults-file=<(
        printf "[client]\nuser=root\npassword=\"%s\"\n" "$(sed "s/[\\\"]/\\\\&/g" "$MYSQL_ROOT_PASSWORD_FILE")") \
        --default-character-set=utf8mb4 --skip-column-names --batch translation'
}
