// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only the user of the program can read: they hold records and tokens. */
public final class PrivateFiles {

    private static final boolean HAS_RIGHTS = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("------rwx");

    private PrivateFiles() {
    }

    /** Opens a file as {@link FileChannel#open} does. If that makes the file, it gets the rights 0600. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), rights(file, "rw-------"));
    }

    /** Makes a folder with the rights 0700, and its missing parents; one that exists stays as it is. */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, rights(folder, "rwx------"));
    }

    /**
     * Whether users of this machine outside the group can look into a folder, and the user of the program could change
     * that: for a volume of a container, neither is the case.
     */
    public static boolean isOpenToOthers(Path folder) throws IOException {
        if (!HAS_RIGHTS) {
            return false;
        }
        PosixFileAttributes now = Files.readAttributes(folder, PosixFileAttributes.class);
        return now.owner().getName().equals(System.getProperty("user.name"))
                && now.permissions().stream().anyMatch(OF_OTHERS::contains);
    }

    private static FileAttribute<?>[] rights(Path path, String rights) {
        boolean has = HAS_RIGHTS && path.getFileSystem().equals(FileSystems.getDefault());
        return has ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }
}
