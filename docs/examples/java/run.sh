#!/bin/sh
# Runs Embed.java straight from its source, with the client library of the build and a JDK 25 wherever it is installed.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd)
java=$(sh "$root/.mvn/jdk")/bin/java
exec "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "$root/launcher/target/swarmpilot/lib/*" "$root/docs/examples/java/Embed.java" "$@"
