// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A small OpenID Connect provider that logs in a person of the test's choice: discovery, keys, authorization code flow. */
final class OpenIdProvider implements AutoCloseable {

    static final String CLIENT = "gtm-routes";
    static final String SECRET = "client-secret-of-the-program-4711";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer server;
    private final KeyPair published = rsa();
    private final Map<String, Map<String, Object>> codes = new ConcurrentHashMap<>();
    private final Map<String, String> challenges = new ConcurrentHashMap<>();
    private volatile String person = "";
    private volatile List<String> groups = List.of();
    private volatile KeyPair signing = published;

    OpenIdProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, 200, Map.of("issuer", url(),
                "authorization_endpoint", url() + "/authorize", "token_endpoint", url() + "/token", "jwks_uri",
                url() + "/keys", "response_types_supported", List.of("code"), "subject_types_supported",
                List.of("public"), "id_token_signing_alg_values_supported", List.of("RS256"))));
        server.createContext("/keys", exchange -> json(exchange, 200, Map.of("keys", List.of(key()))));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who logs in next. */
    OpenIdProvider person(String name, String... ofGroups) {
        person = name;
        groups = List.of(ofGroups);
        signing = published;
        return this;
    }

    /** Signs with a key that it does not publish, as a forger would. */
    OpenIdProvider forged() {
        signing = rsa();
        return this;
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> key() {
        RSAPublicKey key = (RSAPublicKey) published.getPublic();
        return Map.of("kty", "RSA", "use", "sig", "alg", "RS256", "kid", "one", "n", number(key.getModulus()), "e",
                number(key.getPublicExponent()));
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = "code-" + codes.size();
        Map<String, Object> claims = new TreeMap<>(Map.of("iss", url(), "sub", "sub-" + person, "aud", CLIENT, "iat",
                Instant.now().getEpochSecond(), "exp", Instant.now().getEpochSecond() + 600, "preferred_username", person,
                "groups", groups));
        if (asked.containsKey("nonce")) {
            claims.put("nonce", asked.get("nonce"));
        }
        if (!"S256".equals(asked.get("code_challenge_method"))) {
            json(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        codes.put(code, claims);
        challenges.put(code, asked.getOrDefault("code_challenge", ""));
        exchange.getResponseHeaders().add("Location", URI.create(asked.get("redirect_uri")) + "?code=" + code + "&state="
                + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = "Basic "
                + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> claims = codes.remove(asked.getOrDefault("code", ""));
        if (!challenge(asked.getOrDefault("code_verifier", "")).equals(challenges.remove(asked.getOrDefault("code", "")))) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        if (claims == null || !basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            json(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        json(exchange, 200, Map.of("access_token", "opaque", "token_type", "Bearer", "expires_in", 600, "id_token",
                signed(claims)));
    }

    /** What belongs to a verifier of PKCE. */
    private static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signed(Map<String, Object> claims) throws IOException {
        String text = BASE64.encodeToString(JSON.writeValueAsBytes(Map.of("alg", "RS256", "kid", "one", "typ", "JWT")))
                + "." + BASE64.encodeToString(JSON.writeValueAsBytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signing.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> values = new TreeMap<>();
        for (String each : text.split("&")) {
            String[] pair = each.split("=", 2);
            values.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private static void json(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
