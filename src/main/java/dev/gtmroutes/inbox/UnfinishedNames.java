// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Names of files that are still being written, or that no person put there: programs upload, download and save under such
 * names and rename the file when it is finished. Upper and lower case count as the same.
 */
public final class UnfinishedNames {

    /** Patterns, with {@code *} for any characters and {@code ?} for one. */
    public static final String DEFAULT = "*.part,*.partial,*.filepart,*.tmp,*.temp,*.crdownload,*.download,*.opdownload,"
            + "*.upload,*.uploading,*.inprogress,*.writing,*.incomplete,*.!ut,*.aria2,*.swp,*.swo,*.swx,*.lock,*.bak,"
            + "*~,~$*,#*#,._*,desktop.ini,thumbs.db,ehthumbs.db,$recycle.bin";

    private static final String NONE = "none";
    /** Names that Camel never takes. */
    private static final String CAMEL_LOCK = ".camelLock";

    private final List<Predicate<String>> patterns;

    /** @param patterns separated by commas; blank for {@link #DEFAULT}, {@code none} for none */
    public UnfinishedNames(String patterns) {
        String wanted = patterns.isBlank() ? DEFAULT : patterns.strip().equals(NONE) ? "" : patterns;
        this.patterns = Arrays.stream(wanted.toLowerCase(Locale.ROOT).split(",")).map(String::strip)
                .filter(each -> !each.isEmpty()).map(UnfinishedNames::pattern).toList();
    }

    /** Most patterns are a beginning or an end: a regular expression would take long for an inbox of many files. */
    private static Predicate<String> pattern(String pattern) {
        String rest = pattern.replace("*", "");
        boolean isText = pattern.length() - rest.length() <= 1 && rest.indexOf('?') < 0;
        if (isText && pattern.startsWith("*")) {
            return name -> name.endsWith(rest);
        }
        if (isText && pattern.endsWith("*")) {
            return name -> name.startsWith(rest);
        }
        StringBuilder expression = new StringBuilder();
        pattern.codePoints().forEach(each -> expression.append(switch (each) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(each));
        }));
        return Pattern.compile(expression.toString(), Pattern.DOTALL).asMatchPredicate();
    }

    /** Whether a file of this name may be taken. Names that begin with a dot never are. */
    boolean isFinal(Path file) {
        return !isHidden(file) && !isUnfinished(file);
    }

    /** Whether the name matches one of the patterns. */
    boolean isUnfinished(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        for (Predicate<String> each : patterns) {
            if (each.test(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it belongs to this program, to Camel or to the system. */
    static boolean isHidden(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") || name.endsWith(CAMEL_LOCK);
    }
}
