# shellcheck shell=bash
# The clients of other projects that tests/clients runs, each in the version that is pinned there:
# Python's and Node.js with npm in .clients, npm's in tests/clients/node_modules.

newest_python() { # print the newest Python here that can make environments: Weblate wants 3.12
    local python
    for python in python3.1{4,3,2} "${PYENV_ROOT:-${HOME-}/.pyenv}"/versions/3.1[2-4].*/bin/python; do
        "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' \
            >/dev/null 2>&1 && echo "$python" && return
    done
    find_python
}

npm_here() { # npm_here ARGUMENT...: the pinned npm, in tests/clients, with the system's certificates
    NODE_USE_SYSTEM_CA=1 PATH=$PWD/.clients/bin:$PATH .clients/bin/npm --prefix tests/clients --ignore-scripts \
        --no-audit --no-fund --no-update-notifier --loglevel error "$@"
}

python_clients() { # with Node.js, whose wheels PyPI has: Debian's npm is 350 packages
    local python stamp locks=(--requirement=tests/clients/requirements.lock)
    stamp=.clients/$(cat tests/clients/*.lock | sha256sum | cut -c 1-16)-lock
    [[ ! -e $stamp ]] || return 0
    need_space . 1500
    say 'installing the clients of tests/clients'
    python=$(newest_python) || die 'Python 3.11 or newer is needed.' 'Debian 12 and later have it.'
    "$python" -m venv --clear .clients
    if .clients/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 12))'; then
        locks+=(--requirement=tests/clients/weblate.lock)
    fi
    # --no-deps: the lock files have all that is imported, and not all that is asked for.
    .clients/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --no-deps \
        --require-hashes "${locks[@]}" || die 'pip could not install the clients (see above).'
    touch "$stamp"
}

install_clients() {
    python_clients
    local modules=tests/clients/node_modules
    ! cmp -s tests/clients/package-lock.json $modules/.installed || return 0
    npm_here ci || die 'npm could not install the clients (see above).'
    cp tests/clients/package-lock.json $modules/.installed
}
