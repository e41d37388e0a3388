// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.io.IOException;
import java.util.function.Supplier;

import dev.gtmroutes.credential.Secrets;

/**
 * A secret in a file, which is read again when the file is another one or has changed: secrets are rotated. In the moment in
 * which a file is replaced, and while it contains nothing that can be sent, the secret before remains in use. Safe for use
 * by many threads.
 */
public final class RotatedSecret implements Supplier<String> {

    private final TokenFile file;
    private final Secrets secrets;
    private TokenFile.State seen;
    private String current;

    /** @param secrets learns each secret, before it is sent */
    public RotatedSecret(TokenFile file, Secrets secrets) {
        this.file = file;
        this.secrets = secrets;
    }

    /** @throws NoTokenException if there was none so far */
    @Override
    public synchronized String get() {
        try {
            TokenFile.State now = file.state();
            if (!now.equals(seen)) {
                String secret = file.readSendable();
                secrets.addFrom(file.setting(), secret);
                current = secret;
                seen = now;
            }
        } catch (IOException | IllegalArgumentException e) {
            if (current == null) {
                throw new NoTokenException(e.getMessage(), e);
            }
        }
        return current;
    }

    /** Has the file read again at the next use, also if it looks like before. */
    synchronized void forget() {
        seen = null;
    }
}
