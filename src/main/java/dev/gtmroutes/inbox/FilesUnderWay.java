// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/**
 * The files that are being delivered, of all flows of a Camel context. A flow that is edited is made anew, and must not
 * take the file that its older version still has in work after a stop that could not wait: two would note what became of it.
 */
final class FilesUnderWay {

    /** Of a file: its folder, and the key that its file system knows it by. */
    private record Identity(Path folder, Object key) {
    }

    private final Set<Path> files = ConcurrentHashMap.newKeySet();
    private final Map<Identity, Path> names = new ConcurrentHashMap<>();

    /** @return those of this context; the same object for as long as it lives */
    static FilesUnderWay of(CamelContext camel) {
        return ContextPlugin.of(camel, FilesUnderWay.class, FilesUnderWay::new);
    }

    /** @return false if somebody has it already */
    boolean take(Path file) {
        return files.add(file.normalize());
    }

    /**
     * To be called behind {@link #take}.
     *
     * @param key of the file system; may be null
     * @return    false if somebody has the file already, under another name of the same folder
     */
    boolean identify(Path file, Object key) {
        if (key == null) {
            return true;
        }
        Path other = names.putIfAbsent(identity(file, key), file.normalize());
        return other == null || other.equals(file.normalize());
    }

    /** @param file by the name under which it was taken */
    void end(Path file) {
        names.values().remove(file.normalize());
        files.remove(file.normalize());
    }

    boolean has(Path file) {
        return files.contains(file.normalize());
    }

    /** Whether somebody has this file, also under another name of the same folder. */
    boolean has(Path file, Object key) {
        return has(file) || key != null && names.containsKey(identity(file, key));
    }

    private static Identity identity(Path file, Object key) {
        return new Identity(file.normalize().getParent(), key);
    }
}
