# shellcheck shell=bash
# Shared by all scripts: messages, locks, the engine, Debian packages, the Python environment,
# and the files in the folder of secrets.
# Sourced with the repository's root as working directory.

say() { printf '%s: %s\n' "${0##*/}" "$*"; }

die() { # die WHAT [WHAT TO DO, one line each]...
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    shift
    [[ $# == 0 ]] || printf '    %s\n' "${@//$'\n'/$'\n    '}" >&2
    exit 1
}

usage() { # print the comment at the head of the script, and end
    sed -n '2,/^set/{s/^# \?//;/^set/!p}' "scripts/${0##*/}"
    exit 0
}

read_env() { # what the environment does not say, from .env as Compose reads it
    local name value
    [[ -e .env ]] || return 0
    while IFS='=' read -r name value; do
        [[ ! $name =~ ^[A-Z_]+$ || -n ${!name:-} ]] || export "$name=$value"
    done <.env
}

lock() { # lock FOLDER: one run at a time in it, and no other lock is held
    exec 9<"$1" # what starts in the background closes 9
    flock --nonblock 9 || { say 'waiting for another run here' >&2; flock 9; }
}

unlock() { exec 9<&-; }

engine() { # does a Docker engine answer, with Compose? In 20 s at the most; standard input stays unread
    command -v docker && timeout --kill-after=1 10 docker version --format '{{.Server.Version}}' &&
        timeout --kill-after=1 10 docker compose version
} >/dev/null 2>&1 </dev/null

need_space() { # need_space FOLDER MEGABYTES
    local free
    free=$(df -Pm "$1" | awk 'NR == 2 {print $4}')
    ((free >= $2)) || die "$1 has $free MB of free disk space; the set-up needs $2 MB." \
        'Free some space, then run this again.'
}

install_packages() { # install_packages DEBIAN-PACKAGE... , or say exactly what is missing
    local sudo=() log command=(apt-get install -y --no-install-recommends --no-remove "$@")
    command -v apt-get >/dev/null || die "This needs $*, and there is no apt-get here to install it." \
        "Install it with this system's own package manager, or start a Docker engine."
    if [[ $(id -u) != 0 ]]; then
        sudo -n true 2>/dev/null || die "This needs $*; installing takes root's rights." \
            "Run: sudo apt-get update && sudo ${command[*]}" 'Then run this again.'
        sudo=(sudo -n)
    fi
    need_space / 1000
    say "installing Debian's $*"
    log=$(mktemp)
    # --no-remove: never at the cost of another database server that this machine has.
    if ! { "${sudo[@]}" apt-get -q update &&
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "${command[@]}"; } >"$log" 2>&1; then
        die "apt-get could not install $*:" "$(tail -n 8 "$log")" \
            'Is the network up? To see more, run as root:' "apt-get update && ${command[*]}"
    fi
    rm -f "$log"
}

install_database() { # MariaDB's server and client, when they are missing
    local program
    for program in mariadbd mariadb-install-db mariadb; do
        command -v "$program" >/dev/null && continue
        install_packages mariadb-server-core mariadb-client-core
        return
    done
}

install_fonts() { # the letters of translated PDFs, when they are missing: all else works without
    compgen -G '/usr/share/fonts/truetype/liberation*' >/dev/null || compgen -G '/usr/share/fonts/truetype/dejavu' >/dev/null ||
        (install_packages fonts-liberation) || say 'going on without fonts: no PDF is translated'
}

find_python() { # print a Python of at least 3.11 that can make virtual environments
    local python
    for python in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null && echo "$python" && return
    done
    return 1
}

python_environment() { # python_environment LOCK-FILE... : .venv, with what they pin
    local python locks stamp
    if ! .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
        if ! python=$(find_python); then
            install_packages python3 python3-venv
            python=$(find_python) || die 'Python 3.11 or newer is needed.' \
                "This machine has $(python3 --version 2>&1). Debian 12 and later have it."
        fi
        need_space . 1000
        say 'making .venv'
        "$python" -m venv --clear .venv
    fi
    # One mark per set of lock files; any change of a lock file makes all marks void.
    locks=$(cat ./*/requirements.lock | sha256sum | cut -c 1-16)
    stamp=.venv/$locks-$(echo "$@" | tr -c 'a-z\n' -)
    if [[ ! -e $stamp ]]; then
        need_space . 500
        say "installing the packages of $*"
        find .venv -maxdepth 1 -name '*-lock' ! -name "$locks-*" -delete
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
            "${@/#/--requirement=}" || die "pip could not install the packages of $* (see above)." \
            'If the network was away, run this again; what is installed stays.'
        touch "$stamp"
    fi
}

replace() ( # replace FILE CONTENT, in the file that is there: a container sees that one, and not a new one's name
    file=$1 length=$(printf %s "$2" | wc -c) # in bytes; ${#2} has characters
    shorter=$(($(stat --format %s "$file") - length))
    trap 'chmod 0444 "$file"' EXIT
    # In one write, with line ends over the rest of a longer content: who reads meanwhile finds
    # neither an empty file nor the end of the old one.
    chmod u+w "$file" &&
        { printf %s "$2" && { ((shorter <= 0)) || printf "%${shorter}s" | tr ' ' '\n'; }; } |
        dd of="$file" bs=4M iflag=fullblock conv=notrunc,fsync status=none &&
        truncate --size "$length" "$file"
)

random() { od -An -N 24 -t x1 /dev/urandom | tr -d ' \n'; } # 192 bits in 48 characters

make_keys_file() { # $SECRETS_DIR/api_keys without a key in it, when it is not there
    mkdir -p "$SECRETS_DIR" && chmod 0700 "$SECRETS_DIR"
    [[ ! -s $SECRETS_DIR/api_keys ]] || return 0
    # Into the file that is there, if one is: a container may have it.
    printf '# NAME, SHA-256 of the key, requests a minute, characters a month (-: no limit); see scripts/add-key\n' \
        >>"$SECRETS_DIR/api_keys"
    chmod 0444 "$SECRETS_DIR/api_keys"
}

has_keys() { grep -q '^[[:space:]]*[^#[:space:]]' "$SECRETS_DIR/api_keys" 2>/dev/null; }

make_secrets() { # the passwords, once, where only their owner gets in
    local name
    mkdir -p "$SECRETS_DIR" && chmod 0700 "$SECRETS_DIR"
    for name in db_root_password db_user db_password; do
        [[ -s $SECRETS_DIR/$name ]] && continue
        say "making $SECRETS_DIR/$name"
        rm -f "$SECRETS_DIR/$name"
        if [[ $name == db_user ]]; then printf web; else random; fi >"$SECRETS_DIR/$name.new"
        # The folder is closed to others; the files are open to the containers' own users.
        chmod 0444 "$SECRETS_DIR/$name.new"
        mv "$SECRETS_DIR/$name.new" "$SECRETS_DIR/$name"
    done
    make_keys_file
}
