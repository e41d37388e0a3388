// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Hosts that a setting allows: {@code host}, {@code host:port}, {@code *.domain}, or {@code *} for all. */
public final class HostList {

    private static final Pattern PORT = Pattern.compile(":\\d+$");

    private final Set<String> names;

    private HostList(Set<String> names) {
        this.names = names;
    }

    /** @param setting comma-separated; blank for none */
    public static HostList of(String setting) {
        return new HostList(parts(setting.toLowerCase(Locale.ROOT)));
    }

    static Set<String> parts(String setting) {
        return Arrays.stream(setting.split(",")).map(String::strip).filter(each -> !each.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** These hosts, and those of another list. */
    public HostList and(HostList others) {
        Set<String> all = new TreeSet<>(names);
        all.addAll(others.names);
        return new HostList(all);
    }

    /** @param authority host, perhaps with a port. A name in the list without a port allows all ports */
    public boolean has(String authority) {
        String given = authority.toLowerCase(Locale.ROOT);
        String host = PORT.matcher(given).replaceFirst("");
        return names.contains("*") || names.contains(given) || names.contains(host)
                || names.stream().anyMatch(each -> each.startsWith("*.") && host.endsWith(each.substring(1)));
    }
}
