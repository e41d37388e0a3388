// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.time.Instant;

import dev.gtmroutes.access.ClientAddress.Client;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.audit.AuditLine;
import dev.gtmroutes.audit.AuditLog;
import dev.gtmroutes.form.versions.EditAuthor;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Writes into the audit log what the sender of a request did. */
@Singleton
public class Audit implements EditAuthor {

    /** The attribute of an identity that names its account. The name of a browser's identity is its session: a secret. */
    static final String ACCOUNT = "gtm-account";

    private final AuditLog log;
    private final SecurityIdentity person;
    private final RoutingContext http;
    private final ClientAddress clients;

    Audit(AuditLog log, SecurityIdentity person, RoutingContext http, ClientAddress clients) {
        this.log = log;
        this.person = person;
        this.http = http;
        this.clients = clients;
    }

    /**
     * Who did something.
     *
     * @param account such as {@code operator}
     * @param address from where
     */
    public record Who(String account, String address) {
    }

    @Override
    public String account() {
        String account = person.getAttribute(ACCOUNT);
        return account == null ? "unknown" : account;
    }

    /** The sender of the current request, for actions that outlast it. */
    public Who who() {
        return new Who(account(), clients.of(http.request()).address());
    }

    /**
     * Writes what the sender of the current request has done, before the program answers.
     *
     * @param subject a flow, a dead letter, a credential or a template
     */
    public void write(AuditAction action, String subject) {
        write(who(), action, subject, 1);
    }

    /** The same for several records, and outside of a request. @param count how many records */
    public void write(Who who, AuditAction action, String subject, long count) {
        log.write(new AuditLine(Instant.now(), who.account, who.address, action.toString(), subject, count));
    }

    /** Writes that a log-in failed, some time later. */
    void failed(String account, Client client) {
        log.failed(account, client.address());
    }

    /** Writes that a password was right. */
    void loggedIn(String account, Client client) {
        write(new Who(account, client.address()), AuditAction.LOGGED_IN, "", 1);
    }
}
