// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.apache.camel.WrappedFile;
import org.apache.camel.component.file.GenericFile;

/**
 * A file that was looked at before it is opened. Meanwhile, the owner of its folder can put a symbolic link in its place,
 * to a file that this program may read and they may not.
 */
public final class CheckedFile {

    private static final String KEY = CheckedFile.class.getName();

    private CheckedFile() {
    }

    /** Remembers with the file which one was looked at. @param key {@link BasicFileAttributes#fileKey} */
    public static void remember(GenericFile<?> file, Object key) {
        Map<String, Object> attributes = new HashMap<>(
                file.getExtendedAttributes() == null ? Map.of() : file.getExtendedAttributes());
        attributes.put(KEY, new Seen(key));
        file.setExtendedAttributes(attributes);
    }

    private record Seen(Object key) {
    }

    /** @return whether {@link #open} opens it, and no link */
    static boolean isRemembered(WrappedFile<?> file) {
        return file instanceof GenericFile<?> generic && generic.getExtendedAttributes() != null
                && generic.getExtendedAttributes().get(KEY) instanceof Seen;
    }

    /** @throws IOException if it is a link by now, or another file */
    static InputStream open(WrappedFile<?> file, Path path) throws IOException {
        InputStream content = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
        Seen seen = (Seen) ((GenericFile<?>) file).getExtendedAttributes().get(KEY);
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!now.isRegularFile() || !Objects.equals(now.fileKey(), seen.key)) {
                throw new IOException("another file took its place");
            }
            return content;
        } catch (IOException e) {
            content.close();
            throw e;
        }
    }
}
