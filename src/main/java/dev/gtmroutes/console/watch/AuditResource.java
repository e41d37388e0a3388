// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditLine;
import dev.gtmroutes.audit.AuditLog;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/audit}: who changed what, and who logged in or failed to. */
@Singleton
@Blocking
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
public class AuditResource {

    /** Lines of one answer. */
    static final int MOST = 200;

    private final AuditLog log;
    private final SecurityIdentity person;

    AuditResource(AuditLog log, SecurityIdentity person) {
        this.log = log;
        this.person = person;
    }

    /** @return 200 lines at most, the newest first; otherwise a problem: 403 for a viewer, 400 for what is no time */
    @GET
    @Operation(summary = "Lists the last lines of the audit log, at most 200, newest first; for older lines, send the time "
            + "of the last line as before. Operators only")
    public List<AuditLine> lines(@QueryParam("before") String before) throws IOException {
        // Not by the path, as Quarkus does: the rule holds however the path is written.
        if (!person.hasRole(Role.OPERATOR.toString())) {
            throw new ForbiddenException("Only operators can read the audit log.");
        }
        try {
            return log.newest(before == null || before.isEmpty() ? null : Instant.parse(before), MOST);
        } catch (DateTimeException e) {
            throw new BadRequestException("The parameter before is not a time such as 2026-01-31T08:00:00Z.");
        }
    }
}
