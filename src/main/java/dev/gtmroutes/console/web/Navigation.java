// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.access.Passwords;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.console.overview.OpenWork;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** What every page shows at its top. */
@Named
@RequestScoped
public class Navigation {

    /**
     * A page that one can go to.
     *
     * @param icon         of the sprite
     * @param badge        how much there is to do; empty for nothing
     * @param badgeMeaning what it counts, such as {@code open}; empty if it says so itself
     * @param isWarning    whether it is about something that is late
     */
    public record Page(String path, String title, String icon, boolean isCurrent, String badge, String badgeMeaning,
            boolean isWarning) {

        /** With what there is to do, if there is anything. */
        Page with(long count, String meaning, boolean warns) {
            return count == 0 ? this : new Page(path, title, icon, isCurrent, String.valueOf(count), meaning, warns);
        }
    }

    private final SecurityIdentity person;
    private final Passwords passwords;
    private final RoutingContext http;
    private final OpenWork work;

    Navigation(SecurityIdentity person, Passwords passwords, RoutingContext http, OpenWork work) {
        this.person = person;
        this.passwords = passwords;
        this.http = http;
        this.work = work;
    }

    /** Those that this person may see. */
    public List<Page> pages() {
        if (person.isAnonymous()) {
            return List.of();
        }
        OpenWork.Counts open = work.now();
        List<Page> pages = List.of(page("/", "Overview", "layout-dashboard"),
                page("/flows", "Flows", "arrows-right-left"),
                page("/requests", "Requests", "activity"),
                page("/dead-letters", "Dead letters", "mail-x").with(open.openLetters(), "open", false),
                page("/exports", "Exports", "calendar-time").with(open.late().size(), "late", true),
                page("/credentials", "Credentials", "key"));
        return person.hasRole(Role.OPERATOR.toString())
                ? Stream.concat(pages.stream(), Stream.of(page("/audit", "Audit", "history"))).toList() : pages;
    }

    /** Whether there is anything to log out of. */
    public boolean isLoggedIn() {
        return !person.isAnonymous() && !passwords.areNone();
    }

    public String name() {
        return (person.hasRole(Role.OPERATOR.toString()) ? Role.OPERATOR : Role.VIEWER).toString();
    }

    /** Two letters in the place of a picture. */
    public String initials() {
        return name().substring(0, 2);
    }

    /** What this person may do, in words. */
    public String rights() {
        return person.hasRole(Role.OPERATOR.toString()) ? "Can change everything" : "Can only read";
    }

    private Page page(String path, String title, String icon) {
        String now = http.request().path();
        return new Page(path, title, icon, now.equals(path) || !path.equals("/") && now.startsWith(path + "/"), "", "",
                false);
    }
}
