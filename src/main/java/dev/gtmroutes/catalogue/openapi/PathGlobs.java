// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which paths are imported: {@code *} stands for a part of a segment, {@code **} for any number of segments. */
final class PathGlobs implements Predicate<String> {

    private static final int SHOWN = 8;

    private final Map<String, Pattern> globs = new LinkedHashMap<>();

    /** @param list comma-separated; blank for all paths */
    PathGlobs(String list) {
        for (String each : list.split(",")) {
            if (!each.isBlank()) {
                globs.put(each.strip(), pattern(each.strip()));
            }
        }
    }

    private static Pattern pattern(String glob) {
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        for (int at = glob.indexOf('*'); at >= 0; at = glob.indexOf('*', from)) {
            boolean any = glob.startsWith("**", at);
            pattern.append(Pattern.quote(glob.substring(from, at))).append(any ? ".*" : "[^/]*");
            from = at + (any ? 2 : 1);
        }
        return Pattern.compile(pattern + Pattern.quote(glob.substring(from)));
    }

    boolean isAll() {
        return globs.isEmpty();
    }

    @Override
    public boolean test(String path) {
        return isAll() || globs.values().stream().anyMatch(each -> each.matcher(path).matches());
    }

    /** @throws ImportException if one of them is the glob of no path */
    void check(List<String> paths) throws ImportException {
        for (Map.Entry<String, Pattern> each : globs.entrySet()) {
            if (paths.stream().noneMatch(path -> each.getValue().matcher(path).matches())) {
                List<String> shown = new ArrayList<>(paths.subList(0, Math.min(SHOWN, paths.size())));
                shown.add(paths.size() > SHOWN ? "… (" + paths.size() + " paths)" : "");
                throw new ImportException("the document has no path " + each.getKey() + ". Its paths: "
                        + String.join(", ", shown).replaceFirst(", $", ""));
            }
        }
    }
}
