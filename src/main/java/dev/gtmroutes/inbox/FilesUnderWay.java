package dev.gtmroutes.inbox;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/**
 * The files that are being delivered, of all flows of a Camel context. A flow that is edited is made anew, and must not
 * take the file that its older version still has in work after a stop that could not wait: two would note what became of it.
 */
final class FilesUnderWay {

    private final Set<Path> files = ConcurrentHashMap.newKeySet();

    /** @return those of this context; the same object for as long as it lives */
    static FilesUnderWay of(CamelContext camel) {
        ExtendedCamelContext extended = camel.getCamelContextExtension();
        synchronized (FilesUnderWay.class) {
            FilesUnderWay there = extended.getContextPlugin(FilesUnderWay.class);
            if (there == null) {
                there = new FilesUnderWay();
                extended.addContextPlugin(FilesUnderWay.class, there);
            }
            return there;
        }
    }

    /** @return false if somebody has it already */
    boolean take(Path file) {
        return files.add(file);
    }

    void end(Path file) {
        files.remove(file);
    }

    boolean has(Path file) {
        return files.contains(file);
    }
}
