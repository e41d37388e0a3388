// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.disk.Sha256;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The passwords of the roles, from the settings {@code gtm.console.operator-password} and {@code …viewer-password}. */
@Singleton
public class Passwords {

    private final Map<Role, byte[]> digests = new EnumMap<>(Role.class);

    Passwords(@ConfigProperty(name = "gtm.console.operator-password") Optional<String> operator,
            @ConfigProperty(name = "gtm.console.viewer-password") Optional<String> viewer) {
        operator.filter(each -> !each.isBlank()).ifPresent(each -> digests.put(Role.OPERATOR, digest(each)));
        viewer.filter(each -> !each.isBlank()).ifPresent(each -> digests.put(Role.VIEWER, digest(each)));
    }

    /** Whether nobody needs to log in. */
    public boolean areNone() {
        return digests.isEmpty();
    }

    /** Whether this is the password of the role; takes the same time whichever bytes are wrong. */
    boolean match(Role role, char[] password) {
        byte[] digest = digests.get(role);
        return digest != null && MessageDigest.isEqual(digest, digest(new String(password)));
    }

    /** Of the same length for every secret, so that comparing two says nothing about theirs. */
    static byte[] digest(String secret) {
        return Sha256.begin().digest(secret.getBytes(StandardCharsets.UTF_8));
    }
}
