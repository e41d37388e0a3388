// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The arguments of a command: words, options with a value ({@code --name value} or {@code --name=value}) and flags. */
final class Arguments {

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> values = new TreeMap<>();
    private final Set<String> flags = new HashSet<>();

    /**
     * @param  valued names of the options that have a value, with their dashes
     * @param  flags  names of those that have none
     * @throws UsageException if there is another option, one twice, or a value is missing
     */
    static Arguments parse(List<String> arguments, Set<String> valued, Set<String> flags) throws UsageException {
        Arguments parsed = new Arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String each = arguments.get(i);
            int equals = each.indexOf('=');
            String name = equals < 0 ? each : each.substring(0, equals);
            if (!each.startsWith("--")) {
                parsed.words.add(each);
            } else if (valued.contains(name)) {
                String value = equals >= 0 ? each.substring(equals + 1) : ++i < arguments.size() ? arguments.get(i) : "";
                if (value.isBlank()) {
                    throw new UsageException(name + " has no value");
                }
                if (parsed.values.put(name, value) != null) {
                    throw new UsageException(name + " is given twice");
                }
            } else if (flags.contains(each)) {
                parsed.flags.add(each);
            } else {
                throw new UsageException("this command has no option " + name);
            }
        }
        return parsed;
    }

    List<String> words() {
        return words;
    }

    /** @return null if it is not given */
    String value(String name) {
        return values.get(name);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }
}
