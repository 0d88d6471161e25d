# shellcheck shell=bash disable=SC2154 # run: the folder of the data and the socket
# The database: a private MariaDB in $run, made from the files of db/ as the MySQL image does it,
# and what is done to a running one, wherever it runs.

start_database() { # start_database DATA-FOLDER
    start database mariadbd --defaults-file="$PWD/db/server.cnf" --user="$(id -un)" --datadir="$1" \
        --socket="$run/db.sock" --pid-file="$run/mariadbd.pid" --tmpdir="$run"
}

connect() { # connect USER PASSWORD-FILE CLIENT ARGUMENT...: no password in any process list or environment
    local quote='s/[\\"]/\\&/g'
    "$3" --defaults-file=<(printf '[client]\nuser="%s"\npassword="%s"\n' \
        "$(printf %s "$1" | sed "$quote")" "$(sed "$quote" "$2")") --default-character-set=utf8mb4 "${@:4}"
}

sql() { connect "$1" "$2" mariadb --socket="$run/db.sock" "${@:3}"; } # sql USER PASSWORD-FILE ARGUMENT...

as_root() { sql root /dev/null "$@"; }

make_database() { # in a folder that gets its name when it is complete: all of db/ or nothing
    # A server that starts removes the tables of all others from the folder for temporary ones, so
    # that is no shared one here.
    say 'making the database'
    finish database 60 # of a run that was broken off here
    rm -rf "$run/data.new"
    mariadb-install-db --defaults-file="$PWD/db/server.cnf" --user="$(id -un)" --datadir="$run/data.new" \
        --tmpdir="$run" --auth-root-authentication-method=normal --skip-test-db >"$run/database.log" 2>&1 ||
        die 'the database could not be made:' "$(sed '/^Installation .* failed/,$d' "$run/database.log" | tail -n 8)" \
            "All of it: $run/database.log"
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
        ALTER USER root@localhost IDENTIFIED BY $(text "$SECRETS_DIR/db_root_password")"
    finish database 60
    mv "$run/data.new" "$run/data"
}

find_database() { # with $docker set in containers, if they run, else as processes: set $where, or die
    where=containers container=${DATABASE_CONTAINER-}
    [[ -z ${DATABASE_NAMESPACE-}$container ]] || return 0
    if [[ -n ${docker-} ]] && engine; then
        container=$(timeout --kill-after=1 10 docker compose ps --quiet database 2>/dev/null </dev/null) || container=
        [[ -z $container ]] || return 0
    fi
    where=processes
    running database >/dev/null || die 'the database is not running.' 'Start it: scripts/up'
}

# DATABASE_CONTAINER: where Compose did not make it. DATABASE_NAMESPACE: in the cluster that kubectl knows.
in_database() {
    if [[ -n ${DATABASE_NAMESPACE-} ]]; then
        kubectl --namespace "$DATABASE_NAMESPACE" exec --stdin statefulset/database -- "$@"
    else
        docker exec --interactive "$container" "$@"
    fi
}

client() { # client mysql|mysqldump ARGUMENT...: as root, where the database runs
    local program=$1
    shift
    if [[ $where == containers ]]; then
        # shellcheck disable=SC2016 # the container's shell reads the password, from its file
        in_database bash -c "$(declare -f connect)"'; connect root "$MYSQL_ROOT_PASSWORD_FILE" "$0" "$@"' "$program" "$@"
    else
        [[ $program == mysql ]] && program=mariadb || program=mariadb-dump
        connect root "$SECRETS_DIR/db_root_password" "$program" --socket="$run/db.sock" "$@"
    fi
}

rows() { client mysql --skip-column-names --batch "$@"; } # SQL on standard input, rows out

text() { printf "'%s'" "$(sed "s/[\\\\']/\\\\&/g" "$1")"; } # the content of a file, as SQL writes it

migrate() { # run the files of db/ that this database has not seen
    local file number applied
    applied=" $(rows translation <<<'SELECT number FROM schema_migrations' | tr '\n' ' ')"
    for file in db/[0-9]*.sql; do
        number=${file#db/} number=$((10#${number%%-*}))
        [[ $applied == *" $number "* ]] && continue
        say "running $file"
        rows translation <"$file" || die "$file failed (see above)." 'Mend that, then run scripts/migrate again.'
    done
}
