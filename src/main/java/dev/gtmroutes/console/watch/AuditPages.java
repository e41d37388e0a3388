// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.io.IOException;
import java.util.List;

import dev.gtmroutes.audit.AuditLine;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The audit log, for operators. */
@Singleton
@Blocking
@Path("/audit")
@Produces(MediaType.TEXT_HTML)
public class AuditPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance audit(List<AuditLine> lines, boolean hasMore);
    }

    private final AuditResource audit;

    AuditPages(AuditResource audit) {
        this.audit = audit;
    }

    /** @param before the time of the last line of the page before */
    @GET
    public TemplateInstance lines(@QueryParam("before") String before) throws IOException {
        List<AuditLine> lines = audit.lines(before);
        return Templates.audit(lines, lines.size() == AuditResource.MOST);
    }
}
