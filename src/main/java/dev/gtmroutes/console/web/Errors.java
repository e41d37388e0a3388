// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.remembered.FormsUnavailableException;
import dev.gtmroutes.thread.OutOfMemory;
import dev.gtmroutes.web.ErrorAnswer;
import dev.gtmroutes.web.Problem;
import io.quarkus.security.ForbiddenException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors that no resource has answered itself. */
@Singleton
public class Errors {

    private static final Logger LOG = Logger.getLogger(Errors.class);
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final String NOT_ALLOWED = "The user viewer can only read. To change something, log in as operator.";
    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request cannot be read.",
            FORBIDDEN, NOT_ALLOWED,
            NOT_FOUND, "There is nothing at this address.",
            405, "This address does not support this HTTP method.",
            406, "There is no response in a format that the request accepts.",
            415, "This Content-Type is not supported here.");

    /** What a client needs besides the text. */
    private static final List<String> KEPT = List.of(HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER);

    /** Before Quarkus' own handler, which knows less; and behind everything that could have an answer. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(Errors::failed);
        router.route().last().handler(http -> ErrorAnswer.send(http, NOT_FOUND, DETAILS.get(NOT_FOUND)));
    }

    private static void failed(RoutingContext http) {
        OutOfMemory.check(http.failure());
        int status = http.failure() instanceof ForbiddenException ? FORBIDDEN : http.statusCode();
        if (http.response().headWritten() || !DETAILS.containsKey(status)) {
            http.next();
            return;
        }
        ErrorAnswer.send(http, status, DETAILS.get(status));
    }

    /** What the framework says, such as "HTTP 404 Not Found", is no sentence; what a resource says is. */
    @ServerExceptionMapper
    Response refused(WebApplicationException refused, RoutingContext http) {
        Response given = refused.getResponse();
        int status = given.getStatus();
        if (given.hasEntity() || status < 400) {
            return given;
        }
        String said = refused.getMessage();
        String detail = said != null && said.endsWith(".") && refused.getCause() == null ? said
                : DETAILS.getOrDefault(status, Problem.title(status) + ".");
        Response answer = ErrorAnswer.of(http, status, detail);
        Response.ResponseBuilder all = Response.fromResponse(answer);
        KEPT.forEach(each -> all.header(each, given.getHeaders().getFirst(each)));
        return all.build();
    }

    @ServerExceptionMapper
    Response unfit(MismatchedInputException unfit, RoutingContext http) {
        return ErrorAnswer.of(http, 400, "The body does not have the required form: " + unfit.getOriginalMessage()
                + ".");
    }

    /** Such as a number of a million digits. */
    @ServerExceptionMapper
    Response tooLong(StreamConstraintsException tooLong, RoutingContext http) {
        boolean isOfBody = http.request().method() != HttpMethod.GET;
        return isOfBody ? ErrorAnswer.of(http, 400, "The body contains a number, name or text that is too long.")
                : broken(tooLong, http);
    }

    @ServerExceptionMapper
    Response refused(RefusedEdit refused, RoutingContext http) {
        return ErrorAnswer.of(http, refused.kind().status(),
                Problem.sentence("Nothing was changed: " + refused.getMessage()));
    }

    @ServerExceptionMapper
    Response unavailable(FormsUnavailableException unavailable, RoutingContext http) {
        LOG.warnf("%s %s failed: %s", http.request().method(), http.normalizedPath(), unavailable.getMessage());
        return ErrorAnswer.of(http, UNAVAILABLE, Problem.sentence(unavailable.getMessage()));
    }

    @ServerExceptionMapper
    Response broken(Exception failure, RoutingContext http) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(failure, "%s %s failed (%s)", http.request().method(), http.normalizedPath(), id);
        return ErrorAnswer.of(http, 500, "The request failed. The log of the program contains the reason, under "
                + id + ".");
    }
}
