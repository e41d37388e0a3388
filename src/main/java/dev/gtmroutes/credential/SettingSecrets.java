// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.credential.token.TokenFile;
import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Learns the values of settings that routes use, <code>{{crm.token}}</code> or <code>{{env:CRM_TOKEN}}</code>, as Camel
 * looks them up: a value that may be a secret becomes one of {@link Secrets#of all secrets in use}.
 */
public final class SettingSecrets {

    /** Shorter values of settings whose names tell nothing are words. */
    private static final int SHORTEST = 8;
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(api[._-]?key|access[._-]?key|token|secret|passw|passphrase|credential|pwd|signature|hook|jaas|private"
                    + "|authorization).*");
    /** A word of its own. It may also be that of a map or of a record: such settings name attributes. */
    private static final Pattern KEY_NAME = Pattern.compile("(?i)(.*[._-])?key([._-].*)?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");
    /** Names of attributes, such as external_id or userId, and other words. */
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{1,7}|[a-z]+([ .,_-][a-z]+)*");
    /** A server repeats a token without the word in front of it. */
    private static final Pattern BEHIND_SCHEME = Pattern.compile("(?i)(?:bearer|basic|token|accesstoken:)\\s+(\\S.*)");
    /** A URL of such a setting lets in whoever knows it. */
    private static final Pattern SECRET_URL_NAME = Pattern.compile("(?i).*(hook|secret|private).*");
    /** What belongs to a secret, and is none. */
    private static final Pattern PUBLIC_NAME = Pattern.compile(
            "(?i)(.*[._-])?(header|prefix|type|accept-[a-z]+|content-[a-z]+|user-agent|token[-_]url|files?|location"
                    + "|rate-limit|outcomes|hosts?|port|enabled)");
    /** Settings of the program, of Camel and of Quarkus have names that tell what they are. */
    private static final Pattern OWN_NAME = Pattern.compile("(gtm|people-ai|customerly|salesloft|camel|quarkus)\\..*");
    private static final Pattern OWN_SECRET = Pattern.compile(
            ".*[.-](password|passphrase|secret|jaas-config|token|api-key|access-key|secret-key|tokens\\..+"
                    + "|credentials\\.key)\"?");
    private static final Pattern OWN_FILE = Pattern
            .compile("gtm\\.(console\\.\\w+[.-]password[.-]file|intake\\.token[.-]files\\..+"
                    + "|only[.-]changed[.-]jdbc[.-]password[.-]file)");
    /** Numbers, times and rates, such as 24h or 600/1m; a path; a host, perhaps with a port; words, as in us-east-1. */
    private static final Pattern PUBLIC_VALUE = Pattern.compile(
            "[-+]?[\\d.,:/ ]+[a-zA-Z%]{0,2}|(\\.{0,2}|[A-Za-z]:)[/\\\\].*|[\\w.-]+:\\d+|[a-z]+([ .,_-]([a-z]+|\\d{1,4}))*");
    /** In a line of Kafka's sasl.jaas.config. */
    private static final Pattern QUOTED_PASSWORD = Pattern.compile("(?i)(?:password|secret)=[\"']?([^\"';]+)");
    /** In a URL of JDBC. */
    private static final Pattern JDBC_PASSWORD = Pattern.compile("(?i)[?&;]\\w*password=([^&;]+)|//[^/:@]*:([^/@]+)@");
    private static final Pattern QUERY_VALUE = Pattern.compile("[?&][^=&]*=([^&#]*)");

    private final Secrets secrets;

    private SettingSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    /** From now on, the values that this Camel looks up are learned; a second call has no effect. */
    public static SettingSecrets watch(CamelContext camel) {
        return ContextPlugin.of(camel, SettingSecrets.class, () -> {
            SettingSecrets watching = new SettingSecrets(Secrets.of(camel));
            camel.getPropertiesComponent()
                    .addPropertiesLookupListener((name, value, otherwise, source) -> watching.lookedUp(name, value));
            watching.watchFunction(camel, "env");
            watching.watchFunction(camel, "sys");
            return watching;
        });
    }

    private void watchFunction(CamelContext camel, String name) {
        PropertiesFunction function = camel.getPropertiesComponent().getPropertiesFunction(name);
        if (function != null) {
            camel.getPropertiesComponent().addPropertiesFunction(new Watched(function));
        }
    }

    private final class Watched implements PropertiesFunction {

        private final PropertiesFunction function;

        Watched(PropertiesFunction function) {
            this.function = function;
        }

        @Override
        public String getName() {
            return function.getName();
        }

        @Override
        public String apply(String remainder) {
            String value = function.apply(remainder);
            learn(remainder, value);
            return value;
        }
    }

    /** Names of settings have a dot or a dash, or are those of variables; those of a Kamelet's parameters are neither. */
    private void lookedUp(String name, String value) {
        if (name.indexOf('.') > 0 || name.indexOf('-') > 0 || VARIABLE.matcher(name).matches()) {
            learn(name, value);
        }
    }

    /**
     * The value of a request header.
     *
     * @param user what sends it: masked at least as long as this object is in use
     */
    public void learnHeader(String name, String value, Object user) {
        String stripped = value.strip();
        if (!isUrl(stripped) && mayBeSecret(name, stripped)) {
            secrets.addSeen(stripped, user);
            behindScheme(name, stripped).ifPresent(each -> secrets.addSeen(each, user));
        }
    }

    /**
     * The value of a setting.
     *
     * @param value null for none
     */
    public void learn(String setting, String value) {
        if (value == null || value.isBlank()) {
            return;
        }
        String name = setting.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        String stripped = value.strip();
        if (isUrl(stripped)) {
            learnUrl(name, stripped);
            return;
        }
        if (stripped.startsWith("jdbc:")) {
            JDBC_PASSWORD.matcher(stripped).results()
                    .forEach(each -> secrets.add(each.group(1) != null ? each.group(1) : each.group(2)));
        }
        if (isOwn(name) ? OWN_SECRET.matcher(name).matches() : mayBeSecret(name, stripped)) {
            secrets.add(stripped);
            behindScheme(name, stripped).ifPresent(secrets::add);
            QUOTED_PASSWORD.matcher(stripped).results().forEach(each -> secrets.add(each.group(1)));
        }
    }

    /**
     * The secret in the file that a setting of the program names. What cannot be read is told where it is used.
     *
     * @param path null for none
     */
    public void learnFile(String setting, String path) {
        if (path != null && !path.isBlank() && OWN_FILE.matcher(setting).matches()) {
            try {
                secrets.addFrom(setting, new TokenFile(Path.of(path.strip()), setting).read());
            } catch (IllegalArgumentException e) {
                // Nothing to be masked so far.
            }
        }
    }

    /** The path of most URLs is no secret; what stands in a query may be one. */
    private void learnUrl(String name, String url) {
        if (SECRET_URL_NAME.matcher(name).matches()) {
            secrets.addUrl(URI.create(url));
        }
        Matcher query = QUERY_VALUE.matcher(url);
        while (query.find()) {
            if (query.group(1).length() >= SHORTEST) {
                secrets.add(query.group(1));
            }
        }
    }

    /** Whether a setting is one of the program, of Camel or of Quarkus, by its name. */
    public static boolean isOwn(String name) {
        return OWN_NAME.matcher(name).matches();
    }

    private static boolean mayBeSecret(String name, String value) {
        return !PUBLIC_NAME.matcher(name).matches() && (SECRET_NAME.matcher(name).matches()
                || KEY_NAME.matcher(name).matches() && !WORDS.matcher(value).matches()
                || value.length() >= SHORTEST && !PUBLIC_VALUE.matcher(value).matches());
    }

    /** Words behind it, as in Basic authentication, are secret where the name says so. */
    private static Optional<String> behindScheme(String name, String value) {
        Matcher behind = BEHIND_SCHEME.matcher(value);
        return behind.matches() && (SECRET_NAME.matcher(name).matches() || !WORDS.matcher(behind.group(1)).matches())
                ? Optional.of(behind.group(1))
                : Optional.empty();
    }

    private static boolean isUrl(String value) {
        try {
            return value.matches("(?i)https?://.*") && URI.create(value).getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
