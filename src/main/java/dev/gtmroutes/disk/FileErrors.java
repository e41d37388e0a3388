// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says what is wrong with a file. The message of the JDK's exception is often no more than the file's name. */
public final class FileErrors {

    private FileErrors() {
    }

    /** One line for the person who owns the files, without a full stop. */
    public static String text(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + file + ". Grant it to the user that runs this program";
        }
        if (failure instanceof NoSuchFileException) {
            return "file not found: " + file;
        }
        if (failure instanceof FileAlreadyExistsException) {
            return file + " exists already";
        }
        if (failure instanceof NotDirectoryException) {
            return file + " is not a directory";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "the directory " + file + " is not empty";
        }
        return failure.getReason() == null ? "the file " + file + " cannot be used" : file + ": " + failure.getReason();
    }

    /** The same for any failure of reading or writing. */
    public static String text(Exception failure) {
        return failure instanceof FileSystemException file ? text(file)
                : failure.getMessage() == null ? "reading or writing failed" : failure.getMessage();
    }
}
