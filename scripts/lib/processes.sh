# shellcheck shell=bash disable=SC2154 # run: the folder of pid files and logs
# Processes in the background: start, watch and stop them by pid files in $run.

started() { # started PID: when it started, in ticks; fails when it is gone or a zombie
    local stat
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return
    read -ra stat <<<"${stat##*) }"
    [[ ${stat[0]} != Z ]] && echo "${stat[19]}"
}

running() { # running NAME: print its pid. A pid that was given to another process is not ours.
    local pid='' since=''
    { read -r pid since <"$run/$1.pid"; } 2>/dev/null || return
    [[ $(started "$pid") == "$since" ]] && echo "$pid"
}

start() { # start NAME COMMAND... in the background, with its log and pid file in .run/
    local name=$1
    shift
    [[ -s $run/$name.log ]] && mv -f "$run/$name.log" "$run/$name.log.1"
    setsid nohup "$@" >"$run/$name.log" 2>&1 </dev/null 9>&- &
    echo "$! $(started $!)" >"$run/$name.pid"
}

finish() { # finish NAME SECONDS: ask it to stop, insist after that time
    local pid deadline=$((SECONDS + $2))
    if pid=$(running "$1"); then
        kill -TERM "$pid" 2>/dev/null || true
        while running "$1" >/dev/null; do
            ((SECONDS < deadline)) || kill -KILL -- "-$pid" 2>/dev/null || true
            sleep 0.1
        done
    fi
    rm -f "$run/$1.pid"
}

await() { # await NAME COMMAND...: until it succeeds, or NAME dies, or a minute has passed
    local name=$1 deadline=$((SECONDS + 60)) problem=
    shift
    until "$@" >/dev/null 2>&1; do
        running "$name" >/dev/null || problem="$name stopped while it was starting"
        ((SECONDS < deadline)) || problem="$name was not ready within a minute"
        [[ -z $problem ]] || die "$problem. The end of $run/$name.log:" "$(tail -n 15 "$run/$name.log")" \
            'Once its cause is gone, run scripts/up again.'
        sleep 0.1
    done
}

healthy() ( # healthy HOST PORT: does GET /health answer 200?
    exec 3<>"/dev/tcp/$1/$2" && printf 'GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    read -t 10 -r _ status _ <&3 && [[ $status == 200 ]]
)

need_port() { # need_port PORT VARIABLE: fail, naming the process that listens there
    local socket owner
    socket=$(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v port=":$(printf %04X "$1")\$" '$2 ~ port && $4 == "0A" {socket = $10} END {print socket}')
    [[ -n $socket ]] || return 0
    owner=$(find /proc/[0-9]*/fd -lname "socket:\[$socket\]" 2>/dev/null | head -n 1 | cut -d / -f 3 || true)
    [[ -n $owner ]] && owner="process $owner ($(tr '\0' ' ' <"/proc/$owner/cmdline" | cut -c 1-60))"
    die "port $1 is taken by ${owner:-another process}." "Stop that, or take another port: $2=$(($1 + 1)) scripts/up"
}
