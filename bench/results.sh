# For the benchmarks, which say where they are in $here.

# result INTRODUCTION TITLE CELLS: prints a row and adds it to the table of this benchmark in RESULTS.md, or in $RESULTS.
result() {
    file=${RESULTS:-$here/RESULTS.md}
    name=$(basename "$0")${4:+, $4}
    version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$here/../pom.xml")
    commit=$(git -C "$here" rev-parse --short HEAD 2> /dev/null || echo unknown)
    java=$(java -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')
    memory=$(awk '/MemTotal/ {printf "%.0f GB", $2 / 1048576}' /proc/meminfo 2> /dev/null || echo "?")
    title="| date | version | Java | machine | $2 |"
    row="| $(date -u +%Y-%m-%d) | $version ($commit) | $java | $(getconf _NPROCESSORS_ONLN) CPUs, $memory | $3 |"
    if ! grep -q "^## $name\$" "$file" 2> /dev/null; then
        printf '\n## %s\n\n%s\n\n%s\n%s\n' "$name" "$1" "$title" "$(echo "$title" | sed 's/[^|][^|]*/---/g')" >> "$file"
    fi
    awk -v section="## $name" -v row="$row" '
        $0 == section {inside = 1}
        inside && table && !/^\|/ {print row; inside = 0; table = 0}
        inside && /^\|/ {table = 1}
        {print}
        END {if (inside) print row}
    ' "$file" > "$file.new" && mv "$file.new" "$file"
    printf '%s\n%s\n' "$title" "$row"
}
