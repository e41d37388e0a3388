package dev.gtmroutes.console;

import java.net.URI;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses what a page of another site makes a browser send. Only this machine reaches the program, but so does every
 * page that a person on this machine opens.
 */
@Provider
public class ForeignPages implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        String page = request.getHeaderString("Origin");
        if (page != null && !request.getMethod().equals(HttpMethod.GET) && !isOwn(page, request)) {
            request.abortWith(Problem.of(403, "Forbidden", "This request comes from a page of another site."));
        }
    }

    private static boolean isOwn(String page, ContainerRequestContext request) {
        try {
            String site = URI.create(page).getRawAuthority();
            return site != null && site.equalsIgnoreCase(request.getHeaderString(HttpHeaders.HOST));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
