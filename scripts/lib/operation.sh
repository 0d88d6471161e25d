# shellcheck shell=bash disable=SC2034 # sets what the scripts read
# How a script begins that works on the database of a running stack, wherever that runs.
. scripts/lib/setup.sh
. scripts/lib/processes.sh
. scripts/lib/mariadb.sh

begin() { # begin "$@": read the options and the settings; what else was given is in $given
    local option docker=yes
    given=
    for option; do
        case $option in
            --no-docker) docker= ;;
            --help) usage ;;
            -*) die "unknown option $option" "Try: scripts/${0##*/} --help" ;;
            *) given=$option ;;
        esac
    done
    read_env
    export SECRETS_DIR
    SECRETS_DIR=$(realpath -m "${SECRETS_DIR:-secrets}") run=$(realpath -m "${RUN_DIR:-.run}")
    find_database
}

lock_database() { if [[ $where == processes ]]; then lock "$run"; else lock .; fi; } # as scripts/up does
