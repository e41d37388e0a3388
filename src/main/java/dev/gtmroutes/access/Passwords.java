// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.disk.Sha256;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The passwords of the roles, from the settings {@code gtm.console.operator-password} and {@code …viewer-password}, or from
 * the files that {@code …-password-file} names.
 */
@Singleton
public class Passwords {

    /** What a password has at least where others reach the program, in characters. */
    static final int LEAST = 12;

    private static final Duration REPEAT = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(Passwords.class);

    private final Map<Role, SecretSetting> secrets = new EnumMap<>(Role.class);
    /** Of the last passwords that could be read: a file is empty for a moment while it is written. */
    private final Map<Role, byte[]> last = new ConcurrentHashMap<>();
    /** What was told of the password of a role, and when. */
    private final Map<Role, Told> told = new ConcurrentHashMap<>();
    private final boolean isOpen;
    private final boolean isThisMachineOnly;

    private record Told(String text, Instant at) {
    }

    Passwords(SingleSignOn singleSignOn, Config settings, Reach reach, CamelContext camel) {
        for (Role each : Role.values()) {
            String name = "gtm.console." + each + "-password";
            SecretSetting secret = new SecretSetting(settings, name, name + "-file", Secrets.of(camel));
            if (secret.isSet()) {
                secrets.put(each, secret);
            }
        }
        isOpen = secrets.isEmpty() && !singleSignOn.isOn();
        isThisMachineOnly = reach.isThisMachineOnly();
    }

    /**
     * The settings whose passwords are too short for a program that others reach.
     *
     * @throws IllegalArgumentException if a file contains no password; the message is one sentence
     */
    List<String> tooShort() {
        return secrets.values().stream().filter(each -> each.value().orElse("").length() < LEAST).map(SecretSetting::used)
                .toList();
    }

    /** Whether there are none, and no single sign-on either, so that users need not log in. */
    public boolean areNone() {
        return isOpen;
    }

    /** Whether a person can log in with the form. */
    public boolean areSome() {
        return !secrets.isEmpty();
    }

    /** Whether this is the password of the role; takes the same time whichever bytes are wrong. */
    boolean match(Role role, char[] password) {
        return isCurrent(role, digest(new String(password)));
    }

    /** Whether the password of the role has this {@link #digest} at the moment. */
    boolean isCurrent(Role role, byte[] given) {
        byte[] digest = current(role);
        return digest != null && MessageDigest.isEqual(digest, given);
    }

    /** @return null if nobody can log in with this role */
    private byte[] current(Role role) {
        SecretSetting secret = secrets.get(role);
        if (secret == null) {
            return null;
        }
        try {
            String password = secret.value().orElse("");
            if (password.length() < LEAST && !isThisMachineOnly) {
                // The password before was replaced, perhaps because others know it.
                last.remove(role);
                tell(role, "No person can log in as " + role + ": the password in " + secret.used()
                        + " has fewer than " + LEAST
                        + " characters, and other machines can reach the program. Set a longer password");
                return null;
            }
            last.put(role, digest(password));
            told.remove(role);
        } catch (IllegalArgumentException e) {
            tell(role, (last.containsKey(role) ? "The last password of the user " + role + " stays valid: "
                    : "No person can log in as " + role + ": ") + e.getMessage());
        }
        return last.get(role);
    }

    /** Not at each request: a client must not be able to fill the log. */
    private void tell(Role role, String text) {
        Instant now = Instant.now();
        Told before = told.get(role);
        if (before == null || !before.text.equals(text) || before.at.plus(REPEAT).isBefore(now)) {
            told.put(role, new Told(text, now));
            LOG.error(text);
        }
    }

    /** Of the same length for every secret, so that comparing two says nothing about theirs. */
    static byte[] digest(String secret) {
        return Sha256.begin().digest(secret.getBytes(StandardCharsets.UTF_8));
    }
}
