#!/usr/bin/env bash
# Runs the steps of the Dockerfile without Docker: builds the executable, puts it with the files of the image's packages
# into an empty root, and runs the shipped example there as the image's user. Requires root and Debian.
#
# usage: Scripts/image-steps.sh [EXECUTABLE]      EXECUTABLE: built with the same command; it is not built again
set -euo pipefail
cd "$(dirname "$0")/.."

user=10001
# Those that the Dockerfile installs, and those of its base image that this script needs.
packages=(ca-certificates libstdc++6 zlib1g)
base=(libc6 libgcc-s1 dash)

if [ "$(id -u)" -ne 0 ]; then
    echo "a root of its own requires root privileges" >&2
    exit 2
fi

executable="${1:-}"
if [ -z "$executable" ]; then
    echo "== build"
    swift build --configuration release --static-swift-stdlib -Xlinker --no-export-dynamic --product assay
    executable=.build/release/assay
fi

image="$(mktemp -d)"
trap 'rm -rf "$image"' EXIT
chmod 755 "$image"
install -D --strip "$executable" "$image/usr/local/bin/assay"

echo "== packages: ${packages[*]}"
# Documentation is not needed to run; links such as /lib are those of the base image.
for link in lib lib64 bin sbin; do
    if [ -L "/$link" ]; then
        mkdir -p "$image/$(readlink "/$link" | sed 's|^/||')"
        ln -s "$(readlink "/$link")" "$image/$link"
    fi
done
dpkg-query --listfiles "${packages[@]}" "${base[@]}" | sort -u | while read -r path; do
    case "$path" in /usr/share/doc* | /usr/share/lintian* | /usr/share/man*) continue ;; esac
    if [ -f "$path" ]; then
        mkdir -p "$image/$(dirname "$path")"
        cp --no-dereference "$path" "$image/$path"
    fi
done
# The package's script writes the bundle of certificates.
mkdir -p "$image/etc/ssl/certs" "$image/tmp" "$image/home/assay"
cp --dereference /etc/ssl/certs/ca-certificates.crt "$image/etc/ssl/certs/"
chmod 1777 "$image/tmp"

echo "== run as user $user"
mkdir "$image/project"
cp -R assay.yaml specs scenarios "$image/project"
chown -R "$user:$user" "$image/project" "$image/home/assay"
inside() { # arguments of assay, run in /project
    env --ignore-environment PATH=/usr/local/bin:/usr/sbin:/usr/bin:/bin HOME=/home/assay NO_COLOR=1 \
        chroot --userspec="$user:$user" "$image" /bin/dash -c 'cd /project && exec assay "$@"' dash "$@"
}
inside --version
inside run --quiet
echo "== everything passed"
