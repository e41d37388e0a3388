// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import dev.gtmroutes.disk.FileErrors;

/**
 * A file that contains a secret and nothing else, as Kubernetes and Docker mount secrets.
 *
 * @param setting the setting that names it, for people
 */
public record TokenFile(Path path, String setting) {

    private static final int MOST_BYTES = 64 * 1024;

    /** Which state of a file was read. A secret that Kubernetes replaces is another file behind the same name. */
    record State(Object key, long modified, long size) {
    }

    State state() throws IOException {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return new State(now.fileKey(), now.lastModifiedTime().toMillis(), now.size());
    }

    /** The same for a secret that goes into a header or a form. */
    String readSendable() {
        String secret = read();
        if (!secret.matches("[!-~]+")) {
            throw new IllegalArgumentException("setting " + setting + ": " + path
                    + " contains a space or a character that is not ASCII");
        }
        return secret;
    }

    /**
     * @return the secret, without the white space around it
     * @throws IllegalArgumentException if there is none
     */
    public String read() {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new IllegalArgumentException("setting " + setting + ": " + path + " is too large to contain a secret");
            }
            String secret = Files.readString(path, StandardCharsets.UTF_8).strip();
            if (secret.isEmpty()) {
                throw new IllegalArgumentException("setting " + setting + ": " + path + " is empty");
            }
            return secret;
        } catch (IOException e) {
            throw new IllegalArgumentException("setting " + setting + ": " + path + " cannot be read: " + FileErrors.text(e),
                    e);
        }
    }
}
