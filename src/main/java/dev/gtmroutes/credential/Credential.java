// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import dev.gtmroutes.credential.token.AccessToken;
import dev.gtmroutes.credential.token.ClientCredentials;
import dev.gtmroutes.credential.token.FetchedTokens;
import dev.gtmroutes.credential.token.FileTokens;
import dev.gtmroutes.credential.token.NoTokenException;
import dev.gtmroutes.credential.token.RotatedSecret;
import dev.gtmroutes.credential.token.RotatingRefreshToken;
import dev.gtmroutes.credential.token.SecretFile;
import dev.gtmroutes.credential.token.TokenEndpoint;
import dev.gtmroutes.credential.token.TokenFile;
import dev.gtmroutes.credential.token.TokenSeal;
import dev.gtmroutes.credential.token.TokenSource;
import dev.gtmroutes.parameter.Opening;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/**
 * What lets a request in: the value of one header, made of a prefix and a token. As an expression, it is that value.
 *
 * <p>There are three ways to a token, depending on what is set: it is given ({@code apiKey}, {@code accessToken}), or
 * it is fetched from {@code tokenUrl} for {@code clientId} and {@code clientSecret}, or with these and
 * {@code refreshToken}. A vendor API offers those ways whose properties it sets, be it to nothing; what is left blank is
 * then taken from the settings, see {@link CredentialSettings}. Where it offers an API key and tokens, and both are set,
 * the prefix decides: without one the API key is sent.
 */
public class Credential extends ExpressionAdapter implements CamelContextAware {

    /** The name of a credential that is none: its requests can be previewed, and not sent. */
    public static final String NONE = "no-credential";

    private final Map<String, String> given = new LinkedHashMap<>();
    private Secrets secrets = new Secrets();
    private final Opening opening = new Opening(this::get);
    private CamelContext camel;
    private String vendor = "";
    private String routeId = "";
    private String header = "Authorization";
    private String prefix = "";
    private String tokenUrl = "";
    private String data = "data";
    private TokenSource previews;
    private CurrentTokens tokens;

    /** To be called once the properties are set, as the route is being made: see {@link Opening}. */
    public void routeMade() {
        opening.routeMade(camel);
    }

    /**
     * Makes the credential ready, once its properties are set. No setter refuses its value: Camel would quote it.
     *
     * @throws IllegalArgumentException if it is not configured, or wrongly; the message is one sentence without secrets
     */
    public void open() {
        opening.used();
    }

    private void get() {
        if (!header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
                || header.toLowerCase(Locale.ROOT).startsWith("camel")) {
            throw new IllegalArgumentException("'" + header + "' is not a valid name of the credential's header");
        }
        if (!prefix.matches("[ -~]*")) {
            throw new IllegalArgumentException("the prefix of the credential contains a character that cannot be sent");
        }
        String name = name();
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "'" + name.replace("%20", " ") + "' is not a valid name of a credential. Use letters, digits, - "
                            + "and _");
        }
        if (isNone()) {
            previews = TokenSource.ofPreviews();
        } else {
            tokens = new CurrentTokens(StoredCredentials.of(camel),
                    () -> new CredentialSettings(camel, vendor, name, given), this::source);
        }
    }

    private String name() {
        return routeId.startsWith(vendor + "-") ? routeId.substring(vendor.length() + 1) : routeId;
    }

    /** Whether it is the one of previews, {@link #NONE}. */
    boolean isNone() {
        return name().equals(NONE);
    }

    private TokenSource source(CredentialSettings settings) {
        boolean fetched = settings.has("refresh-token") || settings.has("client-id") || settings.has("client-secret");
        // A vendor that takes either: what stands behind nothing is the API key, and behind Bearer a token, if there is one.
        if (given.containsKey("api-key") && (prefix.isBlank()
                || settings.has("api-key") && !fetched && !settings.has("access-token"))) {
            return fixed(settings, "api-key");
        }
        if (settings.has("access-token")) {
            if (fetched) {
                throw new IllegalArgumentException(settings.name("access-token") + " and " + settings.name("client-id")
                        + ", " + settings.name("client-secret") + " or " + settings.name("refresh-token")
                        + " are set. Remove one of the two");
            }
            return fixed(settings, "access-token");
        }
        if (!fetched) {
            throw settings.missing();
        }
        String clientId = settings.value("client-id");
        Supplier<String> id = settings.file("client-id") == null ? () -> clientId : settings.current("client-id", secrets);
        Supplier<String> clientSecret = settings.current("client-secret", secrets);
        TokenEndpoint endpoint = new TokenEndpoint(tokenUrl, secrets);
        Clock clock = Clock.systemUTC();
        if (!settings.has("refresh-token")) {
            return new FetchedTokens(new ClientCredentials(endpoint, id, clientSecret, "check "
                    + settings.client(), clock), clock);
        }
        Supplier<String> seed = settings.current("refresh-token", secrets);
        CredentialName its = new CredentialName(vendor, name());
        Path file = settings.isStored() ? StoredCredentials.tokens(Path.of(data), its)
                : Path.of(data, "state", its + ".json");
        return new FetchedTokens(new RotatingRefreshToken(endpoint, () -> new RotatingRefreshToken.Client(id.get(),
                clientSecret.get(), seed.get(), tokenUrl, settings.source("refresh-token")), new SecretFile(file),
                settings.isStored() ? StoredCredentials.of(camel).seal() : TokenSeal.NONE, secrets, clock), clock);
    }

    private TokenSource fixed(CredentialSettings settings, String name) {
        TokenFile file = settings.file(name);
        String value = settings.value(name);
        if (file == null) {
            settings.learn(name, secrets);
            return TokenSource.of(value);
        }
        secrets.addFrom(file.setting(), value);
        return new FileTokens(new RotatedSecret(file, secrets));
    }

    /**
     * @return the value of the header for a request that is about to be sent
     * @throws NoTokenException if there is no token for now
     */
    @Override
    public Object evaluate(Exchange exchange) {
        OpenCall call = OpenCall.open(exchange);
        try {
            AccessToken token = tokens(call).token();
            call.sends(token);
            return withPrefix(token.value());
        } catch (NoTokenException e) {
            throw told(call, e);
        }
    }

    /**
     * Ready by now, but in a Camel that started its routes late: what is missing there is told like a token that is missing.
     */
    private TokenSource tokens(OpenCall call) throws NoTokenException {
        if (call.trial() != null) {
            return trial(call);
        }
        try {
            opening.used();
        } catch (IllegalArgumentException e) {
            throw new NoTokenException(e.getMessage(), "", true);
        }
        return isNone() ? previews : tokens.now();
    }

    /** Of a credential that is not in use, for this one request. */
    private TokenSource trial(OpenCall call) {
        if (call.trialTokens() == null) {
            CredentialTrial trial = call.trial();
            if (trial.values().containsKey("refresh-token")) {
                throw new NoTokenException("a test would use up the refresh token", "", true);
            }
            trial.values().values().forEach(each -> Secrets.of(camel).addSeen(each, trial));
            try {
                call.trialTokens(source(new CredentialSettings(vendor, name(), given.keySet(), trial.values())));
            } catch (IllegalArgumentException e) {
                throw new NoTokenException(e.getMessage(), "", true);
            }
        }
        return call.trialTokens();
    }

    private NoTokenException told(OpenCall call, NoTokenException failure) {
        if (failure.lasting()) {
            call.refused("there is no token" + (call.trial() == null ? " for the credential " + routeId : "") + ": "
                    + failure.getMessage());
        }
        return failure;
    }

    /** The value of the header, as it can be shown. */
    String hidden() {
        return withPrefix("***");
    }

    /** Name of the header. */
    String header() {
        return header;
    }

    private String withPrefix(String token) {
        return prefix.isBlank() ? token : prefix + " " + token;
    }

    /**
     * To be asked after an answer 401: whether there is now another token than the one that the call has sent.
     *
     * @throws NoTokenException if a new one could not be had for now
     */
    boolean renew(OpenCall call) {
        try {
            return tokens(call).insteadOf(call.sent()) != null;
        } catch (NoTokenException e) {
            throw told(call, e);
        }
    }

    /** The id of the route that it belongs to: its name for a person. */
    String id() {
        return routeId;
    }

    /** The text without any secret of this credential. Those of others stay, as the answer decides about records. */
    String mask(String text) {
        return secrets.mask(text);
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        // Camel says so more than once.
        if (this.camel != camel) {
            this.camel = camel;
            secrets = new Secrets(Secrets.of(camel));
            SettingSecrets.watch(camel);
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    /** The name in front of its settings, such as people-ai. */
    public void setVendor(String vendor) {
        this.vendor = vendor;
    }

    /** Id of the route that it belongs to: the vendor, a dash and the name of the credential. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    /** Name of the header that carries it. */
    public void setHeader(String header) {
        this.header = header.strip();
    }

    /** What comes before the token, with a space in between; blank or "none" for nothing. */
    public void setPrefix(String prefix) {
        // Quarkus takes a blank setting for one that is not there, so nothing needs a word.
        this.prefix = prefix.strip().equals("none") ? "" : prefix.strip();
    }

    public void setApiKey(String apiKey) {
        given.put("api-key", apiKey);
    }

    public void setAccessToken(String accessToken) {
        given.put("access-token", accessToken);
    }

    public void setClientId(String clientId) {
        given.put("client-id", clientId);
    }

    public void setClientSecret(String clientSecret) {
        given.put("client-secret", clientSecret);
    }

    public void setRefreshToken(String refreshToken) {
        given.put("refresh-token", refreshToken);
    }

    /** Where tokens are fetched: https, or this machine. */
    public void setTokenUrl(String tokenUrl) {
        this.tokenUrl = tokenUrl.strip();
    }

    /** The data directory; a rotating refresh token is kept below it, in state/. */
    public void setData(String data) {
        this.data = data;
    }
}
