#!/usr/bin/env bash
# Checks a fresh clone with nothing but the Swift toolchain: formatting, the README's two commands, the documentation, the
# library in packages of its users, the ratios of the benchmarks, the main job and the socket tests as an ordinary user, and
# three broken mocks that the main job must catch.
set -euo pipefail
cd "$(dirname "$0")/.."

# Conformance data lies beside the checkout where there is some; without it those tests skip and say so.
data="$(cd .. && pwd)/shared/exams"
if [ -d "$data" ]; then
    export ASSAY_CONFORMANCE_DATA="$data"
fi

echo "== format"
swift format lint --strict --parallel --recursive Sources Tests Benchmarks/Sources Examples Package.swift

echo "== language"
if command -v python3 > /dev/null; then
    .ci/language
else
    echo "the wording of messages was not checked: python3 is missing"
fi

echo "== build"
swift build --build-tests

echo "== swift test"
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
# The tests of the client measure times of milliseconds, so they run by themselves; together, the two are `swift test`.
timed='LiveTransportTests|RunningTests'
for part in --skip --filter; do
    if ! swift test --skip-build "$part" "$timed" 2>&1 | tee -a "$log"; then
        # Thousands of lines on, nobody finds them: what failed, once more at the end.
        echo "== what failed" >&2
        grep -E -A 4 'recorded an issue|^✘ Test "|Time limit' "$log" >&2
        exit 1
    fi
done
# What needs a Python of its own and the network is left out unless a folder is given for it.
if [ -n "${CI:-}" ] && [ -n "${ASSAY_CONFORMANCE_DATA:-}" ] &&
    grep -E '("|\)) skipped(:|\.|$)|^➜ Suite [A-Za-z]+ skipped:' "$log" | grep -v ASSAY_PYTHON_TESTS; then
    echo "a test was skipped although the conformance data is there" >&2
    exit 1
fi

echo "== documentation"
.ci/documentation

.ci/swift-package

echo "== benchmarks"
# Functions only, as ratios to a loop in the same process: a slower machine has the same ratios. `assay-bench check` also
# measures runs, and takes ten minutes to build.
swift build -c release --package-path Benchmarks --product assay-ratios
if ! Benchmarks/.build/release/assay-ratios; then
    echo "a function has become slower, or its cost grows faster than its input: compare with the commit before by" >&2
    echo "\`Benchmarks/.build/release/assay-ratios\` on an idle machine; if the cost is intended, add --record" >&2
    exit 1
fi

echo "== swift run assay run"
swift run --skip-build assay run

# Root may do more with sockets and files than anybody who uses the tool, so the main job and the tests that open sockets
# run again without its rights. An ordinary user has just run them.
if [ "$(id -u)" -eq 0 ]; then
    echo "== as an ordinary user"
    built="$(swift build --show-bin-path)"
    home="$(mktemp -d)"
    trap 'rm -rf "$log" "$home"' EXIT
    cp -R assay.yaml specs scenarios "$built/assay" "$home"
    chown -R 65534:65534 "$home"
    ordinary() { # command and arguments, run in $home
        (cd "$home" && NO_COLOR=1 HOME="$home" TMPDIR="$home" setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs "$@")
    }
    ordinary ./assay run
    if ordinary test -r "$PWD/Package.swift" -a -x "$built/assayPackageTests.xctest"; then
        for suites in LiveTransportTests 'MockingTests|CommandLineTests'; do
            # What failed is printed below; the status of the tests would end the script here. Texts of messages are the
            # same for every user.
            (ordinary "$built/assayPackageTests.xctest" --testing-library swift-testing --filter "$suites" \
                --skip 'FirstMistakeTests|WordingTests|ConfigurationPageTests' 2>&1 || true) |
                tee "$log" | tail -n 3
            if grep -E -A 4 'recorded an issue|^✘ Test "' "$log" >&2; then exit 1; fi
            grep -qE 'Test run with [1-9][0-9]* tests? .*passed' "$log"
        done
    else
        echo "the socket tests do not run as an ordinary user: the checkout is not readable for one"
    fi
fi

# Each broken behaviour is one wrong line; the run must fail, and by the rule that names the fault.
assay="$(swift build --show-bin-path)/assay"
good=specs/cashfree/2022-09-01.behaviour.yaml
broken=reports/broken
mkdir -p "$broken"
breaks() { # name, rule, sed script
    local file="$broken/$1.behaviour.yaml" status=0
    sed "$3" "$good" > "$file"
    if cmp -s "$good" "$file"; then
        echo "$1: the behaviour file has no such line any more" >&2
        exit 1
    fi
    "$assay" run --behaviour "$file" --report json > "$broken/$1.json" || status=$?
    if [ "$status" -ne 1 ]; then
        echo "$1: expected exit 1 and got $status" >&2
        exit 1
    fi
    if ! grep -q "\"rule\": \"$2\"" "$broken/$1.json"; then
        echo "$1: no finding by the rule $2" >&2
        exit 1
    fi
    echo "$1: caught by $2"
}

echo "== broken behaviours"
breaks cancel-keeps-active check 's/{from: ACTIVE, to: CANCELLED}/{from: ACTIVE, to: ACTIVE}/'
breaks unknown-link-is-found status.undocumented '/unknown:/,/status:/s/status: 404/status: 202/'
breaks credentials-ignored security.not-enforced 's/^  enforced: true/  enforced: false/'

echo "== everything passed"
