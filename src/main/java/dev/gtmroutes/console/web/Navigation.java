// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.access.Passwords;
import dev.gtmroutes.access.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** What every page shows at its top. */
@Named
@RequestScoped
public class Navigation {

    /** A page that one can go to. */
    public record Page(String path, String title, boolean isCurrent) {
    }

    private final SecurityIdentity person;
    private final Passwords passwords;
    private final RoutingContext http;

    Navigation(SecurityIdentity person, Passwords passwords, RoutingContext http) {
        this.person = person;
        this.passwords = passwords;
        this.http = http;
    }

    /** Those that this person may see. */
    public List<Page> pages() {
        if (person.isAnonymous()) {
            return List.of();
        }
        List<Page> pages = List.of(page("/flows", "Flows"),
                page("/live", "Live"),
                page("/dead-letters", "Dead letters"),
                page("/exports", "Exports"),
                page("/credentials", "Credentials"));
        return person.hasRole(Role.OPERATOR.toString())
                ? Stream.concat(pages.stream(), Stream.of(page("/audit", "Audit"))).toList() : pages;
    }

    /** Whether there is anything to log out of. */
    public boolean isLoggedIn() {
        return !person.isAnonymous() && !passwords.areNone();
    }

    public String name() {
        return (person.hasRole(Role.OPERATOR.toString()) ? Role.OPERATOR : Role.VIEWER).toString();
    }

    private Page page(String path, String title) {
        String now = http.request().path();
        return new Page(path, title, now.equals(path) || now.startsWith(path + "/"));
    }
}
