// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Who is logged in, in browsers. A cookie alone could not be taken back: one that was copied would work on after its
 * owner has logged out. So a cookie only names a session here. A restart ends them all, and a new password those that began
 * with the password before.
 */
@Singleton
public class Sessions {

    /** However busy it is; a cookie that is not used ends sooner, by {@code quarkus.http.auth.form.timeout}. */
    static final Duration LIFE = Duration.ofHours(12);
    /** Log-ins know the password, so this is only against a script that forgets to keep its cookie. */
    private static final int MOST = 10_000;

    private record Session(Role role, byte[] password, Instant end) {
    }

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final BiPredicate<Role, byte[]> isCurrent;
    private final InstantSource clock;

    @Inject
    Sessions(Passwords passwords) {
        this(passwords::isCurrent, Clock.systemUTC());
    }

    /** @param isCurrent whether this is the digest of the password that a role has at the moment */
    Sessions(BiPredicate<Role, byte[]> isCurrent, InstantSource clock) {
        this.isCurrent = isCurrent;
        this.clock = clock;
    }

    /**
     * @param  password the digest of the password that was given
     * @return          the name of a new session, which nobody can guess
     */
    String begin(Role role, byte[] password) {
        Instant now = clock.instant();
        sessions.values().removeIf(each -> each.end.isBefore(now));
        if (sessions.size() >= MOST) {
            sessions.clear();
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String name = HexFormat.of().formatHex(bytes);
        sessions.put(name, new Session(role, password, now.plus(LIFE)));
        return name;
    }

    /** Whose session it is; empty if it has ended, or never was. */
    Optional<Role> role(String name) {
        return Optional.ofNullable(sessions.get(name)).filter(each -> clock.instant().isBefore(each.end))
                .filter(each -> isCurrent.test(each.role, each.password)).map(Session::role);
    }

    /** Logs out. */
    public void end(String name) {
        sessions.remove(name);
    }
}
