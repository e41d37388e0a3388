// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An error in the form that whoever asked can read: a page in a browser, {@link Problem} for a program. */
public final class ErrorAnswer {

    private static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance error(String title, String detail);
    }

    private ErrorAnswer() {
    }

    /** Answers a request that has not come to a resource. */
    public static void send(RoutingContext http, int status, String detail) {
        boolean page = isForPerson(http);
        http.response().setStatusCode(status).putHeader("Content-Type", page ? HTML : Problem.MEDIA_TYPE)
                .end(body(page, status, detail));
    }

    /** The answer of a resource. */
    public static Response of(RoutingContext http, int status, String detail) {
        boolean page = isForPerson(http);
        return Response.status(status).type(page ? HTML : Problem.MEDIA_TYPE).entity(body(page, status, detail))
                .build();
    }

    private static String body(boolean page, int status, String detail) {
        String title = Problem.title(status);
        return page ? Templates.error(title, detail).render() : Problem.json(status, title, detail);
    }

    private static boolean isForPerson(RoutingContext http) {
        HttpServerRequest request = http.request();
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains(MediaType.TEXT_HTML)
                && !http.normalizedPath().matches("/(api|q|intake)/.*");
    }
}
