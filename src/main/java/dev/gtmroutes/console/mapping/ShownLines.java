// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.parameter.ParameterText;
import dev.gtmroutes.record.mapping.MappingLine;
import dev.gtmroutes.record.mapping.MappingLine.Kind;
import dev.gtmroutes.record.mapping.MappingTrial;

/** The lines of a mapping as its table shows them: placeholders of settings stay, and their values are not looked at. */
final class ShownLines {

    private ShownLines() {
    }

    /** The same text with a mask for each placeholder of a setting. */
    static String masked(String text) {
        return text.lines().map(ShownLines::maskedLine).collect(Collectors.joining("\n"));
    }

    private static String maskedLine(String line) {
        return ParameterText.resolve(line, placeholder -> FlowForm.KEPT);
    }

    /** Its lines, read with the masks and shown as they are written. */
    static List<MappingLine> of(String text) {
        List<MappingLine> lines = new ArrayList<>();
        List<String> written = text.lines().toList();
        for (MappingLine each : MappingTrial.of(masked(text)).lines()) {
            if (each.number() <= written.size()) {
                lines.add(shown(each, written.get(each.number() - 1)));
            }
        }
        return lines;
    }

    private static MappingLine shown(MappingLine read, String written) {
        if (read.text().equals(written)) {
            return read;
        }
        String left = read.text().substring(0, read.valueAt());
        boolean isValue = read.isAssignment() && written.startsWith(left);
        return isValue ? new MappingLine(read.number(), written, Kind.EXPRESSION, read.target(), read.attribute(),
                read.valueAt(), written.substring(read.valueAt()).stripTrailing(), "", read.problem())
                : new MappingLine(read.number(), written, Kind.UNREADABLE, "", "", written.length(), "", "",
                        read.problem());
    }
}
