# scripts/steps.sh: how our scripts speak, count cores and keep out of each other's way. Sourced, never run.
# shellcheck shell=bash
: "${root:?the caller sets it to the folder of the repository}"

# The lines the caller's user sees; what the tools say goes to build/logs/.
say() { printf 'kinora: %s\n' "$*"; }
complain() { printf 'kinora: %s\n' "$*" >&2; }

# run_logged NAME COMMAND...: runs quietly. On failure shows the end of what was said, and where all of it is.
run_logged() {
    local name=$1 log=$root/build/logs/$1.log status=0
    shift
    mkdir -p "$root/build/logs"
    "$@" </dev/null >"$log" 2>&1 7>&- 9>&- || status=$?
    if ((status != 0)); then
        # Ninja goes on with other files after a failure; the first failure is the one to read.
        sed -n '/^FAILED:/,$p' "$log" | head -n 60 >&2
        grep -q '^FAILED:' "$log" || tail -n 40 "$log" >&2
        complain "$name failed; everything it said is in $log"
    fi
    return "$status"
}

# How many compilers to run: one a core, but each wants about a gigabyte.
jobs_count() {
    local cores free_kb
    cores=$(nproc)
    free_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
    local fitting=$((free_kb / 1000000))
    ((fitting >= 1)) || fitting=1
    echo "${CMAKE_BUILD_PARALLEL_LEVEL:-$((fitting < cores ? fitting : cores))}"
}

# One build at a time in this folder; a second one waits for the first and then finds its work done. Programs that
# outlive the build must not inherit the lock, nor that of start: run_logged and unlock_build close them.
lock_build() {
    if ! mkdir -p "$root/build" 2>/dev/null || ! touch "$root/build/.lock" 2>/dev/null; then
        complain "cannot write to $root/build; whoever owns it has to run this once"
        exit 1
    fi
    exec 9>>"$root/build/.lock"
    flock -n 9 || { say "waiting for another build in this folder to end"; flock 9; }
}
unlock_build() { exec 9>&-; }

# What the files of a stamp depend on besides the sources: this folder's place and the system's release.
place() { printf '%s\n' "$root"; cat /etc/os-release 2>/dev/null || true; }

# is_fresh STAMP PATHS...: nothing under the paths changed since mark_fresh. Folders count too, so removed and
# renamed files are seen.
is_fresh() {
    local stamp=$1
    shift
    [[ -f $stamp && "$(<"$stamp")" == "$(place)" ]] || return 1
    [[ -z $(cd "$root" && find "$@" -newer "$stamp" -print -quit 2>/dev/null) ]]
}

# start_stamp STAMP before the work and mark_fresh STAMP after it: an edit in between is newer than the stamp.
start_stamp() { mkdir -p "$(dirname "$1")" && rm -f "$1" && place >"$1.new"; }
mark_fresh() { mv "$1.new" "$1"; }

# configure_and_build PRESET TARGETS...: a tree that was moved or copied here from elsewhere is made anew.
configure_and_build() {
    local preset=$1 cache=$root/build/$1/CMakeCache.txt
    shift
    if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        rm -rf "$root/build/$preset"
    fi
    (
        # Joined by &&, for a caller's `||` switches off `set -e` in here.
        cd "$root" &&
            cmake --preset "$preset" &&
            cmake --build "build/$preset" --parallel "$(jobs_count)" ${1:+--target "$@"}
    )
}

# Prints the use `node` of scripts/packages where no node of 18 or newer is here.
node_use() {
    command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null && return
    echo node
}
