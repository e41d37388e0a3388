# For the benchmarks: adds a row to the table of one of them in RESULTS.md.

# add_result FILE SECTION ROW: the row comes last in the table of the section, which has to be there.
add_result() {
    awk -v section="## $2" -v row="$3" '
        $0 == section {inside = 1}
        inside && table && !/^\|/ {print row; inside = 0; table = 0}
        inside && /^\|/ {table = 1}
        {print}
        END {if (inside) print row}
    ' "$1" > "$1.new" && mv "$1.new" "$1"
}
