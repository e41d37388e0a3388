// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.net.URI;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Requests that the script of a page sends in the background. Where a form leads to another page, the browser is told to go
 * there; it would otherwise read that page twice.
 */
@Singleton
public class InPlace {

    /** The header that such requests have. */
    public static final String REQUEST = "HX-Request";
    /** The id of the element that the answer is for. */
    public static final String TARGET = "HX-Target";

    private static final String REDIRECT = "HX-Redirect";

    @ServerResponseFilter
    void redirect(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() != Response.Status.SEE_OTHER.getStatusCode()
                || !"main".equals(request.getHeaderString(TARGET))) {
            return;
        }
        URI to = response.getLocation();
        response.getHeaders().remove(HttpHeaders.LOCATION);
        response.getHeaders().putSingle(REDIRECT,
                to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery()));
        response.setStatus(Response.Status.NO_CONTENT.getStatusCode());
    }
}
