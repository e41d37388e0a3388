// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import dev.gtmroutes.sandbox.faults.Misbehaviours;
import dev.gtmroutes.sandbox.server.Replies;
import dev.gtmroutes.sandbox.server.RequestBody;
import dev.gtmroutes.sandbox.server.SandboxResponse;
import dev.gtmroutes.sandbox.server.UrlEncoded;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Takes the requests for a vendor's OAuth2 tokens: the grants client_credentials and refresh_token of RFC 6749. They
 * are counted, but not kept: all they hold is secret.
 */
public final class TokenRequests {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Catalog catalog;
    private final AcceptedCredentials credentials;
    private final Misbehaviours misbehaviours;
    private final Replies replies;

    public TokenRequests(Catalog catalog, AcceptedCredentials credentials, Misbehaviours misbehaviours, Replies replies) {
        this.catalog = catalog;
        this.credentials = credentials;
        this.misbehaviours = misbehaviours;
        this.replies = replies;
    }

    /** Whether a path is a token endpoint's. */
    public boolean takes(String path) {
        return catalog.issuer(path) != null;
    }

    public void handle(HttpServerRequest request, String path) {
        Vendor vendor = catalog.issuer(path);
        RequestBody.read(request, MAX_BODY_BYTES, body -> {
            credentials.tokens(vendor).countRequest();
            replies.send(request, answer(request, vendor, body), misbehaviours.latencyMs(), 0);
        });
    }

    private SandboxResponse answer(HttpServerRequest request, Vendor vendor, RequestBody body) {
        if (!request.method().name().equals("POST")) {
            return refused(405, "invalid_request", "request a token with POST").with("Allow", "POST");
        }
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).replaceAll(";.*", "").trim().equals(FORM)) {
            return refused(415, "invalid_request", "the Content-Type must be " + FORM);
        }
        if (body.tooLong()) {
            return refused(413, "invalid_request", "the body is longer than " + MAX_BODY_BYTES + " bytes");
        }
        try {
            Map<String, List<String>> form = UrlEncoded.form(body.bytes());
            for (Map.Entry<String, List<String>> parameter : form.entrySet()) {
                if (parameter.getValue().size() > 1) {
                    return refused(400, "invalid_request", parameter.getKey() + " is there more than once");
                }
            }
            return grant(vendor, form);
        } catch (IllegalArgumentException e) {
            return refused(400, "invalid_request", "the body is not percent-encoded");
        }
    }

    private SandboxResponse grant(Vendor vendor, Map<String, List<String>> form) {
        Tokens tokens = credentials.tokens(vendor);
        String grant = value(form, "grant_type");
        if (grant.isEmpty()) {
            return refused(400, "invalid_request", "grant_type is missing");
        }
        if (!vendor.oauth().isClient(value(form, "client_id"), value(form, "client_secret"))) {
            return refused(401, "invalid_client", "client_id or client_secret is missing or wrong");
        }
        if (grant.equals("client_credentials")) {
            return issued(tokens.issue());
        }
        if (grant.equals("refresh_token") && tokens.refreshes()) {
            return refreshed(tokens, value(form, "refresh_token"));
        }
        return refused(400, "unsupported_grant_type", tokens.refreshes()
                ? "grant_type must be client_credentials or refresh_token" : "grant_type must be client_credentials");
    }

    private static SandboxResponse refreshed(Tokens tokens, String refreshToken) {
        if (refreshToken.isEmpty()) {
            return refused(400, "invalid_request", "refresh_token is missing");
        }
        Tokens.Issued issued = tokens.exchange(refreshToken);
        return issued == null ? refused(400, "invalid_grant", null) : issued(issued);
    }

    private static String value(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of("")).get(0);
    }

    private static SandboxResponse issued(Tokens.Issued issued) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("access_token", issued.accessToken());
        body.put("token_type", "Bearer");
        body.put("expires_in", issued.expiresIn());
        if (issued.refreshToken() != null) {
            body.put("refresh_token", issued.refreshToken());
        }
        return SandboxResponse.json(200, body.toString()).with("Cache-Control", "no-store");
    }

    private static SandboxResponse refused(int status, String error, String why) {
        ObjectNode body = MAPPER.createObjectNode().put("error", error);
        if (why != null) {
            body.put("error_description", why);
        }
        return SandboxResponse.json(status, body.toString());
    }
}
