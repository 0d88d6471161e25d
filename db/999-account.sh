# shellcheck shell=bash
# The web service's account: it reads and writes rows, and nothing else. Run last, so an
# account that can log in proves that every file before this one has run.
#
# Name and password come from the files that DB_USER_FILE and DB_PASSWORD_FILE name, and
# reach the server by standard input: no process list and no log shows them. The official
# MySQL image sources this file and offers docker_process_sql, which knows its root
# password; elsewhere root's account has none yet, and MYSQL_UNIX_PORT names the socket.
# (MYSQL_USER would be shorter, but the image gives that account every right.)

account() {
    local user password
    user=$(cat "${DB_USER_FILE:?}") && password=$(cat "${DB_PASSWORD_FILE:?}") || return
    [[ -n $user && -n $password ]] || { echo 'account: an empty name or password' >&2; return 1; }
    # Inside '…' a backslash and a quote are the only characters with a meaning.
    user=${user//\\/\\\\} password=${password//\\/\\\\}
    user=${user//\'/\'\'} password=${password//\'/\'\'}
    printf "CREATE USER '%s'@'%%' IDENTIFIED BY '%s';\n" "$user" "$password"
    printf "GRANT SELECT, INSERT, UPDATE, DELETE ON translation.* TO '%s'@'%%';\n" "$user"
}

if declare -F docker_process_sql >/dev/null; then
    account | docker_process_sql
else
    account | "$(command -v mariadb || command -v mysql)" --no-defaults --user=root --protocol=socket
fi
