// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server may write the credential in any way that its language offers; none of them reaches a dead letter. */
class SecretsTest {

    private static String masked(String secret, String text) {
        Secrets secrets = new Secrets();
        secrets.add(secret);
        return secrets.mask(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key+with/slash=", "a\\b\"c'd<e>&f", "white space ~ * tilde", "schlüssel-ß", "plain0123456789"})
    void noFormOfASecretIsLeft(String secret) throws Exception {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        ObjectMapper ascii = new ObjectMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());
        ObjectMapper slashes = new ObjectMapper(
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES).build());
        for (String each : List.of(secret, form, form.replace("+", "%20"), form.toLowerCase(),
                inQuotes(new ObjectMapper(), secret), inQuotes(ascii, secret), inQuotes(slashes, secret))) {
            String written = each.equals(form.toLowerCase()) ? lowerHex(form) : each;
            assertThat(masked(secret, "before " + written + " after")).isEqualTo("before *** after");
        }
    }

    private static String each(String secret, IntFunction<String> written) {
        return secret.chars().mapToObj(written).collect(Collectors.joining());
    }

    /** Some characters are written in another way: which ones, writers do not agree. */
    private static IntFunction<String> only(String characters, IntFunction<String> written) {
        return character -> characters.indexOf(character) >= 0 ? written.apply(character) : Character.toString(character);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab+Cd/Ef12gh==", "P4ss&w=rd+Tok/en'77", "100%<\"\\>"})
    void whicheverCharactersAreEscaped(String secret) {
        for (String written : List.of(each(secret, "\\u%04x"::formatted), each(secret, "\\u%04X"::formatted),
                each(secret, only("<>&='\"\\", "\\u%04x"::formatted)), each(secret, only("+&<>'\"\\", "\\u%04X"::formatted)),
                each(secret, only("&<>\"\\", "\\u%04x"::formatted)), each(secret, "%%%02X"::formatted),
                each(secret, only("+/=&<>\"\\", "%%25%02x"::formatted)),
                each(secret, only("+=&'%<>\"\\", "%%%02X"::formatted)),
                each(secret, only("+/=&%<>\"\\", "%%%02x"::formatted)), each(secret, "&#%d;"::formatted),
                each(secret, "&#x%x;"::formatted), each(secret, only("+&<>\"'", "&#%d;"::formatted)),
                each(secret, only("=&<>\"'", "&#x%X;"::formatted)), HexFormat.of().formatHex(secret.getBytes()),
                secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;"))) {
            assertThat(masked(secret, "<b>" + written + "</b>")).as(written).isEqualTo("<b>***</b>");
        }
    }

    @Test
    void theBeginningOfASecretAtTheEndIsMasked() {
        assertThat(masked("ab+Cd/Ef12gh==", "key ab+Cd/Ef12gh")).isEqualTo("key ***");
        assertThat(masked("ab+Cd/Ef12gh==", "a key: ab+")).isEqualTo("a key: ab+");
    }

    @Test
    void switchesAreNoSecrets() {
        assertThat(masked("false", "{\"ready\":false}")).isEqualTo("{\"ready\":false}");
    }

    @Test
    void whatHtmlEscapesTwiceIsReadToItsEnd() {
        assertThat(masked("ab'cd'ef", "O&amp;#39;Brien &amp;# &amp;#; ab&amp;#39;cd&amp;#x27;ef &amp;#"))
                .isEqualTo("O&amp;#39;Brien &amp;# &amp;#; *** &amp;#");
    }

    /** Looked at again and again, so many would take hours. */
    @Test
    void aRunOfBackslashesIsLookedAtOnce() {
        String run = "\\".repeat(2_000_000);
        assertThat(masked("ab/cd\"ef-4711", run + "ab\\/cd" + "\\".repeat(31) + "\"ef-4711" + run).length())
                .isEqualTo(4_000_003);
    }

    @Test
    void wordsOfAWebhooksUrlStayReadable() {
        Secrets secrets = new Secrets();
        secrets.addUrl(URI
                .create("https://hooks.example.com/services/workflows/T00AB1234/key?api-version=2016-06-01&sig=a1B2c3D4"));

        assertThat(secrets.mask("services workflows api-version 2016-06-01 T00AB1234 a1B2c3D4"))
                .isEqualTo("services workflows api-version 2016-06-01 *** ***");
    }

    @Test
    void headersOfManyPreviewsForgetNoSecret() {
        Secrets secrets = new Secrets();
        secrets.add("lasting-s3cret");
        IntStream.range(0, 1500).forEach(i -> secrets.addSeen("header-v4lue-" + i, new Object()));

        assertThat(secrets.mask("lasting-s3cret header-v4lue-1499")).isEqualTo("*** ***");
    }

    /** Others, 4,000 of them, do not push out what a flow sends. */
    @Test
    void headersOfAFlowInUseStayMasked() {
        Secrets secrets = new Secrets();
        Object flow = new Object();
        IntStream.range(0, 300).forEach(i -> secrets.addSeen("of-4-flow-" + i, flow));
        IntStream.range(0, 4000).forEach(i -> secrets.addSeen("header-v4lue-" + i, new Object()));

        assertThat(secrets.mask("of-4-flow-0 of-4-flow-150 of-4-flow-299")).isEqualTo("*** *** ***");
        Reference.reachabilityFence(flow);
    }

    @Test
    void aSecretThatWasReplacedInItsFileStaysMaskedForAWeek() {
        Secrets all = new Secrets();
        Secrets own = new Secrets(all);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int day = 0; day < 30; day++) {
            own.addFrom("a.token-file", "t0ken-of-day-" + (10 + day), start.plus(Duration.ofDays(day)));
        }

        for (Secrets each : List.of(all, own)) {
            assertThat(each.mask("t0ken-of-day-39 t0ken-of-day-33")).isEqualTo("*** ***");
            assertThat(each.mask("t0ken-of-day-20")).isEqualTo("t0ken-of-day-20");
        }
        IntStream.range(0, 1500).forEach(i -> all.addFrom("b.token-file", "m4ny-tokens-" + i, start));
        assertThat(all.mask("t0ken-of-day-39 m4ny-tokens-1499 m4ny-tokens-1498")).isEqualTo("*** *** ***");
    }

    @Test
    void otherTextsStayAsTheyAre() {
        String text = "100 % of a & b \\u12 %zz &nothing; &#xyz; \\";

        assertThat(masked("secret-of-mine", text)).isEqualTo(text);
    }

    private static String lowerHex(String form) {
        StringBuilder lower = new StringBuilder(form);
        for (int i = form.indexOf('%'); i >= 0; i = form.indexOf('%', i + 1)) {
            lower.replace(i, i + 3, form.substring(i, i + 3).toLowerCase());
        }
        return lower.toString();
    }

    private static String inQuotes(ObjectMapper json, String text) throws Exception {
        String quoted = json.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    @Test
    void inBase64NoMoreThanTheCharactersThatItSharesAreLeft() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            String secret = text(random, 8 + random.nextInt(40));
            String whole = text(random, random.nextInt(20)) + secret + text(random, random.nextInt(20));
            byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder each : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String left = masked(secret, each.encodeToString(bytes));
                assertThat(left).contains("***");
                assertThat(each.encodeToString(bytes).length() - left.replace("***", "").length())
                        .isGreaterThanOrEqualTo(secret.length() * 8 / 6 - 1);
            }
        }
    }

    private static String text(Random random, int length) {
        return random.ints(length, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void theLongerOfTwoSecretsIsTakenOutWhole() {
        Secrets secrets = new Secrets();
        secrets.add("token");
        secrets.add("token-and-more");

        assertThat(secrets.mask("token-and-more, token")).isEqualTo("***, ***");
    }

    @Test
    void aTokenIsForgottenAfterManyOthers() {
        Secrets secrets = new Secrets();
        for (int i = 10; i < 30; i++) {
            secrets.addPassing("token-" + i);
        }

        assertThat(secrets.mask("token-29 token-22 token-10")).isEqualTo("*** *** token-10");
    }

    /** One that lasts a day, beside a credential that gets a new one each minute. */
    @Test
    void theTokensOfACredentialAreNotForgottenForThoseOfOthers() {
        Secrets all = new Secrets();
        Secrets steady = new Secrets(all);
        Secrets busy = new Secrets(all);
        steady.addPassing("steady-refresh");
        steady.addPassing("steady-access");
        IntStream.range(0, 200).forEach(i -> busy.addPassing("busy-" + i));

        assertThat(all.mask("steady-refresh steady-access busy-199 busy-10")).isEqualTo("*** *** *** busy-10");
        Reference.reachabilityFence(steady);
    }

    @Test
    void aShortValueIsNoSecret() {
        assertThat(masked("yes", "yes, of course")).isEqualTo("yes, of course");
    }
}
